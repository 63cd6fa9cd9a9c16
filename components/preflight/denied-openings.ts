import { type AccountId, type DeniedOpener, deniedOpeners, type NamedPolicy, type TaskName } from "#iam";
import { describeAccount } from "../plan/account-review.ts";
import type { GuardingPolicyType, Levels } from "../facts/attached-policies.ts";
import { allowsSomething, type Moment, policiesOf } from "./blocked-sessions.ts";
import type { Organization } from "../facts/organization-facts.ts";
import type { NamedOpener } from "./root-session-openers.ts";

/** Who is to open root sessions from the delegate's account, and where. */
export interface Openings {
  readonly accountId: AccountId;
  readonly openers: readonly NamedOpener[];
  readonly targets: readonly AccountId[];
  /** Name of the guardrail that this stack makes: it lets in whomever the configuration names, once it is up to date. */
  readonly ownPolicy?: string | undefined;
}

/** Whether a policy that is attached alone would keep anybody from opening a root session. */
export function mayDenyOpenings(
  type: GuardingPolicyType,
  { openers, ...places }: Openings,
  moment: Moment,
): (policy: NamedPolicy) => boolean {
  return (policy) =>
    openers.some((opener) =>
      deniedOpeners({ ...moment, ...places }, opener, policiesOf(type, [[policy]])).some(
        ({ policy: denying }) => denying !== undefined || allowsSomething(policy),
      ),
    );
}

/**
 * One sentence for each policy that denies sts:AssumeRoot to those who break the glass from the delegate's account, with
 * what to change.
 *
 * @param levels what is attached on the way to that account
 */
export function deniedOpenings(
  type: GuardingPolicyType,
  { openers, ownPolicy, ...places }: Openings,
  levels: Levels,
  organization: Organization,
  moment: Moment,
): readonly string[] {
  const facts = { ...moment, ...places, organizationId: organization.id };
  const others = levels.map((level) => level.filter(({ name }) => name !== ownPolicy));
  const denied = openers.flatMap((opener) =>
    deniedOpeners(facts, opener, policiesOf(type, others)).map((found) => ({ opener, ...found })),
  );
  const byCause = Map.groupBy(denied, ({ policy = "", statement = "" }) => `${policy}\n${statement}`);
  return [...byCause.values()].flatMap((cases) => {
    const [first] = cases;
    return first === undefined ? [] : [sentence(first, cases, describeAccount(places.accountId, organization))];
  });
}

type Case = DeniedOpener & { readonly opener: NamedOpener };

function sentence(first: Case, cases: readonly Case[], account: string): string {
  const openers = [...new Set(cases.map(({ opener }) => opener))];
  const who = openers.map(({ name }) => name).join(", ");
  const tasks = [...new Set<TaskName>(cases.map(({ task }) => task))].join(", ");
  const { policy, policyType, statement, dependsOn } = first;
  if (policy === undefined) {
    return `In ${account} nobody opens root sessions for ${tasks} with ${who}: no ${policyType} there allows sts:AssumeRoot. Attach one that does (organizations:AttachPolicy).`;
  }
  const unless = dependsOn.length === 0 ? "" : `, depending on ${dependsOn.join(" and ")}`;
  const patterns = openers.map(({ pattern }) => `"${pattern}"`).join(", ");
  return (
    `In ${account} nobody opens root sessions for ${tasks} with ${who}${unless}: ${policyType} ${policy}, statement ${statement ?? "?"}, denies sts:AssumeRoot. ` +
    `Exempt them by "ArnNotLike": { "aws:PrincipalArn": [${patterns}] } in its Condition (organizations:UpdatePolicy).`
  );
}
