import { MalformedPolicyError, parsePolicy, type PolicyDocument } from "#iam";
import type { KmsKey } from "../../state/kms.ts";
import type { State } from "../../state/state.ts";
import { unknownPrincipal } from "../known-principals.ts";
import type { Call, Requirement } from "../service.ts";
import { malformedPolicy } from "./faults.ts";
import { keyRequirement } from "./key-access.ts";

const longestPolicyBytes = 32_768;

/** What a key gets when its maker says nothing: the account decides, by its identity-based policies. */
export function defaultKeyPolicy(accountId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}

/** @throws AwsFault MalformedPolicyDocumentException */
export function checkKeyPolicy(text: string, state: State): void {
  if (Buffer.byteLength(text) > longestPolicyBytes) throw malformedPolicy("The policy is longer than 32768 bytes.");
  if (unknownPrincipal(parsed(text), state) !== undefined) {
    throw malformedPolicy("Policy contains a statement with one or more invalid principals.");
  }
}

/** KMS refuses a policy under which whoever puts it could not put another. */
export function lockoutCheck(key: KmsKey, policy: string, call: Call): Requirement {
  return keyRequirement({ ...key, policy }, call, {
    action: "kms:PutKeyPolicy",
    refusal: malformedPolicy("The new key policy will not allow you to update the key policy in the future."),
  });
}

function parsed(text: string): PolicyDocument {
  try {
    return parsePolicy(text, "resource");
  } catch (error) {
    if (error instanceof MalformedPolicyError) throw malformedPolicy("Policy document is malformed.");
    throw error;
  }
}
