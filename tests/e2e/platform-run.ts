import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { appendFile } from "node:fs/promises";
import type { PolicyJson } from "#iam";
import { sandboxAccounts } from "#simulator";
import { services } from "../../simulator/services/registry.ts";
import type { TrailEvent } from "../../simulator/state/trail.ts";
import { organizationStackRun, type Settings } from "./organization-stack-run.ts";
import { openTestSandbox, type TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";

const { management, audit } = sandboxAccounts;
const role = "platform";

/** A stack's life, in order. */
export const stages = ["preview", "up", "refresh", "change", "destroy"] as const;
export type Stage = (typeof stages)[number];

/** The organization stack in a sandbox, run by a role that may do what it is told and nothing else. */
export interface PlatformRun {
  readonly take: (stage: Stage) => Promise<{ readonly status: number; readonly output: string }>;
  /** What the role may do from here on, in both accounts. */
  readonly allow: (policy: PolicyJson) => Promise<void>;
  /** The actions that AWS has been asked for since the last time, as the trail shows them. */
  readonly asked: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** @param withAlerts they are most of the resources, and take most of the time */
export async function platformRun(policy: PolicyJson, withAlerts: boolean): Promise<PlatformRun> {
  const sandbox = await openTestSandbox();
  await makeRole(sandbox, "management", `arn:aws:iam::${management}:root`);
  await makeRole(sandbox, "audit", `arn:aws:iam::${management}:role/${role}`);
  await allow(sandbox, policy);
  await writeProfile(sandbox);
  const { run } = organizationStackRun(sandbox, role);
  let seen = sandbox.organization.state.trail.length;
  return {
    take: async (stage) => {
      const { settings, words } = commands[stage];
      const { status, stdout, stderr } = await run({ ...settings, ...(withAlerts ? alerts : {}) }, words);
      return { status, output: stdout + stderr };
    },
    allow: (allowed) => allow(sandbox, allowed),
    asked: () => {
      const events = sandbox.organization.state.trail.slice(seen);
      seen += events.length;
      return [...new Set(events.flatMap(actionsOf))];
    },
    close: () => sandbox.close(),
  };
}

/** The role in the delegate's account. */
export const delegateRoleArn = `arn:aws:iam::${audit}:role/${role}`;
const always = {
  delegatedAdministrator: "Audit",
  delegateAccess: { role },
  trail: "organization-trail",
  removeOnDestroy: true,
};
const alerts = {
  rootAccessAlerts: { subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }] },
};
const first: Settings = {
  ...always,
  assignments: [{ groups: ["break-glass-admins"], users: ["alice"] }],
  breakGlassRole: { trustedPrincipals: [delegateRoleArn] },
  rootUserGuardrail: { organizationalUnits: ["Root/Workloads"] },
  rootSessionGuardrail: {},
};
const others = [`arn:aws:iam::${management}:role/${role}`, delegateRoleArn];
const second: Settings = {
  ...always,
  permissionSets: [{ name: "BreakGlassAssumeRoot", description: "Another", tasks: ["S3UnlockBucketPolicy"] }],
  assignments: [{ groups: ["auditors"] }],
  breakGlassRole: { trustedPrincipals: others, tasks: ["S3UnlockBucketPolicy"] },
  rootUserGuardrail: { organizationalUnits: ["Root/Security"] },
  rootSessionGuardrail: { otherPrincipals: others },
};

const commands: Readonly<Record<Stage, { readonly settings: Settings; readonly words: readonly string[] }>> = {
  preview: { settings: first, words: ["preview"] },
  up: { settings: first, words: ["up", "--yes", "--skip-preview"] },
  refresh: { settings: first, words: ["up", "--yes", "--skip-preview", "--refresh", "--expect-no-changes"] },
  change: { settings: second, words: ["up", "--yes", "--skip-preview"] },
  destroy: { settings: second, words: ["destroy", "--yes", "--skip-preview"] },
};

const trust = (principal: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }],
  });

async function makeRole(sandbox: TestSandbox, profile: string, principal: string): Promise<void> {
  const client = new IAMClient(profileConnection(sandbox, profile));
  await client.send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trust(principal) }));
}

async function allow(sandbox: TestSandbox, policy: PolicyJson): Promise<void> {
  const PolicyDocument = JSON.stringify(policy);
  for (const profile of ["management", "audit"]) {
    const client = new IAMClient(profileConnection(sandbox, profile));
    await client.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: role, PolicyDocument }));
  }
}

/** A profile with the management account's role, for as long as a session lasts. */
async function writeProfile(sandbox: TestSandbox): Promise<void> {
  const sts = new STSClient(profileConnection(sandbox, "management"));
  const RoleArn = `arn:aws:iam::${management}:role/${role}`;
  const { Credentials: issued } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "platform" }));
  const { AWS_SHARED_CREDENTIALS_FILE: file = "" } = sandbox.environment;
  const lines = [
    `[${role}]`,
    `aws_access_key_id = ${issued?.AccessKeyId ?? ""}`,
    `aws_secret_access_key = ${issued?.SecretAccessKey ?? ""}`,
    `aws_session_token = ${issued?.SessionToken ?? ""}`,
  ];
  await appendFile(file, `\n${lines.join("\n")}\n`);
}

/**
 * What the trail does not show: a target with a role takes the right to pass that role, and a key is made only by somebody
 * who could change its policy. Who one is, everybody may ask.
 */
const unseen: Readonly<Record<string, readonly string[]>> = {
  "events:PutTargets": ["events:PutTargets", "iam:PassRole"],
  "kms:CreateKey": ["kms:CreateKey", "kms:PutKeyPolicy"],
  "sts:GetCallerIdentity": [],
};

function actionsOf({ eventSource, eventName }: TrailEvent): readonly string[] {
  const service = services.find((candidate) => candidate.eventSource === eventSource);
  const action = `${service?.actionPrefix ?? eventSource}:${eventName}`;
  return unseen[action] ?? [action];
}
