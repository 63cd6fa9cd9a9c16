import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { appendFile } from "node:fs/promises";
import { z } from "zod";
import type { PolicyJson } from "#iam";
import { sandboxAccounts } from "#simulator";
import { services } from "../../simulator/services/registry.ts";
import type { TrailEvent } from "../../simulator/state/trail.ts";
import { organizationStackRun } from "./organization-stack-run.ts";
import { managementRoleArn, platformRole, type PlatformStage } from "./platform-stages.ts";
import type { TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";

const hours = 3600;

/** The organization stack in a sandbox, run by a role that may do what it is told and nothing else. */
export interface PlatformRun {
  readonly take: (stage: PlatformStage) => Promise<StageTaken>;
  /** What the role may do from here on, in both accounts. */
  readonly allow: (policy: PolicyJson) => Promise<void>;
}

/** How a stage went. */
export interface StageTaken {
  readonly status: number;
  readonly output: string;
  /** The actions that AWS was asked for, as the trail shows them. */
  readonly asked: readonly string[];
  /** Those of them that were refused for want of a permission. */
  readonly refused: readonly string[];
}

export async function platformRun(sandbox: TestSandbox): Promise<PlatformRun> {
  await makeRole(sandbox, "management", `arn:aws:iam::${sandboxAccounts.management}:root`);
  await makeRole(sandbox, "audit", managementRoleArn);
  await writeProfile(sandbox);
  const { run } = organizationStackRun(sandbox, platformRole);
  const { organization } = sandbox;
  return {
    take: async ({ settings, words }) => {
      const seen = organization.state.trail.length;
      const { status, stdout, stderr } = await run(settings, words);
      const events = organization.state.trail.slice(seen);
      const refused = events.filter(wasRefused);
      return { status, output: stdout + stderr, asked: actionsOf(events), refused: actionsOf(refused) };
    },
    allow: (policy) => allow(sandbox, policy),
  };
}

const trust = (principal: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }],
  });

async function makeRole(sandbox: TestSandbox, profile: string, principal: string): Promise<void> {
  const client = new IAMClient(profileConnection(sandbox, profile));
  const AssumeRolePolicyDocument = trust(principal);
  await client.send(
    new CreateRoleCommand({ RoleName: platformRole, AssumeRolePolicyDocument, MaxSessionDuration: 12 * hours }),
  );
}

async function allow(sandbox: TestSandbox, policy: PolicyJson): Promise<void> {
  const PolicyDocument = JSON.stringify(policy);
  for (const profile of ["management", "audit"]) {
    const client = new IAMClient(profileConnection(sandbox, profile));
    await client.send(new PutRolePolicyCommand({ RoleName: platformRole, PolicyName: platformRole, PolicyDocument }));
  }
}

/** A profile with the management account's role, for longer than all stages take together. */
async function writeProfile(sandbox: TestSandbox): Promise<void> {
  const sts = new STSClient(profileConnection(sandbox, "management"));
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({ RoleArn: managementRoleArn, RoleSessionName: "platform", DurationSeconds: 12 * hours }),
  );
  const { AWS_SHARED_CREDENTIALS_FILE: file = "" } = sandbox.environment;
  const lines = [
    `[${platformRole}]`,
    `aws_access_key_id = ${issued?.AccessKeyId ?? ""}`,
    `aws_secret_access_key = ${issued?.SecretAccessKey ?? ""}`,
    `aws_session_token = ${issued?.SessionToken ?? ""}`,
  ];
  await appendFile(file, `\n${lines.join("\n")}\n`);
}

/**
 * What the trail does not show: a target with a role takes the right to pass that role, and a key is made only by somebody
 * who could change its policy, with a tag only by somebody who may tag it. Who one is, everybody may ask.
 */
const unseen: Readonly<Record<string, readonly string[]>> = {
  "events:PutTargets": ["events:PutTargets", "iam:PassRole"],
  "kms:CreateKey": ["kms:CreateKey", "kms:PutKeyPolicy", "kms:TagResource"],
  "sts:GetCallerIdentity": [],
};

function actionsOf(events: readonly TrailEvent[]): readonly string[] {
  const actions = events.flatMap(({ eventSource, eventName }) => {
    const service = services.find((candidate) => candidate.eventSource === eventSource);
    const action = `${service?.actionPrefix ?? eventSource}:${eventName}`;
    return unseen[action] ?? [action];
  });
  return [...new Set(actions)];
}

const refusal = z.object({
  errorCode: z.string().regex(/AccessDenied|AuthorizationError|UnauthorizedOperation|MalformedPolicyDocument/),
});

function wasRefused({ record }: TrailEvent): boolean {
  return refusal.safeParse(JSON.parse(record)).success;
}
