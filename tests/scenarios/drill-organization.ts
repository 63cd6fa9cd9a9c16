import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { denyAllBucketPolicy, denyAllQueuePolicy, type PolicyJson } from "#iam";
import { type AwsAccess, accessFromProfile, callAws, s3Client, sqsClient } from "#root-access";
import {
  createLock,
  createMessages,
  digestOf,
  type Drill,
  fixtureMessages,
  fixtureObjects,
  type Lock,
} from "#scenarios";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { setEnvironment } from "../set-environment.ts";
import { bucketNameOf, newDrillName, queueNameOf } from "../../scenarios/names.ts";

/** A sandbox organization with root sessions enabled, and this process set up to work in it. */
export interface DrillOrganization {
  readonly organization: SandboxOrganization;
  readonly owner: AwsAccess;
  readonly breakGlass: AwsAccess;
  /** File names of the policies that were backed up. */
  readonly backups: () => Promise<readonly string[]>;
  /** How often a root session was asked for. */
  readonly rootSessions: () => number;
  readonly close: () => Promise<void>;
}

const region = "ap-northeast-2";

/** Long enough for what does come in this organization, and short enough to be looked for often. */
export const deadlines = { bucketMilliseconds: 2_000, queueMilliseconds: 2_000 };

/** Starts one and points this process's AWS settings to it, until it is closed. */
export async function startDrillOrganization(): Promise<DrillOrganization> {
  const organization = await startSandboxOrganization({ propagationMilliseconds: 50 });
  const { state } = organization;
  state.organization.trustedServices.set("iam.amazonaws.com", new Date());
  state.organization.rootFeatures.add("RootSessions");
  const folder = await mkdtemp(join(tmpdir(), "drill-"));
  const restore = setEnvironment({
    AWS_ENDPOINT_URL: organization.endpoint,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: await writeProfiles(folder, organization),
    BREAK_GLASS_SANDBOX: folder,
  });
  return {
    organization,
    owner: accessFromProfile("orders", region),
    breakGlass: accessFromProfile("management", region),
    backups: () => readdir(join(folder, "backups")).catch(() => []),
    rootSessions: () => state.trail.filter(({ eventName }) => eventName === "AssumeRoot").length,
    close: async () => {
      restore();
      await organization.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Makes what the scenarios stack makes, up to the locks. */
export async function makeFixtures(owner: AwsAccess): Promise<Drill> {
  const name = newDrillName();
  const { CreateBucketCommand, PutObjectCommand } = await import("@aws-sdk/client-s3");
  const { CreateQueueCommand } = await import("@aws-sdk/client-sqs");
  const s3 = await s3Client(owner);
  const Bucket = bucketNameOf(name);
  const arn = `arn:aws:sqs:${region}:${sandboxAccounts.orders}:${queueNameOf(name)}`;
  await callAws({ doing: "make the fixtures" }, async () => {
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    for (const [Key, Body] of Object.entries(fixtureObjects))
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    await (await sqsClient(owner)).send(new CreateQueueCommand({ QueueName: queueNameOf(name) }));
  });
  const { outs } = await createMessages({ queueArn: arn, region, profile: "orders", bodies: fixtureMessages });
  return {
    name,
    accountId: sandboxAccounts.orders,
    region,
    profile: "orders",
    breakGlassProfile: "management",
    bucket: {
      name: Bucket,
      objects: Object.fromEntries(Object.entries(fixtureObjects).map(([key, text]) => [key, digestOf(text)])),
    },
    queue: { arn, messages: outs.digests },
  };
}

export function bucketLock(drill: Drill, policy: PolicyJson = denyAllBucketPolicy(drill.bucket.name)): Lock {
  return {
    ...parties(drill),
    kind: "bucket",
    arn: `arn:aws:s3:::${drill.bucket.name}`,
    policy: JSON.stringify(policy),
  };
}

export function queueLock(drill: Drill, policy: PolicyJson = denyAllQueuePolicy(drill.queue.arn)): Lock {
  return { ...parties(drill), kind: "queue", arn: drill.queue.arn, policy: JSON.stringify(policy) };
}

export async function lockBoth(drill: Drill): Promise<void> {
  await createLock(bucketLock(drill));
  await createLock(queueLock(drill));
}

function parties({
  accountId,
  region: where,
  profile,
  breakGlassProfile,
}: Drill): Omit<Lock, "kind" | "arn" | "policy"> {
  return { accountId, region: where, profile, breakGlassProfile };
}

async function writeProfiles(folder: string, { administrators }: SandboxOrganization): Promise<string> {
  const names = Object.entries(sandboxAccounts);
  const sections = administrators.map(({ accountId, accessKeyId, secretAccessKey }) => {
    const [profile] = names.find(([, id]) => id === accountId) ?? ["unknown"];
    return `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
  });
  const file = join(folder, "credentials");
  await writeFile(file, sections.join("\n"), { mode: 0o600 });
  return file;
}
