import { getRegions } from "@pulumi/aws/getRegions.js";
import type { Provider } from "@pulumi/aws/provider.js";
import { Config, log, type Output } from "@pulumi/pulumi";
import type { AccountId, PolicyJson } from "#iam";
import { acceptedOf } from "./accepted-of.ts";
import { asking } from "./asking.ts";
import { BreakGlassRole } from "./break-glass-role.ts";
import { delegateProvider } from "./delegate-provider.ts";
import { readOwnResources } from "./own-resources.ts";
import { checkLine } from "./preflight.ts";
import { adoptRole } from "./role-adoption.ts";
import { RootAccessAlerts } from "./root-access-alerts.ts";
import { RootSessionGuardrail } from "./root-session-guardrail.ts";
import { RootUserGuardrail } from "./root-user-guardrail.ts";
import type { SafeguardsPlan } from "./safeguards-plan.ts";

/** What has to be known of the accounts before anything is made in them. */
export interface ReachedAccounts {
  /** Works in the delegate's account; `undefined` where nothing is made there. */
  readonly delegate: Provider | undefined;
  /** The Regions to watch, by account. */
  readonly regions: ReadonlyMap<AccountId, readonly string[]>;
  /** Whether the break-glass role is there already as it is planned, and is to be taken over. */
  readonly roleExists: boolean;
}

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
}

interface BreakGlassRoleOutputs {
  readonly arn: Output<string>;
  readonly switchRoleLink: string;
  readonly trustedPrincipalsPolicy: Output<PolicyJson>;
}

/**
 * Opens the way into the delegate's account and asks which Regions each account has enabled, and for the break-glass role.
 * To be awaited before the first resource is registered.
 *
 * @throws RunError with AWS's words where an account cannot be reached, or where the role's name is taken
 */
export async function reachAccounts(plan: SafeguardsPlan): Promise<ReachedAccounts> {
  const settings = new Config("aws");
  const delegate =
    plan.delegate &&
    // Another delegate gets another provider: what was made in the former one's account is taken away there.
    delegateProvider(`delegate-${plan.delegate.accountId}`, {
      ...plan.delegate,
      managementProfile: settings.get("profile"),
      region: settings.get("region"),
    });
  const { accounts = [], regions } = plan.rootAccessAlerts ?? {};
  const found = await Promise.all(
    accounts.map(async ({ accountId }) => {
      const provider = accountId === plan.delegate?.accountId ? delegate : undefined;
      return [accountId, regions ?? (await enabledRegions(accountId, provider))] as const;
    }),
  );
  return { delegate, regions: new Map(found), roleExists: await findRole(plan, delegate) };
}

async function findRole(plan: SafeguardsPlan, delegate: Provider | undefined): Promise<boolean> {
  const { breakGlassRole: planned } = plan;
  if (planned === undefined) return false;
  const options = planned.accountId === plan.delegate?.accountId && delegate ? { provider: delegate } : {};
  const found = await adoptRole(planned, await readOwnResources(), options);
  if ("known" in found) return acceptedOf(found.known);
  await log.info(checkLine({ subject: "whether the break-glass role is there already", needs: found.needs }));
  return false;
}

async function enabledRegions(accountId: AccountId, provider: Provider | undefined): Promise<readonly string[]> {
  const { names } = await asking(
    `for the Regions of account ${accountId}`,
    getRegions({}, provider === undefined ? {} : { provider }),
  );
  return names;
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
  return {
    breakGlassRole: makeRole(plan, reached),
    guardrails: { rootUser: rootUser?.policyId, rootSession: rootSession?.policyId },
    alertTopics: makeAlerts(plan, reached),
  };
}

function makeRole(plan: SafeguardsPlan, reached: ReachedAccounts): BreakGlassRoleOutputs | undefined {
  const { breakGlassRole: planned } = plan;
  if (planned === undefined) return undefined;
  // A resource that changes its provider is updated, not replaced: in another account it has to be another one.
  const { arn, switchRoleLink, trustedPrincipalsPolicy } = new BreakGlassRole(
    `break-glass-role-${planned.accountId}`,
    { ...planned, roleName: planned.name, exists: reached.roleExists },
    within(planned.accountId, plan, reached),
  );
  return { arn, switchRoleLink, trustedPrincipalsPolicy };
}

function makeAlerts(plan: SafeguardsPlan, reached: ReachedAccounts): Readonly<Record<string, Output<string>>> {
  const { accounts = [], region, keyArn, topicName } = plan.rootAccessAlerts ?? {};
  const topics = accounts.map(({ accountId, subscriptions }) => {
    const { topicArn } = new RootAccessAlerts(
      `alerts-${accountId}`,
      {
        accountId,
        subscriptions,
        regions: reached.regions.get(accountId) ?? [],
        region: region ?? new Config("aws").get("region"),
        keyArn,
        topicName,
      },
      within(accountId, plan, reached),
    );
    return [accountId, topicArn] as const;
  });
  return Object.fromEntries(topics);
}

function within(
  accountId: AccountId,
  { delegate }: SafeguardsPlan,
  reached: ReachedAccounts,
): { readonly provider?: Provider } {
  return accountId === delegate?.accountId && reached.delegate ? { provider: reached.delegate } : {};
}
