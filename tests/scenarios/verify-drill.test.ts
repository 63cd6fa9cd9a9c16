import { expect } from "chai";
import { denyAllBucketPolicy, denyAllQueuePolicy, type PolicyJson } from "#iam";
import { policyOf, parseBucketTarget, parseQueueTarget } from "#root-access";
import { type Drill, type DrillReport, type ProofProgress, verifyDrill } from "#scenarios";
import { rejection } from "../root-access/rejection.ts";
import {
  deadlines,
  type DrillOrganization,
  lockBoth,
  makeFixtures,
  startDrillOrganization,
} from "./drill-organization.ts";

/** For what is waited for in vain: not for a resource without a lock, and not long for one with a hole in it. */
const unlocked = { bucketMilliseconds: 0, queueMilliseconds: 0 };
const holeInBucket = { ...unlocked, bucketMilliseconds: 300 };
const holeInQueue = { ...unlocked, queueMilliseconds: 300 };
const missingMessage = { ...deadlines, queueMilliseconds: 400 };

describe("the verifier", () => {
  let world: DrillOrganization;
  let drill: Drill;

  before(async () => {
    world = await startDrillOrganization();
  });
  beforeEach(async () => {
    drill = await makeFixtures(world.owner);
  });
  after(() => world.close());

  it("proves lock, unlock and recovery of bucket and queue, step by step, with backups", async () => {
    await lockBoth(drill);
    const seen: ProofProgress[] = [];
    const backups = await world.backups();
    const report = await verifyDrill({ drill, deadlines, onProgress: (progress) => seen.push(progress) });

    expect(failures(report)).to.deep.equal([]);
    expect(report.held).to.equal(true);
    expect(report.proofs).to.have.length(2 * (3 + 8 + 4));
    expect(report.backups).to.have.length(2);
    expect(await world.backups()).to.have.length(backups.length + 2);
    expect(seen.filter(({ state }) => state === "started")).to.have.length(report.proofs.length);
    expect(report.proofs.find(({ claim }) => claim.includes("every object is there"))?.detail).to.equal(
      "3 of 3 objects",
    );
    expect(report.proofs.find(({ claim }) => claim.includes("every message"))?.detail).to.equal("3 of 3 messages");
    expect(report.milliseconds).to.be.greaterThan(0);
  });

  it("leaves the queue as it was: its own probes are gone, and every message can be received at once", async () => {
    await lockBoth(drill);
    expect((await verifyDrill({ drill, deadlines })).held).to.equal(true);
    const now = world.organization.clock.now();
    const messages = world.organization.state.queues.get(drill.queue.arn)?.messages ?? [];
    expect(messages.map(({ body }) => body)).to.have.length(3);
    expect(messages.every(({ visibleAt }) => visibleAt <= now)).to.equal(true);
  });

  it("breaks no glass for what is not locked at all, and removes nothing by asking", async () => {
    const sessions = world.rootSessions();
    const report = await verifyDrill({ drill, deadlines: unlocked });
    expect(report.held).to.equal(false);
    expect(failures(report).map(({ claim }) => claim)).to.deep.equal([
      "the bucket's policy denies s3:GetBucketPolicy",
      "the queue's policy denies sqs:GetQueueAttributes",
    ]);
    expect(world.rootSessions()).to.equal(sessions);
    expect(report.proofs.filter(({ outcome }) => outcome === "not attempted")).to.have.length(2 * 14);
  });

  const bucketHoles = [
    { action: "s3:GetBucketPolicy", removed: false },
    { action: "s3:ListBucket", removed: false },
    { action: "s3:DeleteBucketPolicy", removed: true },
  ];
  for (const { action, removed } of bucketHoles) {
    it(`finds the hole in a bucket's lock that leaves ${action} open`, async () => {
      const target = parseBucketTarget(drill.bucket.name, drill);
      await (await policyOf(world.owner, target)).put(JSON.stringify(allBut(denyAllBucketPolicy(target.name), action)));
      const sessions = world.rootSessions();
      const report = await verifyDrill({ drill, deadlines: holeInBucket });
      const failed = failures(report).find(({ resource }) => resource.startsWith("bucket"));
      expect(failed?.claim).to.equal(`the bucket's policy denies ${action}`);
      expect(failed?.detail).to.include(`${action} was allowed`);
      expect(failed?.detail?.includes("has removed the policy")).to.equal(removed);
      expect(world.organization.state.buckets.get(target.name)?.policy === undefined).to.equal(removed);
      expect(world.rootSessions()).to.equal(sessions);
    });
  }

  const queueHoles = [
    { action: "sqs:GetQueueAttributes", removed: false },
    { action: "sqs:SendMessage", removed: false },
    { action: "sqs:SetQueueAttributes", removed: true },
  ];
  for (const { action, removed } of queueHoles) {
    it(`finds the hole in a queue's lock that leaves ${action} open`, async () => {
      const target = parseQueueTarget(drill.queue.arn, {});
      await (await policyOf(world.owner, target)).put(JSON.stringify(allBut(denyAllQueuePolicy(target.arn), action)));
      const sessions = world.rootSessions();
      const report = await verifyDrill({ drill, deadlines: holeInQueue });
      const failed = failures(report).find(({ resource }) => resource.startsWith("queue"));
      expect(failed?.claim).to.equal(`the queue's policy denies ${action}`);
      expect(failed?.detail).to.include(`${action} was allowed`);
      expect(failed?.detail?.includes("has removed the policy")).to.equal(removed);
      expect(world.rootSessions()).to.equal(sessions);
    });
  }

  it("says which object is missing after the unlock", async () => {
    await lockBoth(drill);
    world.organization.state.buckets.get(drill.bucket.name)?.objects.delete("README.txt");
    const [failed, ...more] = failures(await verifyDrill({ drill, deadlines }));
    expect(failed?.detail).to.equal("1 of 3 objects are missing: README.txt");
    expect(more).to.deep.equal([]);
  });

  it("says which object's content is another", async () => {
    await lockBoth(drill);
    const objects = { ...drill.bucket.objects, "README.txt": "0".repeat(64) };
    const report = await verifyDrill({ drill: { ...drill, bucket: { ...drill.bucket, objects } }, deadlines });
    expect(failures(report).map(({ detail }) => detail)).to.deep.equal([
      `1 of 3 contents are missing: README.txt with SHA-256 ${"0".repeat(64)}`,
    ]);
  });

  it("says which message is missing after the unlock", async () => {
    await lockBoth(drill);
    world.organization.state.queues.get(drill.queue.arn)?.messages.pop();
    const [failed] = failures(await verifyDrill({ drill, deadlines: missingMessage }));
    expect(failed?.detail).to.equal(`1 of 3 messages are missing: ${drill.queue.messages[2] ?? ""}`);
  });

  it("says what is in the way of the sessions, and what to do, without an exception", async () => {
    await lockBoth(drill);
    world.organization.state.organization.rootFeatures.delete("RootSessions");
    const report = await verifyDrill({ drill, deadlines });
    world.organization.state.organization.rootFeatures.add("RootSessions");
    expect(failures(report).map(({ claim }) => claim)).to.deep.equal([
      "AWS knows the break-glass principal, and nothing is in its way",
      "AWS knows the break-glass principal, and nothing is in its way",
    ]);
    expect(failures(report)[0]?.detail).to.include("Root sessions are not enabled").and.include("pulumi up");
  });

  it("ends with an error, not a report, when its own credentials do not work", async () => {
    const credentials = () => Promise.resolve({ accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" });
    const error = await rejection(verifyDrill({ drill, deadlines, owner: { ...world.owner, credentials } }));
    expect(error.reason).to.equal("not-authenticated");
  });

  it("ends when it is cancelled", async () => {
    expect((await rejection(verifyDrill({ drill, deadlines, signal: AbortSignal.abort() }))).reason).to.equal(
      "cancelled",
    );
  });
});

function failures({ proofs }: DrillReport): DrillReport["proofs"] {
  return proofs.filter(({ outcome }) => outcome === "failed");
}

/** A lock with a hole: it denies everything but one action. */
function allBut(policy: PolicyJson, NotAction: string): object {
  const Statement = policy.Statement.map(({ Sid, Effect, Principal, Resource }) => ({
    Sid,
    Effect,
    Principal,
    NotAction,
    Resource,
  }));
  return { ...policy, Statement };
}
