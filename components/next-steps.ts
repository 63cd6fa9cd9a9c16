import type { AccessPlan } from "./access-plan.ts";
import { permissionSetName } from "./break-glass-permission-set.ts";

/**
 * What to do after `pulumi up`, a sentence each and short enough for the engine to print whole: where to
 * sign in, what to choose there, and the same on the command line.
 *
 * @example nextSteps(plan).join("\n")
 */
export function nextSteps({
  assignments,
  identityStoreId,
}: Pick<AccessPlan, "assignments" | "identityStoreId">): string[] {
  const accounts = [...new Set(assignments.map(({ accountId }) => accountId))];
  if (accounts.length === 0) {
    return [
      `Nobody holds ${permissionSetName} yet: name users or groups in aws-break-glass:assignments, then run pulumi up again.`,
    ];
  }
  return [
    `Sign in at https://${identityStoreId}.awsapps.com/start, or at the address chosen for the access portal.`,
    `Open account ${accounts.join(" or ")} with ${permissionSetName}.`,
    "In the console: IAM > Root access management > the member account > Take privileged action.",
    "On the command line: break-glass unlock s3 BUCKET --account MEMBER_ID, or break-glass unlock sqs QUEUE_ARN.",
  ];
}
