import { Config } from "@pulumi/pulumi";
import type { AccountId } from "#iam";
import { describeAccount } from "../plan/account-review.ts";
import { type AttachedPolicies, type GuardingPolicyType, readAttachedPolicies } from "../facts/attached-policies.ts";
import { blockedSessions, mayBlockRootSessions, type Moment } from "./blocked-sessions.ts";
import type { Configuration } from "../configuration/configuration.ts";
import { deniedOpenings, mayDenyOpenings, type Openings } from "./denied-openings.ts";
import type { Observed } from "../facts/observed.ts";
import type { Organization, OrganizationFacts } from "../facts/organization-facts.ts";
import { type Check, checkFacts, checkPolicyType, checkTrail } from "./preflight.ts";
import { delegateOf, rootSessionOpeners } from "./root-session-openers.ts";
import { rootSessionReach, type RootSessionReach } from "./root-session-reach.ts";
import { readTrail } from "../facts/trail-facts.ts";

/**
 * Makes every check that stands before a change, with invokes only. Nothing here ends the run: what has to be corrected
 * is refused with the configuration (planAccess), what is missing is a warning, what could not be looked at says so.
 */
export async function runPreflight(configuration: Configuration, facts: OrganizationFacts): Promise<readonly Check[]> {
  const { organization, identityCenter } = facts;
  if (organization === undefined || identityCenter === "unasked") return checkFacts(facts);
  const trail = configuration.trail === undefined ? undefined : await readTrail(configuration.trail);
  const types: readonly GuardingPolicyType[] = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"];
  const policies = await Promise.all(types.map((type) => checkPolicies(type, configuration, facts, organization)));
  const delegate = delegateOf(configuration, organization);
  const described = delegate && describeAccount(delegate, organization);
  return [...checkFacts(facts), checkTrail(configuration.trail, trail, described), ...policies.flat()];
}

async function checkPolicies(
  type: GuardingPolicyType,
  configuration: Configuration,
  { lacks }: OrganizationFacts,
  organization: Organization,
): Promise<readonly Check[]> {
  const { root, enabledPolicyTypes } = organization;
  if (root === undefined || enabledPolicyTypes === undefined) {
    return [checkPolicyType(type, { needs: lacks.accounts ?? lacks.organization ?? "organizations:ListRoots" })];
  }
  const enabled = checkPolicyType(type, { known: { rootId: root.id, enabled: enabledPolicyTypes } });
  if (!enabledPolicyTypes.includes(type)) return [enabled];
  const reach = rootSessionReach(configuration, organization);
  const moment = { region: new Config("aws").get("region") ?? "us-east-1", at: new Date() };
  const openings = openingsOf(configuration, reach, organization, moment.region);
  return [enabled, ...(await checkRootSessions(type, { reach, openings }, organization, root.id, moment))];
}

function openingsOf(
  configuration: Configuration,
  { accounts }: RootSessionReach,
  organization: Organization,
  region: string,
): Openings | undefined {
  const accountId = delegateOf(configuration, organization);
  if (accountId === undefined) return undefined;
  const openers = rootSessionOpeners(configuration, accountId, organization, region);
  return { accountId, openers, targets: accounts, ownPolicy: configuration.rootSessionGuardrail?.policyName };
}

interface Sessions {
  readonly reach: RootSessionReach;
  /** `undefined` where there is no delegate: the management account is beyond these policies. */
  readonly openings: Openings | undefined;
}

/** Above that many accounts a preview would take minutes: AWS lets a few calls a second through. */
const mostAccounts = 200;

async function checkRootSessions(
  type: GuardingPolicyType,
  { reach, openings }: Sessions,
  organization: Organization,
  rootId: string,
  moment: Moment,
): Promise<readonly Check[]> {
  const subject = `root sessions under policies of type ${type}`;
  const looked = { ...reach, accounts: reach.accounts.slice(0, mostAccounts) };
  const opened = openings && { ...openings, targets: looked.accounts };
  const ids: ReadonlySet<AccountId> = new Set([...looked.accounts, ...(opened ? [opened.accountId] : [])]);
  const mayBlock = mayBlockRootSessions(type, looked, moment);
  const mayDeny = opened ? mayDenyOpenings(type, opened, moment) : () => false;
  const attached = await readAttachedPolicies(type, rootId, ids, (policy) => mayBlock(policy) || mayDeny(policy));
  const rest = reach.accounts.length - looked.accounts.length;
  const beyond: Check[] =
    rest > 0
      ? [
          {
            subject: `${subject}, in ${rest} more account${rest === 1 ? "" : "s"}`,
            needs: "permissionSets.targetAccounts that name fewer",
          },
        ]
      : [];
  return [
    ...sessionChecks(subject, type, looked, attached, organization, moment),
    ...(opened ? openingChecks(type, opened, attached, organization, moment) : []),
    ...beyond,
  ];
}

/** What could not be looked at has been said of the sessions already. */
function openingChecks(
  type: GuardingPolicyType,
  openings: Openings,
  attached: Observed<AttachedPolicies>,
  organization: Organization,
  moment: Moment,
): readonly Check[] {
  if ("needs" in attached) return [];
  const subject = `opening root sessions under policies of type ${type}`;
  const levels = attached.known.get(openings.accountId) ?? [];
  const denied = levels.length === 0 ? [] : deniedOpenings(type, openings, levels, organization, moment);
  if (denied.length > 0) return denied.map((missing) => ({ subject, missing }));
  return [{ subject, holds: `none denies sts:AssumeRoot in ${describeAccount(openings.accountId, organization)}` }];
}

function sessionChecks(
  subject: string,
  type: GuardingPolicyType,
  reach: RootSessionReach,
  attached: Observed<AttachedPolicies>,
  organization: Organization,
  moment: Moment,
): readonly Check[] {
  if ("needs" in attached) return [{ subject, needs: attached.needs }];
  const blocked = blockedSessions(type, reach, attached.known, organization, moment);
  if (blocked.length > 0) return blocked.map((missing) => ({ subject, missing }));
  const count = reach.accounts.length;
  const where = count === 1 ? "the one account that they reach" : `any of ${count} accounts`;
  return [{ subject, holds: `none denies them their tasks in ${where}` }];
}
