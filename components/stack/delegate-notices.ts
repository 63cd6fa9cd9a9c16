import type { AccessPlan } from "../plan/access-plan.ts";
import type { Check } from "../preflight/preflight.ts";

type Delegates = Pick<AccessPlan, "formerDelegates" | "otherDelegates">;

/** A warning for each account that is a delegate beside the configured one, with what becomes of it. */
export function delegateWarnings({ formerDelegates, otherDelegates }: Delegates): readonly string[] {
  return [
    ...formerDelegates.map(
      (account) =>
        `Account ${account} is deregistered as a delegated administrator of iam.amazonaws.com by pulumi up: this stack ` +
        "registered it, and it is not configured any more. It opens no root session from then on.",
    ),
    ...otherDelegates.map(
      (account) =>
        `Account ${account} is a delegated administrator of iam.amazonaws.com that this stack does not manage: it may open root ` +
        `sessions too. If it should not: ${deregistering(account)}`,
    ),
  ];
}

/**
 * What stands in the way of a `pulumi destroy` that is to remove everything: AWS takes trusted access away from no service
 * that has a delegate (docs/aws-behaviour.md, section 3), and a delegate of somebody else is not this stack's to deregister.
 */
export function checkRemoval({
  removeOnDestroy,
  otherDelegates,
}: Pick<AccessPlan, "removeOnDestroy" | "otherDelegates">): readonly Check[] {
  if (!removeOnDestroy || otherDelegates.length === 0) return [];
  return [
    {
      subject: "removal on destroy",
      missing:
        `${otherDelegates.join(" and ")}, delegated by somebody else, keeps AWS from taking trusted access away, so pulumi destroy ` +
        `leaves it and both features. To remove them: ${otherDelegates.map(deregistering).join("; ")} ` +
        "(organizations:DeregisterDelegatedAdministrator), pulumi up, then pulumi destroy.",
    },
  ];
}

/** @param account begins with its id */
export function deregistering(account: string): string {
  return `aws organizations deregister-delegated-administrator --service-principal iam.amazonaws.com --account-id ${account.slice(0, 12)}`;
}
