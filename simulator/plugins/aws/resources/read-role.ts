import { GetRoleCommand, type IAMClient, type Role } from "@aws-sdk/client-iam";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { tagPropertiesOf } from "../tags.ts";
import { timestamp } from "../timestamp.ts";
import * as policies from "./role-policies.ts";

export async function findRole(iam: IAMClient, name: string): Promise<Role | undefined> {
  try {
    return (await iam.send(new GetRoleCommand({ RoleName: name }))).Role;
  } catch (error) {
    if (policies.isGone(error)) return undefined;
    throw error;
  }
}

export async function readRole(iam: IAMClient, name: string): Promise<PropertyBag | undefined> {
  const found = await findRole(iam, name);
  if (!found) return undefined;
  return {
    arn: found.Arn ?? "",
    assumeRolePolicy: policies.decodedDocument(found.AssumeRolePolicyDocument),
    createDate: timestamp(found.CreateDate),
    description: found.Description ?? "",
    inlinePolicies: (await policies.inlinePolicies(iam, name)).map((one) => ({ ...one })),
    managedPolicyArns: await policies.attachedPolicyArns(iam, name),
    maxSessionDuration: found.MaxSessionDuration ?? 0,
    name: found.RoleName ?? "",
    path: found.Path ?? "",
    uniqueId: found.RoleId ?? "",
    ...tagPropertiesOf(found.Tags),
  };
}
