import { expect } from "chai";
import { accessDeniedMessage } from "#iam";
import { diagnose, type Diagnosis, readDenials } from "#root-access";

export const delegate = "222222222222";
export const member = "333333333333";
export const alice = `arn:aws:sts::${delegate}:assumed-role/AWSReservedSSO_BreakGlassAssumeRoot_0123456789abcdef/alice`;
export const bucket = "arn:aws:s3:::orders-invoices";

/** AWS's sentence for a principal without an Allow. */
export function lacking(action: string, principalArn = alice, resource = "*"): string {
  const reason = { kind: "implicit", policyType: "identity-based policy" } as const;
  return accessDeniedMessage(reason, { principalArn, action, resource });
}

export function only(text: string, known = {}): Diagnosis {
  const diagnoses = diagnose(readDenials(text), known);
  const [first] = diagnoses;
  if (!first || diagnoses.length > 1) expect.fail(`${diagnoses.length} diagnoses instead of one`);
  return first;
}
