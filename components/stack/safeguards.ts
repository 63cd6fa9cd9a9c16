import type { Provider } from "@pulumi/aws/provider.js";
import type { Output, Resource } from "@pulumi/pulumi";
import type { AccountId, PolicyJson } from "#iam";
import { BreakGlassRole } from "../break-glass-role.ts";
import type { ReachedAccounts } from "./reach-accounts.ts";
import { RootAccessAlerts } from "../root-access-alerts.ts";
import { RootSessionGuardrail } from "../root-session-guardrail.ts";
import { RootUserGuardrail } from "../root-user-guardrail.ts";
import type { SafeguardsPlan } from "../plan/safeguards-plan.ts";

/** What stands around root access, for the stack's outputs. */
export interface Safeguards {
  readonly breakGlassRole: BreakGlassRoleOutputs | undefined;
  /** Service control policies, by what they guard. */
  readonly guardrails: {
    readonly rootUser: Output<string> | undefined;
    readonly rootSession: Output<string> | undefined;
  };
  /** The topics, by account. */
  readonly alertTopics: Readonly<Record<string, Output<string>>>;
  /** What watches and limits the delegate's account, and has to stand as long as it is the delegate. */
  readonly aroundDelegate: readonly Resource[];
}

interface BreakGlassRoleOutputs {
  readonly arn: Output<string>;
  readonly switchRoleLink: string;
  readonly trustedPrincipalsPolicy: Output<PolicyJson>;
}

/**
 * Makes the break-glass role, the guardrails and the alerts that a plan asks for, each in the account where it belongs.
 *
 * @example makeSafeguards(plan.safeguards, await reachAccounts(plan.safeguards)).breakGlassRole
 */
export function makeSafeguards(plan: SafeguardsPlan, reached: ReachedAccounts): Safeguards {
  const rootUser = plan.rootUserGuardrail && new RootUserGuardrail("root-user-guardrail", plan.rootUserGuardrail);
  const rootSession =
    plan.rootSessionGuardrail && new RootSessionGuardrail("root-session-guardrail", plan.rootSessionGuardrail);
  const alerts = makeAlerts(plan, reached);
  return {
    breakGlassRole: makeRole(plan, reached),
    guardrails: { rootUser: rootUser?.policyId, rootSession: rootSession?.policyId },
    alertTopics: Object.fromEntries([...alerts].map(([accountId, { topicArn }]) => [accountId, topicArn])),
    aroundDelegate: [...alerts.values(), ...(rootSession === undefined ? [] : [rootSession])],
  };
}

function makeRole(plan: SafeguardsPlan, reached: ReachedAccounts): BreakGlassRoleOutputs | undefined {
  const { breakGlassRole: planned } = plan;
  if (planned === undefined) return undefined;
  // A resource that changes its provider is updated, not replaced: in another account it has to be another one.
  const { arn, switchRoleLink, trustedPrincipalsPolicy } = new BreakGlassRole(
    `break-glass-role-${planned.accountId}`,
    { ...planned, roleName: planned.name, existing: reached.existingRole },
    within(planned.accountId, plan, reached),
  );
  return { arn, switchRoleLink, trustedPrincipalsPolicy };
}

function makeAlerts(plan: SafeguardsPlan, reached: ReachedAccounts): ReadonlyMap<AccountId, RootAccessAlerts> {
  const planned = plan.rootAccessAlerts?.accounts ?? [];
  const made = reached.alerts.map(({ name, ...alerts }) => {
    const { accountId } = alerts;
    const { subscriptions } = planned.find((account) => account.accountId === accountId) ?? {};
    return [
      accountId,
      new RootAccessAlerts(name, { ...alerts, subscriptions }, within(accountId, plan, reached)),
    ] as const;
  });
  return new Map(made);
}

function within(
  accountId: AccountId,
  { delegate }: SafeguardsPlan,
  reached: ReachedAccounts,
): { readonly provider?: Provider } {
  return accountId === delegate?.accountId && reached.delegate ? { provider: reached.delegate } : {};
}
