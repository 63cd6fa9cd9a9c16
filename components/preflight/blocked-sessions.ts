import {
  type AccountId,
  type BlockedTask,
  blockedTasks,
  type NamedPolicy,
  type OrganizationPolicies,
  type RootSessionFacts,
  type TaskName,
} from "#iam";
import { describeAccount } from "../plan/account-review.ts";
import type { AttachedPolicies, GuardingPolicyType } from "../facts/attached-policies.ts";
import type { Organization } from "../facts/organization-facts.ts";
import type { RootSessionReach } from "./root-session-reach.ts";

/** What is known beside the policies themselves. */
export type Moment = Pick<RootSessionFacts, "region" | "at">;

/** Whether a policy that is attached alone would keep a root session in any of the accounts from anything. */
export function mayBlockRootSessions(
  type: GuardingPolicyType,
  { accounts }: RootSessionReach,
  moment: Moment,
): (policy: NamedPolicy) => boolean {
  return (policy) =>
    accounts.some((accountId) =>
      blockedTasks({ ...moment, accountId }, policiesOf(type, [[policy]])).some(
        ({ policy: denying }) => denying !== undefined || allowsSomething(policy),
      ),
    );
}

/** A policy that only denies stands beside one that allows: what it does not name is not its doing. */
export function allowsSomething({ document }: NamedPolicy): boolean {
  return document.statements.some(({ effect }) => effect === "Allow");
}

/**
 * One sentence for each policy that denies root sessions something in the accounts that they are to reach, with what to
 * change.
 */
export function blockedSessions(
  type: GuardingPolicyType,
  { tasks, accounts }: RootSessionReach,
  attached: AttachedPolicies,
  organization: Organization,
  moment: Moment,
): readonly string[] {
  const blocked = accounts.flatMap((accountId) => {
    const facts = { ...moment, accountId, organizationId: organization.id };
    return blockedTasks(facts, policiesOf(type, attached.get(accountId)))
      .filter(({ task }) => tasks.has(task))
      .map((found) => ({ accountId, ...found }));
  });
  const byCause = Map.groupBy(blocked, ({ policy = "", statement = "" }) => `${policy}\n${statement}`);
  return [...byCause.values()].flatMap((cases) => {
    const [first] = cases;
    return first === undefined ? [] : [sentence(first, cases, organization)];
  });
}

type Case = BlockedTask & { readonly accountId: AccountId };

/** Policies of one type for the evaluator; `undefined` levels are those of an account under nothing that may block. */
export function policiesOf(
  type: GuardingPolicyType,
  levels: OrganizationPolicies["serviceControl"],
): OrganizationPolicies {
  if (levels === undefined) return {};
  return type === "SERVICE_CONTROL_POLICY" ? { serviceControl: levels } : { resourceControl: levels };
}

function sentence(first: Case, cases: readonly Case[], organization: Organization): string {
  const where = listed([...new Set(cases.map(({ accountId }) => describeAccount(accountId, organization)))]);
  const tasks = [...new Set<TaskName>(cases.map(({ task }) => task))].join(", ");
  const { policy, policyType, statement, action, dependsOn } = first;
  if (policy === undefined) {
    return `Root sessions in ${where} cannot do ${tasks}: no ${policyType} there allows ${action}. Attach one that does (organizations:AttachPolicy).`;
  }
  const unless = dependsOn.length === 0 ? "" : `, depending on ${dependsOn.join(" and ")}`;
  return (
    `Root sessions in ${where} cannot do ${tasks}${unless}: ${policyType} ${policy}, statement ${statement ?? "?"}, denies ${action}. ` +
    `Exempt them by "Null": { "aws:AssumedRoot": "true" } in its Condition (organizations:UpdatePolicy).`
  );
}

const mostNamed = 5;

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
