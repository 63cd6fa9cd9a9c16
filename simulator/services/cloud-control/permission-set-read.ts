import { z } from "zod";
import { parsedJson } from "../../json-text.ts";
import { AwsFault } from "../../aws-fault.ts";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";
import { askSso, listSso, type PermissionSetKey, tellSso } from "./sso-calls.ts";

/**
 * A permission set as its handler reads it back: defaults filled in, lists there though empty, the inline policy as an
 * object.
 */
export async function readPermissionSet(key: PermissionSetKey, call: Call): Promise<ResourceProperties> {
  const { PermissionSet: set } = await askSso(call, "DescribePermissionSet", { ...key }, described);
  const resource = { InstanceArn: key.InstanceArn, ResourceArn: key.PermissionSetArn };
  const managed = await listSso(
    call,
    "ListManagedPoliciesInPermissionSet",
    { ...key },
    "AttachedManagedPolicies",
    policy,
  );
  const customerManaged = await listSso(
    call,
    "ListCustomerManagedPolicyReferencesInPermissionSet",
    { ...key },
    "CustomerManagedPolicyReferences",
    z.unknown(),
  );
  await checkNoPermissionsBoundary(key, call);
  const inline = await askSso(
    call,
    "GetInlinePolicyForPermissionSet",
    { ...key },
    z.object({ InlinePolicy: z.string() }),
  );
  const tags = await listSso(call, "ListTagsForResource", resource, "Tags", tag);
  return {
    ...key,
    Name: set.Name,
    ...(set.Description === undefined ? {} : { Description: set.Description }),
    SessionDuration: set.SessionDuration,
    ...(set.RelayState === undefined ? {} : { RelayStateType: set.RelayState }),
    ManagedPolicies: managed.map(({ Arn }) => Arn),
    CustomerManagedPolicyReferences: customerManaged,
    ...(inline.InlinePolicy === "" ? {} : { InlinePolicy: parsedJson(inline.InlinePolicy) }),
    Tags: tags,
  };
}

const described = z.object({
  PermissionSet: z.object({
    Name: z.string(),
    Description: z.string().optional(),
    SessionDuration: z.string(),
    RelayState: z.string().optional(),
  }),
});
const policy = z.object({ Arn: z.string() });
const tag = z.object({ Key: z.string(), Value: z.string() });

/** AWS's handler asks for it, so the caller needs the permission; Identity Center answers that there is none. */
async function checkNoPermissionsBoundary(key: PermissionSetKey, call: Call): Promise<void> {
  try {
    await tellSso(call, "GetPermissionsBoundaryForPermissionSet", { ...key });
  } catch (error) {
    if (!(error instanceof AwsFault) || error.code !== "ResourceNotFoundException") throw error;
  }
}
