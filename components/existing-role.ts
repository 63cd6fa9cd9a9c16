import type { InvokeOptions } from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { PolicyJson } from "#iam";
import { findResource } from "./facts/found-resource.ts";
import type { OwnResources } from "./facts/own-resources.ts";

/** A role that is there already with the settings it would be made with, and is to be taken over. */
export interface ExistingRole {
  /** Its inline policy is there too; a run that was killed may have left it out. */
  readonly hasPolicy: boolean;
}

/** What a role consists of. */
export interface RoleSettings {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly trust: PolicyJson;
  /** In seconds. */
  readonly maxSessionDuration: number;
  /** The only inline policy. */
  readonly policyName: string;
  readonly policy: PolicyJson;
}

/** A role as Cloud Control has it. */
export type FoundRole = z.output<typeof roleSchema>;

const roleSchema = z.object({
  Path: z.string().default("/"),
  Description: z.string().default(""),
  AssumeRolePolicyDocument: z.custom<PolicyJson>(),
  MaxSessionDuration: z.number().default(3600),
  PermissionsBoundary: z.string().optional(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.custom<PolicyJson>() })).default([]),
  Tags: z.array(z.object({ Key: z.string() })).default([]),
});

/** What {@link findRole} needs. */
export const findRolePermissions =
  "cloudformation:GetResource, iam:GetRole, ListAttachedRolePolicies, ListRolePolicies, GetRolePolicy";

/** @param options with the provider of the account in which the role would be */
export async function findRole(name: string, options: InvokeOptions): Promise<FoundRole | undefined> {
  return findResource({ typeName: "AWS::IAM::Role", identifier: name }, roleSchema, options);
}

/** What of a role is not as it would be made, in words. An inline policy that is missing is made. */
export function roleDifferences(wanted: RoleSettings, found: FoundRole): readonly string[] {
  const { Policies: policies, ManagedPolicyArns: managed, Tags: tags } = found;
  const own = policies.find(({ PolicyName }) => PolicyName === wanted.policyName);
  const others = policies.filter((policy) => policy !== own).map(({ PolicyName }) => PolicyName);
  const comparisons: readonly (readonly [boolean, string])[] = [
    [found.Path === wanted.path, `another path (${found.Path})`],
    [found.Description === wanted.description, `another description (${found.Description})`],
    [isDeepStrictEqual(found.AssumeRolePolicyDocument, wanted.trust), "another trust policy"],
    [
      found.MaxSessionDuration === wanted.maxSessionDuration,
      `another session duration (${found.MaxSessionDuration} s)`,
    ],
    [own === undefined || isDeepStrictEqual(own.PolicyDocument, wanted.policy), "another inline policy"],
    [others.length === 0, `other inline policies (${others.join(", ")})`],
    [managed.length === 0, `managed policies (${managed.join(", ")})`],
    [found.PermissionsBoundary === undefined, "a permissions boundary"],
    [tags.length === 0, `tags (${tags.map(({ Key }) => Key).join(", ")})`],
  ];
  return comparisons.flatMap(([same, words]) => (same ? [] : [words]));
}

/** How a role without differences is taken over. */
export function existingRole({ policyName }: RoleSettings, { Policies }: FoundRole): ExistingRole {
  return { hasPolicy: Policies.some(({ PolicyName }) => PolicyName === policyName) };
}

/** A role's name is its own in an account, whatever its path is: another path is a change of the same role. */
export function isOwnRole(own: OwnResources, accountId: string, name: string): boolean {
  return own.some(
    ({ type, outputs: { arn } }) =>
      type === "aws:iam/role:Role" &&
      typeof arn === "string" &&
      arn.startsWith(`arn:aws:iam::${accountId}:role/`) &&
      arn.endsWith(`/${name}`),
  );
}
