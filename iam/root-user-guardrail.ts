import type { AccountId } from "./account-id.ts";
import type { PolicyJson } from "./policy-json.ts";

/**
 * A service control policy that denies the member accounts' own root users everything and lets root sessions through.
 * Without the exemption it would deny those too, and nothing could be unlocked below it.
 *
 * AWS facts: docs/aws-behaviour.md, section 7.
 *
 * @example JSON.stringify(rootUserGuardrail())
 */
export function rootUserGuardrail(): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DenyRootUser",
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: {
          ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:root"] },
          // Present only on requests made with AssumeRoot's credentials.
          Null: { "aws:AssumedRoot": "true" },
        },
      },
    ],
  };
}

/**
 * A service control policy for the delegated administrator's account: nobody there may open root sessions but the
 * principals that break the glass, whatever else an administrator of that account grants.
 *
 * @param principalArns roles and users as `aws:PrincipalArn` has them, `*` and `?` allowed; see {@link permissionSetRoleArn}
 * @example rootSessionGuardrail([permissionSetRoleArn(audit, "BreakGlassAssumeRoot")])
 */
export function rootSessionGuardrail(principalArns: readonly string[]): PolicyJson {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DenyAssumeRootToOthers",
        Effect: "Deny",
        Action: "sts:AssumeRoot",
        Resource: "*",
        Condition: { ArnNotLike: { "aws:PrincipalArn": principalArns } },
      },
    ],
  };
}

/** Characters of a service control policy that AWS Organizations takes, since May 2026 (docs/aws-behaviour.md, section 7). */
export const largestServiceControlPolicy = 10_240;

/**
 * The role by which a permission set appears in an account, as a pattern: its name ends in 16 characters that change when
 * the set is assigned anew, and its path names Identity Center's Region unless that is us-east-1
 * (docs/aws-behaviour.md, section 4).
 */
export function permissionSetRoleArn(accountId: AccountId, permissionSetName: string): string {
  const suffix = "?".repeat(16);
  return `arn:aws:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${permissionSetName}_${suffix}`;
}
