import type { AccessPlan } from "../plan/access-plan.ts";
import { deregistering } from "./delegate-notices.ts";

/**
 * What to do after `pulumi up`, a sentence each and short enough for the engine to print whole: where to
 * sign in, what to choose there, and the same on the command line.
 *
 * @example nextSteps(plan).join("\n")
 */
export function nextSteps({
  permissionSets,
  identityStoreId,
}: Pick<AccessPlan, "permissionSets" | "identityStoreId">): string[] {
  const doors = permissionSets.flatMap(({ name, assignments }) => {
    const accounts = [...new Set(assignments.map(({ accountId }) => accountId))];
    return accounts.map((account) => `Open account ${account} with ${name}.`);
  });
  if (doors.length === 0) {
    const names = permissionSets.map(({ name }) => name).join(" or ");
    return [
      `Nobody holds ${names} yet: name users or groups in aws-break-glass:assignments, then run pulumi up again.`,
    ];
  }
  return [
    `Sign in at https://${identityStoreId}.awsapps.com/start, or at the address chosen for the access portal.`,
    ...doors,
    "In the console: IAM > Root access management > the member account > Take privileged action.",
    "On the command line: break-glass unlock s3 BUCKET --account MEMBER_ID, or break-glass unlock sqs QUEUE_ARN.",
  ];
}

/** What `pulumi destroy` leaves in place, each with the reason, and how to have it removed; nothing where everything goes. */
export function keptOnDestroy({
  removeOnDestroy,
  delegatedAdministrator,
  otherDelegates,
}: Pick<AccessPlan, "removeOnDestroy" | "delegatedAdministrator" | "otherDelegates">): string[] {
  if (removeOnDestroy) return keptForOthers(otherDelegates);
  const delegate =
    delegatedAdministrator === undefined
      ? []
      : [
          `Delegated administrator ${delegatedAdministrator}: people there may be opening root sessions without this stack.`,
        ];
  return [
    "Trusted access for iam.amazonaws.com: without it no root session opens in any account of the organization.",
    "Root access feature RootCredentialsManagement: without it nobody audits or deletes root credentials centrally.",
    "Root access feature RootSessions: without it no locked bucket or queue is unlocked.",
    ...delegate,
    "To remove them too: pulumi config set aws-break-glass:removeOnDestroy true, pulumi up, then pulumi destroy.",
  ];
}

/** What a delegate of somebody else needs, and AWS takes from no service that has one (docs/aws-behaviour.md, section 3). */
function keptForOthers(delegates: readonly string[]): string[] {
  if (delegates.length === 0) return [];
  const whose = `${delegates.join(" and ")}, a delegated administrator that somebody else registered, depends on it.`;
  return [
    `Trusted access for iam.amazonaws.com: ${whose}`,
    `Root access feature RootCredentialsManagement: ${whose}`,
    `Root access feature RootSessions: ${whose}`,
    ...delegates.map((account) => `To remove them too: ${deregistering(account)}, pulumi up, then pulumi destroy.`),
  ];
}
