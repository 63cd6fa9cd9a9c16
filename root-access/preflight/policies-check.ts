import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import {
  type AccountId,
  type BlockedTask,
  blockedTasks,
  MalformedPolicyError,
  type NamedPolicy,
  type TaskName,
} from "#iam";
import type { AccountPlace } from "./account-place.ts";
import type { Finding, Look } from "./check.ts";
import { type OrganizationPolicyReader, organizationPolicyReader } from "./organization-policies.ts";

export interface PoliciesQuestion {
  readonly accountId: AccountId;
  readonly task: TaskName;
  /** Which of the task's actions the session cannot do without, `s3:DeleteBucketPolicy` for example. */
  readonly mustDo: readonly string[];
  readonly region: string;
  readonly find: (signal: AbortSignal) => Promise<AccountPlace | undefined>;
}

/**
 * Whether the organization's policies of a type let the session do its work: AWS opens it all the same, and denies then
 * (docs/aws-behaviour.md, section 7). Whether they may be read at all shows with the first call, and while the account is
 * still looked for.
 */
export function policiesCheck(
  client: OrganizationsClient,
  type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY",
  question: PoliciesQuestion,
): Look {
  const about = type === "SERVICE_CONTROL_POLICY" ? "service control policies" : "resource control policies";
  return {
    about,
    look: async (signal) => {
      const reader = organizationPolicyReader(client, type, signal);
      const [, place] = await Promise.all([reader.attachedTo(question.accountId), question.find(signal)]);
      if (place === undefined) return { state: "not checked", because: "the account is not in the organization" };
      return conclude(type, question, await levelsOf(reader, place));
    },
  };
}

async function levelsOf(
  reader: OrganizationPolicyReader,
  { path }: AccountPlace,
): Promise<readonly (readonly NamedPolicy[])[]> {
  return Promise.all(
    path.map(async (id) => Promise.all((await reader.attachedTo(id)).map((policy) => reader.read(policy)))),
  ).catch((error: unknown) => {
    throw error instanceof MalformedPolicyError
      ? new Error(`a policy has parts that this command does not know: ${error.message}`)
      : error;
  });
}

function conclude(
  type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY",
  { accountId, task, mustDo, region }: PoliciesQuestion,
  levels: readonly (readonly NamedPolicy[])[],
): Finding {
  // Where a type is in force, every level has one at least.
  if (levels.every((level) => level.length === 0)) return { state: "holds", because: "not in use" };
  const policies = type === "SERVICE_CONTROL_POLICY" ? { serviceControl: levels } : { resourceControl: levels };
  const facts = { accountId, region, at: new Date() };
  const blocked = blockedTasks(facts, policies).find((one) => one.task === task);
  if (blocked === undefined) return { state: "holds", because: "nothing stands in the way" };
  const depends = blocked.dependsOn.length > 0 ? `depends on ${blocked.dependsOn.join(", ")}` : undefined;
  const may = mustDo.includes(blocked.action) ? depends : `denies ${blocked.action}, which may not be needed`;
  if (may !== undefined) return { state: "not checked", because: `${nameOf(blocked)} ${may}` };
  return {
    state: "does not hold",
    what: `${nameOf(blocked)} denies ${blocked.action} to root sessions in account ${accountId}.`,
    next: adviceOn(blocked),
  };
}

function nameOf({ policyType, policy, statement }: BlockedTask): string {
  if (policy === undefined) return `A level without a ${policyType} that allows it`;
  return `The ${policyType} ${policy} (${statement ?? "a statement"})`;
}

function adviceOn({ policyType }: BlockedTask): string {
  return policyType === "service control policy"
    ? "In the management account, exempt root sessions from it with the condition Null aws:AssumedRoot true, then try again."
    : "Only the management account can help: detach or narrow that policy, then try again.";
}
