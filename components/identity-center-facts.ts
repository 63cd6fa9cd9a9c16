import { getRegions } from "@pulumi/aws/getRegions.js";
import { getGroup, getUser } from "@pulumi/aws/identitystore/index.js";
import { getInstances } from "@pulumi/aws/ssoadmin/index.js";
import { asking } from "./asking.ts";
import type { Configuration } from "./configuration.ts";

export interface AbsentIdentityCenter {
  readonly absentFrom: string;
  /** Other Regions that have one, as far as they could be asked. */
  readonly foundIn: readonly string[];
}

export interface IdentityCenter {
  readonly instanceArn: string;
  readonly identityStoreId: string;
  /** Those of the configured users and groups that exist. */
  readonly principals: readonly Principal[];
}

export type PrincipalType = "USER" | "GROUP";

export interface Principal {
  readonly type: PrincipalType;
  /** The name or id by which the configuration calls it. */
  readonly reference: string;
  readonly id: string;
  readonly name: string;
}

/** The Region's instance, and those of the configured users and groups that it knows. */
export async function readIdentityCenter(configuration: Configuration): Promise<IdentityCenter | AbsentIdentityCenter> {
  const instances = await asking("for the IAM Identity Center instance", getInstances());
  // An organization has one instance, and the management account sees no other (docs/aws-behaviour.md, section 4).
  const [instanceArn] = instances.arns;
  const [identityStoreId] = instances.identityStoreIds;
  if (instanceArn === undefined || identityStoreId === undefined) {
    return { absentFrom: instances.region, foundIn: await regionsWithIdentityCenter() };
  }
  return { instanceArn, identityStoreId, principals: await findPrincipals(configuration, identityStoreId) };
}

/** Where one might have been meant; no answer is no failure, as the run ends here anyway. */
async function regionsWithIdentityCenter(): Promise<readonly string[]> {
  const regions = await getRegions().catch(() => undefined);
  const found = await Promise.allSettled((regions?.names ?? []).map((region) => getInstances({ region })));
  return found.flatMap((one) => (one.status === "fulfilled" && one.value.arns.length > 0 ? [one.value.region] : []));
}

async function findPrincipals(configuration: Configuration, identityStoreId: string): Promise<readonly Principal[]> {
  const users = new Set(configuration.assignments.flatMap((assignment) => assignment.users));
  const groups = new Set(configuration.assignments.flatMap((assignment) => assignment.groups));
  const found = await Promise.all([
    ...[...users].map((reference) => findUser(identityStoreId, reference)),
    ...[...groups].map((reference) => findGroup(identityStoreId, reference)),
  ]);
  return found.filter((principal) => principal !== undefined);
}

async function findUser(identityStoreId: string, reference: string): Promise<Principal | undefined> {
  const identifier = isPrincipalId(reference) ? { userId: reference } : byAttribute("UserName", reference);
  const user = await asking(`for user ${reference}`, getUser({ identityStoreId, ...identifier }), notFound);
  return user && { type: "USER", reference, id: user.userId, name: user.userName };
}

async function findGroup(identityStoreId: string, reference: string): Promise<Principal | undefined> {
  const identifier = isPrincipalId(reference) ? { groupId: reference } : byAttribute("DisplayName", reference);
  const group = await asking(`for group ${reference}`, getGroup({ identityStoreId, ...identifier }), notFound);
  return group && { type: "GROUP", reference, id: group.groupId, name: group.displayName };
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
