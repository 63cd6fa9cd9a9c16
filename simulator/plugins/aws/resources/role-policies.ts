import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { failedWith } from "../../session/aws-call-failed.ts";
import { normalizedPolicy } from "../policy-equivalence.ts";

export interface InlinePolicy {
  readonly name: string;
  readonly policy: string;
}

export async function putInlinePolicies(
  iam: IAMClient,
  role: string,
  policies: readonly InlinePolicy[],
): Promise<void> {
  for (const { name, policy } of policies) {
    await iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: policy }));
  }
}

export async function deleteInlinePolicies(iam: IAMClient, role: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await unlessGone(() => iam.send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: name })));
  }
}

export async function attachPolicies(iam: IAMClient, role: string, arns: readonly string[]): Promise<void> {
  for (const arn of arns) await iam.send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: arn }));
}

export async function detachPolicies(iam: IAMClient, role: string, arns: readonly string[]): Promise<void> {
  for (const arn of arns) {
    await unlessGone(() => iam.send(new DetachRolePolicyCommand({ RoleName: role, PolicyArn: arn })));
  }
}

export async function inlinePolicyNames(iam: IAMClient, role: string): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListRolePolicies({ client: iam }, { RoleName: role })) {
    names.push(...(page.PolicyNames ?? []));
  }
  return names;
}

export async function inlinePolicies(iam: IAMClient, role: string): Promise<InlinePolicy[]> {
  const policies: InlinePolicy[] = [];
  for (const name of await inlinePolicyNames(iam, role)) {
    policies.push({ name, policy: normalizedPolicy((await findInlinePolicy(iam, role, name)) ?? "") });
  }
  return policies;
}

/** @returns the document; `undefined` when there is no such policy, or no such role */
export async function findInlinePolicy(iam: IAMClient, role: string, name: string): Promise<string | undefined> {
  try {
    const found = await iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: name }));
    return decodedDocument(found.PolicyDocument);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

export async function attachedPolicyArns(iam: IAMClient, role: string): Promise<string[]> {
  const arns: string[] = [];
  for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName: role })) {
    arns.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn = "" }) => PolicyArn));
  }
  return arns;
}

/** IAM gives policy documents percent-encoded. */
export function decodedDocument(text = ""): string {
  return decodeURIComponent(text);
}

/** AWS answers so while a principal that the policy names is not known everywhere yet. */
export function isUnknownPrincipal(error: unknown): boolean {
  const isMalformed = failedWith(error, "MalformedPolicyDocument", "MalformedPolicyDocumentException");
  return isMalformed && error.message.includes("Invalid principal in policy");
}

export function isGone(error: unknown): boolean {
  return failedWith(error, "NoSuchEntity", "NoSuchEntityException");
}

async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
