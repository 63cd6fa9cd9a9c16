import { parseArn } from "#iam";
import type { Denial } from "./denial.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** S3's sentence, and an older one; docs/aws-behaviour.md, section 5. */
const sentence =
  /because public (?<what>policies|ACLs) are (?:prevented|blocked) by the (?<setting>\w+) (?:setting in S3 Block Public Access|block public access setting)/i;

export function isPublicAccessBlocked({ message }: Denial): boolean {
  return sentence.test(message);
}

/**
 * S3 Block Public Access refuses whoever asks, administrators and root sessions, too.
 *
 * Source: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage".
 */
export function publicAccessBlocked({ message, said }: Denial): Pick<Diagnosis, "cause" | "because" | "changes"> {
  const { what = "policies", setting = "BlockPublicPolicy" } = sentence.exec(message)?.groups ?? {};
  const { resource = "BUCKET" } = parseArn(said?.resource ?? "") ?? {};
  const bucket = resource.split("/")[0] ?? "BUCKET";
  const isPolicy = what === "policies";
  return {
    cause: "block-public-access",
    because:
      `The setting ${setting} of S3 Block Public Access refuses ${isPolicy ? "a policy" : "an ACL"} that would make ${bucket} public, ` +
      "whoever puts it. It is set on the bucket, on its account or by the organization; the strictest counts.",
    changes: [
      {
        what: isPolicy
          ? 'Name principals in the policy\'s Allow statements instead of "*", or tie "*" down by a condition such as aws:PrincipalOrgID or aws:SourceArn with a fixed value: then it is not public, and the setting can stay.'
          : "Leave the ACL out, and allow by the bucket's policy who is to read; then the setting can stay.",
      },
      {
        what: "If the bucket is meant to be public, see where it is set: on the bucket,",
        command: `aws s3api get-public-access-block --bucket ${bucket}`,
      },
      {
        what: "or on the account. There an administrator of the account can set it to false and keep the other three settings.",
        command: "aws s3control get-public-access-block --account-id ACCOUNT",
      },
    ],
  };
}
