import type { Provider } from "@pulumi/aws/provider.js";
import { Config, type InvokeOptions, log, RunError } from "@pulumi/pulumi";
import type { AccountId } from "#iam";
import { acceptedOf } from "./accepted-of.ts";
import { adoptAlerts, type WantedAlerts } from "../adoption/alert-adoption.ts";
import { configurationNamespace } from "../configuration/configuration.ts";
import { delegateProvider } from "../delegate-provider.ts";
import type { ExistingAlerts } from "../existing-alerts.ts";
import type { ExistingRole } from "../existing-role.ts";
import { knownState, type OwnResources, readOwnResources } from "../facts/own-resources.ts";
import { checkLine } from "../preflight/preflight.ts";
import { allAccepted, type Reviewed } from "../review.ts";
import { adoptRole } from "../adoption/role-adoption.ts";
import type { SafeguardsPlan } from "../plan/safeguards-plan.ts";
import { watchedRegions } from "../preflight/watched-regions.ts";

/** What has to be known of the accounts before anything is made in them. */
export interface ReachedAccounts {
  /** Works in the delegate's account; `undefined` where nothing is made there. */
  readonly delegate: Provider | undefined;
  /** The break-glass role, where it is there already as it is planned. */
  readonly existingRole: ExistingRole | undefined;
  readonly alerts: readonly AccountAlerts[];
}

/** The alerts of an account, and what of them is there already. */
export interface AccountAlerts extends WantedAlerts {
  readonly existing: ExistingAlerts;
}

/**
 * Opens the way into the delegate's account and asks which Regions each account has enabled, and for what is there already
 * of the break-glass role and the alerts. To be awaited before the first resource is registered.
 *
 * @throws RunError with AWS's words where an account cannot be reached, or with what stands in the way
 */
export async function reachAccounts(plan: SafeguardsPlan): Promise<ReachedAccounts> {
  try {
    return await reach(plan);
  } catch (error) {
    throw wrongAccount(plan, error) ?? error;
  }
}

/** The provider says which account its credentials are of, and not which setting gave them. */
function wrongAccount({ delegate }: SafeguardsPlan, error: unknown): RunError | undefined {
  const message = error instanceof Error ? error.message : String(error);
  const [, found] = /account ID not allowed: (\d{12})/i.exec(message) ?? [];
  if (found === undefined || delegate === undefined) return undefined;
  const { profile, role } = delegate.access;
  const way = role === undefined ? `profile ${profile ?? ""}` : `role ${role}`;
  return new RunError(
    `Nothing was changed: ${configurationNamespace}:delegateAccess: ${way} has credentials of account ${found}, and the delegated administrator is ${delegate.accountId}; give a profile of that account, or a role there.`,
  );
}

async function reach(plan: SafeguardsPlan): Promise<ReachedAccounts> {
  const settings = new Config("aws");
  const delegate =
    plan.delegate &&
    // Another delegate gets another provider: what was made in the former one's account is taken away there.
    delegateProvider(`delegate-${plan.delegate.accountId}`, {
      ...plan.delegate,
      managementProfile: settings.get("profile"),
      region: settings.get("region"),
    });
  const within = (accountId: AccountId): InvokeOptions =>
    accountId === plan.delegate?.accountId && delegate ? { provider: delegate } : {};
  const wanted = acceptedOf(await wantedAlerts(plan, settings.get("region") ?? "us-east-1", within));
  if (wanted.length === 0 && plan.breakGlassRole === undefined)
    return { delegate, existingRole: undefined, alerts: [] };
  const own = await readOwnResources();
  const existingRole = await findBreakGlassRole(plan, own, within);
  const found = await Promise.all(wanted.map((one) => findAlerts(one, own, within(one.accountId))));
  const alerts = acceptedOf(allAccepted(found));
  for (const { accountId, existing } of alerts) await warnOfUnfinished(accountId, existing);
  return { delegate, existingRole, alerts };
}

type Within = (accountId: AccountId) => InvokeOptions;

/** The component's name is the same for an account whatever else changes. */
async function wantedAlerts(
  { rootAccessAlerts: planned }: SafeguardsPlan,
  usualRegion: string,
  within: Within,
): Promise<Reviewed<readonly WantedAlerts[]>> {
  if (planned === undefined) return { accepted: [] };
  const { region = usualRegion, regions, keyArn, topicName } = planned;
  const reviews = planned.accounts.map(async ({ accountId }): Promise<Reviewed<WantedAlerts>> => {
    const watched = await watchedRegions(accountId, { region, regions }, within(accountId));
    if ("problems" in watched) return watched;
    const name = `alerts-${accountId}`;
    return { accepted: { name, accountId, region, regions: watched.accepted, topicName, keyArn } };
  });
  return allAccepted(await Promise.all(reviews));
}

async function findBreakGlassRole(
  { breakGlassRole: planned }: SafeguardsPlan,
  own: OwnResources | undefined,
  within: Within,
): Promise<ExistingRole | undefined> {
  if (planned === undefined) return undefined;
  const found = await adoptRole(planned, own, within(planned.accountId));
  if ("known" in found) return acceptedOf(found.known);
  await log.info(checkLine({ subject: "whether the break-glass role is there already", needs: found.needs }));
  return undefined;
}

async function findAlerts(
  wanted: WantedAlerts,
  own: OwnResources | undefined,
  options: InvokeOptions,
): Promise<Reviewed<AccountAlerts>> {
  if (own === undefined) {
    await log.info(checkLine({ subject: "what of the alerts is there already", needs: knownState }));
    return { accepted: { ...wanted, existing: {} } };
  }
  const found = await adoptAlerts(wanted, own, options);
  return "problems" in found ? found : { accepted: { ...wanted, existing: found.accepted } };
}

async function warnOfUnfinished(accountId: AccountId, { unfinished = new Set() }: ExistingAlerts): Promise<void> {
  if (unfinished.size === 0) return;
  await log.warn(
    `${configurationNamespace}:rootAccessAlerts: a run that was killed left something half made in account ${accountId}. It is taken over as it is, ` +
      `and the next pulumi up sets ${[...unfinished].join(" and ")}.`,
  );
}
