import { z } from "zod";
import { parsedJson } from "../../json-text.ts";
import { type Ask, readOnlyType, tagsOf } from "./read-only-type.ts";

/** An IAM role with its inline policies, to be read only. */
export const roleType = readOnlyType({
  name: "AWS::IAM::Role",
  identifier: "RoleName",
  readOnly: ["Arn", "RoleId"],
  service: {
    name: "iam",
    label: "Iam",
    codes: { NoSuchEntity: "NotFound", AccessDenied: "AccessDenied" },
  },
  read: async (RoleName, ask) => {
    const { Role: role } = await ask("GetRole", { RoleName }, roleAnswer);
    const attached = await ask("ListAttachedRolePolicies", { RoleName }, attachedAnswer);
    const { Tags = [], Description = "", PermissionsBoundary: boundary } = role;
    return {
      RoleName,
      Arn: role.Arn,
      RoleId: role.RoleId,
      Path: role.Path,
      ...(Description === "" ? {} : { Description }),
      AssumeRolePolicyDocument: decoded(role.AssumeRolePolicyDocument),
      MaxSessionDuration: role.MaxSessionDuration,
      ...(boundary ? { PermissionsBoundary: boundary.PermissionsBoundaryArn } : {}),
      ManagedPolicyArns: attached.AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
      Policies: await inlinePolicies(RoleName, ask),
      ...tagsOf(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))),
    };
  },
});

async function inlinePolicies(RoleName: string, ask: Ask): Promise<readonly object[]> {
  const { PolicyNames } = await ask("ListRolePolicies", { RoleName }, namesAnswer);
  const policies: object[] = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument } = await ask("GetRolePolicy", { RoleName, PolicyName }, policyAnswer);
    policies.push({ PolicyName, PolicyDocument: decoded(PolicyDocument) });
  }
  return policies;
}

/** IAM gives documents percent-encoded, Cloud Control as objects. */
function decoded(document: string): unknown {
  return parsedJson(decodeURIComponent(document));
}

const roleAnswer = z.object({
  Role: z.object({
    Arn: z.string(),
    RoleId: z.string(),
    Path: z.string(),
    Description: z.string().optional(),
    AssumeRolePolicyDocument: z.string(),
    MaxSessionDuration: z.number(),
    PermissionsBoundary: z.object({ PermissionsBoundaryArn: z.string() }).optional(),
    Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
  }),
});
const attachedAnswer = z.object({ AttachedPolicies: z.array(z.object({ PolicyArn: z.string() })) });
const namesAnswer = z.object({ PolicyNames: z.array(z.string()) });
const policyAnswer = z.object({ PolicyDocument: z.string() });
