import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { denyAllBucketPolicy, denyAllQueuePolicy } from "#iam";
import { sandboxAccounts, type SandboxOrganization } from "#simulator";
import { administrator } from "../../simulator/clients.ts";
import { backupsIn } from "../backups.ts";
import { judgePolicyChange } from "./judge-policy-change.ts";
import type { Moment, Scenario, Stage } from "./scenario.ts";

const bucket = "orders-data";
const queue = "orders-events";
const region = "ap-northeast-2";
const queueArn = `arn:aws:sqs:${region}:${sandboxAccounts.orders}:${queue}`;
const asAlice = ["--profile", "break-glass", "--yes"] as const;

/** Readable by everybody, over TLS, until somebody locked it. */
const lockedBucketPolicy = locking(denyAllBucketPolicy(bucket), [
  { Sid: "Catalogue", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` },
  {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: `arn:aws:s3:::${bucket}/*`,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  },
]);

const lockedQueuePolicy = locking(denyAllQueuePolicy(queueArn), [
  {
    Sid: "Shop",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${sandboxAccounts.payments}:root` },
    Action: "sqs:SendMessage",
    Resource: queueArn,
  },
]);

/** What `unlock` and `restore` work on: a bucket or a queue, and how its policy is locked and seen. */
interface Lockable {
  readonly kind: "s3" | "sqs";
  readonly arn: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly lock: (organization: SandboxOrganization) => Promise<void>;
  readonly look: (organization: SandboxOrganization) => string;
}

const lockables: readonly Lockable[] = [
  {
    kind: "s3",
    arn: `arn:aws:s3:::${bucket}`,
    name: bucket,
    words: [bucket, "--account", sandboxAccounts.orders],
    lock: lockBucket,
    look: ({ state }) => state.buckets.get(bucket)?.policy ?? noPolicy,
  },
  { kind: "sqs", arn: queueArn, name: queue, words: [queueArn], lock: lockQueue, look: queuePolicy },
];

const noPolicy = "(none)";

export const policyChanges: readonly Scenario[] = [
  ...lockables.flatMap((lockable) => (["strip", "delete"] as const).map((strategy) => unlocking(lockable, strategy))),
  ...lockables.map(restoring),
];

function unlocking(lockable: Lockable, strategy: "strip" | "delete"): Scenario {
  const { kind, lock, words } = lockable;
  return {
    ...changeOf(lockable),
    name: `unlock ${kind} ${strategy}`,
    prepare: async ({ organization }) => {
      await lock(organization);
      return ["unlock", kind, ...words, "--strategy", strategy, ...asAlice];
    },
  };
}

/** Puts the policy back that an unlock has stripped: it locks again, so that it has to be forced. */
function restoring(lockable: Lockable): Scenario {
  const { kind, lock, words } = lockable;
  return {
    ...changeOf(lockable),
    name: `restore ${kind}`,
    prepare: async ({ organization, folder, run }: Stage) => {
      await lock(organization);
      const unlocked = await run(["unlock", kind, ...words, ...asAlice]);
      const [backup] = backupsIn(folder);
      if (backup === undefined) throw new Error(`The unlock left no backup: ${unlocked.stderr}`);
      return ["restore", backup.path, "--force", ...asAlice];
    },
  };
}

function changeOf({ kind, name, look }: Lockable): Omit<Scenario, "name" | "prepare"> {
  return {
    look,
    always: ({ organization, folder, before }: Moment) => {
      if (before === noPolicy || look(organization) === before) return undefined;
      const isKept = backupsIn(folder).some(({ policy }) => policy === before);
      return isKept ? undefined : "the policy has been changed while no backup of it was on disk";
    },
    judge: (end) => judgePolicyChange(end, name),
    ...(kind === "s3" ? { blockPublicPolicy } : {}),
  };
}

function locking(lock: object, statements: readonly object[]): string {
  const { Version, Statement } = { Version: "2012-10-17", Statement: [], ...lock };
  return JSON.stringify({ Version, Statement: [...statements, ...[Statement].flat()] }, undefined, 1);
}

async function lockBucket(organization: SandboxOrganization): Promise<void> {
  const s3 = new S3Client(administrator(organization, "orders"));
  await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  const created = organization.state.buckets.get(bucket);
  if (created) created.publicAccessBlock = undefined;
  const locked = { Bucket: bucket, Policy: lockedBucketPolicy, ConfirmRemoveSelfBucketAccess: true };
  await s3.send(new PutBucketPolicyCommand(locked));
}

async function lockQueue(organization: SandboxOrganization): Promise<void> {
  const sqs = new SQSClient(administrator(organization, "orders"));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queue }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: lockedQueuePolicy } }));
  // What has been set is seen everywhere, in AWS a minute later.
  organization.clock.advance(60_000);
}

/** What was set last, whether or not SQS shows it everywhere yet. */
function queuePolicy({ state }: SandboxOrganization): string {
  const found = [...state.queues.values()].find(({ arn }) => arn === queueArn);
  const latest = found?.attributes.pending.at(-1)?.value ?? found?.attributes.current;
  return latest?.get("Policy") || noPolicy;
}

function blockPublicPolicy({ state }: SandboxOrganization): () => void {
  const blocked = state.buckets.get(bucket);
  if (blocked === undefined) throw new Error(`There is no bucket ${bucket}.`);
  blocked.publicAccessBlock = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  };
  return () => {
    blocked.publicAccessBlock = undefined;
  };
}
