import { z } from "zod";
import { sandboxAccounts } from "#simulator";
import { expectStatus, type TestSandbox } from "./sandbox.ts";

/** What AWS has of the organization stack, and what the stack says. */
export interface StackSeen {
  readonly delegates: readonly string[];
  /** By name. */
  readonly permissionSets: Readonly<Record<string, { readonly description: string; readonly policy: string }>>;
  /** `SET ACCOUNT NAME`. */
  readonly assignments: readonly string[];
  /** Break-glass roles, wherever they are; those of permission sets are none. */
  readonly roles: readonly { readonly arn: string; readonly trust: string; readonly policy: string }[];
  /** Service control policies, by name. */
  readonly guardrails: Readonly<Record<string, { readonly targets: readonly string[]; readonly content: string }>>;
  readonly topics: readonly { readonly arn: string; readonly key: string }[];
  /** `PROTOCOL ENDPOINT`. */
  readonly subscriptions: readonly string[];
  /** Regions in which the management account has a rule. */
  readonly watched: readonly string[];
  /** What the stack's own state holds of the provider for the delegate's account. */
  readonly delegateProvider: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const exportedState = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string(), inputs: z.unknown().optional(), outputs: z.unknown().optional() })),
  }),
});

export async function readStack(sandbox: TestSandbox): Promise<StackSeen> {
  const exported = expectStatus(await sandbox.run("pulumi", ["stack", "export", "--stack", "dev"]), 0);
  const { resources } = exportedState.parse(JSON.parse(exported.stdout)).deployment;
  const inState = (part: string): (typeof resources)[number] | undefined =>
    resources.find(({ urn }) => urn.includes(part));
  const { state } = sandbox.organization;
  const { organization, identityCenter } = state;
  const nameOf = new Map([
    ...[...identityCenter.users.values()].map(({ id, userName }) => [id, userName] as const),
    ...[...identityCenter.groups.values()].map(({ id, displayName }) => [id, displayName] as const),
  ]);
  return {
    delegates: [...(organization.delegatedAdministrators.get("iam.amazonaws.com")?.keys() ?? [])],
    permissionSets: Object.fromEntries(
      [...identityCenter.permissionSets.values()].map(({ name, description = "", inlinePolicy }) => [
        name,
        { description, policy: inlinePolicy },
      ]),
    ),
    assignments: identityCenter.assignments.map(({ permissionSetArn, accountId, principalId }) =>
      [identityCenter.permissionSets.get(permissionSetArn)?.name, accountId, nameOf.get(principalId)].join(" "),
    ),
    roles: [...state.iam.values()]
      .flatMap(({ roles }) => [...roles.values()])
      .filter(({ description }) => description.includes("when IAM Identity Center cannot be reached"))
      .map(({ arn, trustPolicy, inlinePolicies }) => ({
        arn,
        trust: trustPolicy,
        policy: [...inlinePolicies.values()].join(),
      })),
    guardrails: Object.fromEntries(
      [...organization.policies.values()].map(({ id, name, content }) => [
        name,
        { content, targets: [...organization.attachments].filter(([, ids]) => ids.has(id)).map(([target]) => target) },
      ]),
    ),
    topics: [...state.topics.values()].map(({ arn, attributes }) => ({
      arn,
      key: attributes.get("KmsMasterKeyId") ?? "",
    })),
    subscriptions: [...state.subscriptions.values()].map(({ protocol, endpoint }) => `${protocol} ${endpoint}`),
    watched: [...state.eventRules.values()]
      .filter(({ accountId }) => accountId === sandboxAccounts.management)
      .map(({ region }) => region),
    delegateProvider: JSON.stringify(inState("::pulumi:providers:aws::delegate-")?.inputs),
    outputs: z.record(z.string(), z.unknown()).parse(inState("::pulumi:pulumi:Stack::")?.outputs),
  };
}
