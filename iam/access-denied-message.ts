import type { Denied, PolicyType } from "./authorization.ts";

/** The parts of AWS's sentence, as the service spells them: S3 quotes the ARN, SQS writes the action in lower case. */
export interface DeniedRequest {
  readonly principalArn: string;
  readonly action: string;
  readonly resource: string;
}

/**
 * The sentence in which AWS denies a request, with the reason at its end.
 *
 * Source: IAM User Guide, "Troubleshoot access denied error messages"; docs/aws-behaviour.md, sections 5 to 7.
 *
 * @example
 * accessDeniedMessage(
 *   { kind: "explicit", policyType: "resource-based policy" },
 *   { principalArn: "arn:aws:iam::333333333333:user/ops", action: "s3:GetBucketPolicy", resource: '"arn:aws:s3:::b"' },
 * );
 * // User: arn:aws:iam::333333333333:user/ops is not authorized to perform: s3:GetBucketPolicy on resource:
 * // "arn:aws:s3:::b" with an explicit deny in a resource-based policy
 */
export function accessDeniedMessage(
  { kind, policyType }: Pick<Denied, "kind" | "policyType">,
  { principalArn, action, resource }: DeniedRequest,
): string {
  const article = policyType === "identity-based policy" ? "an" : "a";
  const reason =
    kind === "explicit"
      ? `with an explicit deny in ${article} ${policyType}`
      : `because no ${policyType} allows the ${action} action`;
  return `User: ${principalArn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** An access denied message, read. */
export interface AccessDenied {
  readonly principalArn: string;
  readonly action: string;
  /** Without the quotes that S3 puts around it; absent where the message names none. */
  readonly resource?: string;
  /** Absent where AWS gives no reason, as for `sts:AssumeRoot`. */
  readonly kind?: "explicit" | "implicit";
  /** Absent without a reason, and for policies that this kit does not evaluate. */
  readonly policyType?: PolicyType;
  /** Those, in AWS's words: `VPC endpoint policy`. */
  readonly otherPolicyType?: string;
  /** ARN of the policy that denied, which AWS appends in some cases. */
  readonly policyArn?: string;
}

/**
 * The inverse of {@link accessDeniedMessage}. The sentence may stand inside a longer text, as in what the AWS CLI
 * prints.
 *
 * @returns `undefined` when the text holds no such sentence
 */
export function parseAccessDenied(text: string): AccessDenied | undefined {
  const { principalArn, action, resource, rest = "" } = sentence.exec(text)?.groups ?? {};
  if (principalArn === undefined || action === undefined) return undefined;
  return {
    principalArn,
    action,
    ...(resource === undefined ? {} : { resource: resource.replace(/^"(.*)"$/, "$1") }),
    ...parseReason(rest),
  };
}

const sentence =
  /User: (?<principalArn>\S+) is not authorized to perform: (?<action>[\w-]+:[\w*-]+)(?: on resource: (?<resource>"[^"]*"|\S+))?(?<rest>.*)/s;

function parseReason(text: string): Omit<AccessDenied, "principalArn" | "action" | "resource"> {
  const explicit = /^ with an explicit deny in an? (?<type>[A-Za-z -]+)(?:: (?<arn>arn:[^\s"',)]+))?/.exec(text);
  const implicit = explicit ? null : /^ because no (?<type>[A-Za-z -]+?) allows the /.exec(text);
  const { type, arn } = (explicit ?? implicit)?.groups ?? {};
  if (type === undefined) return {};
  const policyType = policyTypes.find((known) => type.startsWith(known));
  return {
    kind: explicit ? "explicit" : "implicit",
    ...(policyType === undefined ? { otherPolicyType: wholeType(type) } : { policyType }),
    ...(arn === undefined ? {} : { policyArn: arn }),
  };
}

/** The name of a kind of policy ends where the text goes on: "VPC endpoint policy (Service: …". */
function wholeType(text: string): string {
  return /^.*?(?:policy|boundary)\b/.exec(text)?.[0] ?? text.trim();
}

const policyTypes: readonly PolicyType[] = [
  "identity-based policy",
  "resource-based policy",
  "session policy",
  "permissions boundary",
  "service control policy",
  "resource control policy",
];
