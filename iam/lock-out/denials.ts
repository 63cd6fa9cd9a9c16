import { parseArn } from "../arn.ts";
import type { TraceLine } from "../authorization.ts";
import { evaluate } from "../evaluate.ts";
import type { PolicyDocument } from "../policy-document.ts";
import type { Administrator } from "./administrator.ts";

/** What the policy of a resource says to its administrators. */
export interface PolicyInQuestion {
  readonly document: PolicyDocument;
  /** ARN of the bucket or queue. */
  readonly resource: string;
  readonly ownerAccountId: string;
}

/** The part of an action that one statement denies, and why it does. */
export interface Denial {
  readonly action: string;
  readonly line: TraceLine;
}

/** The denials of each statement that has some, by the statement's index. */
export type Denials = ReadonlyMap<number, readonly Denial[]>;

/** Which statements keep an administrator from reading or writing the policy. */
export function denialsOf(policy: PolicyInQuestion, administrator: Administrator): Denials {
  const denials = new Map<number, Denial[]>();
  for (const action of policyActions(policy.resource)) {
    for (const [index, line] of linesOf(policy, administrator, action).entries()) {
      if (line.effect === "Deny" && line.matched) denials.set(index, [...(denials.get(index) ?? []), { action, line }]);
    }
  }
  return denials;
}

/** What each statement says to an administrator who reads the policy, in the order of the text. */
export function readingLines(policy: PolicyInQuestion, administrator: Administrator): readonly TraceLine[] {
  const [read] = policyActions(policy.resource);
  return linesOf(policy, administrator, read);
}

function linesOf(
  { document, resource, ownerAccountId }: PolicyInQuestion,
  { principal, context }: Administrator,
  action: string,
): readonly TraceLine[] {
  const request = { action, resource, principal, resourceAccountId: ownerAccountId, context };
  return evaluate(request, { identity: [], resource: { name: resource, document } }).trace;
}

/** Reading and writing the policy. */
function policyActions(resource: string): readonly [string, string] {
  const service = parseArn(resource)?.service;
  if (service === "s3") return ["s3:GetBucketPolicy", "s3:PutBucketPolicy"];
  if (service === "sqs") return ["sqs:GetQueueAttributes", "sqs:SetQueueAttributes"];
  throw new RangeError(`${resource} is neither a bucket nor a queue; give its ARN.`);
}
