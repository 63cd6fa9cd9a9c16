import { getGroup, getGroups, getUser, getUsers } from "@pulumi/aws/identitystore/index.js";
import { asking } from "./asking.ts";
import { comparable } from "../configuration/configuration-values.ts";
import type { Configuration } from "../configuration/configuration.ts";
import { observe } from "./observed.ts";

export type PrincipalType = "USER" | "GROUP";

export interface Principal {
  readonly type: PrincipalType;
  /** The name or id by which the configuration calls it. */
  readonly reference: string;
  readonly id: string;
  readonly name: string;
}

/** Those of the configured users and groups that the identity store knows, each by name or id. */
export async function findPrincipals(
  { assignments }: Configuration,
  identityStoreId: string,
): Promise<readonly Principal[]> {
  const users = new Set(assignments.flatMap((assignment) => assignment.users));
  const groups = new Set(assignments.flatMap((assignment) => assignment.groups));
  const found = await Promise.all([
    findAll([...users], listUsers, findUser, identityStoreId),
    findAll([...groups], listGroups, findGroup, identityStoreId),
  ]);
  return found.flat();
}

/**
 * From so many on they are listed: a look-up is two calls, a page of the list one for up to a hundred. Not for fewer, because a
 * directory may have a hundred thousand.
 */
const listedFrom = 50;

type Identity = Omit<Principal, "reference">;

/** What a list does not show, or nobody may list, is looked up: then AWS says what is a name and what is not. */
async function findAll(
  references: readonly string[],
  list: (identityStoreId: string) => Promise<readonly Identity[]>,
  find: (identityStoreId: string, reference: string) => Promise<Identity | undefined>,
  identityStoreId: string,
): Promise<readonly Principal[]> {
  const listed = references.length < listedFrom ? [] : await list(identityStoreId);
  const [byId, byName] = [
    new Map(listed.map((one) => [one.id, one])),
    new Map(listed.map((one) => [comparable(one.name), one])),
  ];
  const found = await Promise.all(
    references.map(async (reference) => {
      const known = (isPrincipalId(reference) ? byId : byName).get(reference);
      const identity = known ?? (await find(identityStoreId, reference));
      return identity && { ...identity, reference };
    }),
  );
  return found.filter((principal) => principal !== undefined);
}

async function listUsers(identityStoreId: string): Promise<readonly Identity[]> {
  const listed = await observe(asking("for the users", getUsers({ identityStoreId })), "identitystore:ListUsers");
  if ("needs" in listed) return [];
  return listed.known.users.map(({ userId, userName }) => ({ type: "USER", id: userId, name: userName }));
}

async function listGroups(identityStoreId: string): Promise<readonly Identity[]> {
  const listed = await observe(asking("for the groups", getGroups({ identityStoreId })), "identitystore:ListGroups");
  if ("needs" in listed) return [];
  return listed.known.groups.map(({ groupId, displayName }) => ({ type: "GROUP", id: groupId, name: displayName }));
}

async function findUser(identityStoreId: string, reference: string): Promise<Identity | undefined> {
  const identifier = isPrincipalId(reference) ? { userId: reference } : byAttribute("UserName", reference);
  const user = await asking(`for user ${reference}`, getUser({ identityStoreId, ...identifier }), notFound);
  return user && { type: "USER", id: user.userId, name: user.userName };
}

async function findGroup(identityStoreId: string, reference: string): Promise<Identity | undefined> {
  const identifier = isPrincipalId(reference) ? { groupId: reference } : byAttribute("DisplayName", reference);
  const group = await asking(`for group ${reference}`, getGroup({ identityStoreId, ...identifier }), notFound);
  return group && { type: "GROUP", id: group.groupId, name: group.displayName };
}

function isPrincipalId(reference: string): boolean {
  return /^([\da-f]{10}-)?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(reference);
}

function byAttribute(
  attributePath: "UserName" | "DisplayName",
  attributeValue: string,
): { readonly alternateIdentifier: { uniqueAttribute: { attributePath: string; attributeValue: string } } } {
  return { alternateIdentifier: { uniqueAttribute: { attributePath, attributeValue } } };
}

// The provider words "not found" itself when it searched by name, and passes AWS's error on when it read by id.
const notFound = /ResourceNotFoundException|no Identity Store (Group|User) found/i;
