import { expect } from "chai";
import { awsErrorCode, parseBucketTarget, parseQueueTarget, policyOf, type Target } from "#root-access";
import { createLock, deleteLock, type Drill, type Lock, verifyDrill } from "#scenarios";
import { sandboxAccounts } from "#simulator";
import { rejection } from "../root-access/rejection.ts";
import {
  bucketLock,
  deadlines,
  type DrillOrganization,
  lockBoth,
  makeFixtures,
  queueLock,
  startDrillOrganization,
} from "./drill-organization.ts";

describe("a lock", () => {
  let world: DrillOrganization;
  let drill: Drill;

  before(async () => {
    world = await startDrillOrganization();
  });
  beforeEach(async () => {
    drill = await makeFixtures(world.owner);
  });
  after(() => world.close());

  const kinds = [
    { kind: "bucket", lock: () => bucketLock(drill), target: () => parseBucketTarget(drill.bucket.name, drill) },
    { kind: "queue", lock: () => queueLock(drill), target: () => parseQueueTarget(drill.queue.arn, {}) },
  ] as const;

  for (const { kind, lock, target } of kinds) {
    describe(`on a ${kind}`, () => {
      it("is put once: again, by a run that does not know of the first, it changes nothing", async () => {
        await createLock(lock());
        settle(world);
        const puts = writes(world);
        const { id, outs } = await createLock({ ...lock(), __provider: "code" });
        expect(id).to.equal(lock().arn);
        expect(outs).to.deep.equal(lock());
        expect(writes(world)).to.equal(puts);
      });

      it("keeps the ordinary principal out until it is deleted, and lets it in when that is done", async () => {
        await createLock(lock());
        settle(world);
        expect(await readAsOwner(target())).to.equal("AccessDenied");
        await deleteLock(lock());
        expect(await readAsOwner(target())).to.equal(undefined);
      });

      it("replaces no policy that somebody else has put", async () => {
        await (await policyOf(world.owner, target())).put(narrowed(lock()));
        settle(world);
        const error = await rejection(createLock(lock()));
        expect(error.reason).to.equal("refused");
        expect(error.message).to.include("already has a policy");
      });

      it("is gone for its deletion when a corrected policy has taken its place, and that one stays", async () => {
        await createLock(lock());
        await deleteLock(lock());
        const corrected = narrowed(lock());
        await (await policyOf(world.owner, target())).put(corrected);
        const sessions = world.rootSessions();
        await deleteLock(lock());
        expect(world.rootSessions()).to.equal(sessions);
        expect(await storedPolicy(world, target())).to.equal(corrected);
      });

      it("is gone for its deletion when it has been lifted from outside", async () => {
        const sessions = world.rootSessions();
        await deleteLock(lock());
        expect(world.rootSessions()).to.equal(sessions);
      });

      it(`is gone for its deletion when the ${kind} is gone`, async () => {
        await createLock(lock());
        world.organization.state.buckets.delete(drill.bucket.name);
        world.organization.state.queues.delete(drill.queue.arn);
        const sessions = world.rootSessions();
        await deleteLock(lock());
        expect(world.rootSessions()).to.equal(sessions);
      });

      it("is not put where no root session could lift it", async () => {
        world.organization.state.organization.rootFeatures.delete("RootSessions");
        const error = await rejection(createLock(lock()));
        world.organization.state.organization.rootFeatures.add("RootSessions");
        expect(error.message).to.include("Root sessions feature is not enabled").and.include("pulumi up");
        expect(await storedPolicy(world, target())).to.equal(undefined);
      });

      it("that cannot be lifted says which command lifts it by hand", async () => {
        await createLock(lock());
        settle(world);
        world.organization.state.organization.rootFeatures.delete("RootSessions");
        const error = await rejection(deleteLock(lock()));
        world.organization.state.organization.rootFeatures.add("RootSessions");
        expect(error.message).to.include(`The lock on ${kind} ${target().name} could not be lifted.`);
        expect(error.message).to.include("npx break-glass unlock").and.include("pulumi destroy");
      });
    });
  }

  it("is not put in an account whose service control policy stops root sessions", async () => {
    const inPayments = { accountId: sandboxAccounts.payments, profile: "payments" };
    const error = await rejection(createLock({ ...bucketLock(drill), ...inPayments }));
    expect(error.message).to.include("explicit deny in a service control policy").and.include("Exempt root sessions");
  });

  it("lifted by the verifier stays lifted for whoever deletes it", async () => {
    await lockBoth(drill);
    expect((await verifyDrill({ drill, deadlines })).held).to.equal(true);
    const sessions = world.rootSessions();
    await deleteLock(bucketLock(drill));
    await deleteLock(queueLock(drill));
    expect(world.rootSessions()).to.equal(sessions);
  });

  async function readAsOwner(target: Target): Promise<string | undefined> {
    try {
      return await (await policyOf(world.owner, target)).read();
    } catch (error) {
      return awsErrorCode(error);
    }
  }
});

/** A policy that denies one call only, as somebody might put in the lock's place. */
function narrowed({ policy }: Lock): string {
  return policy.replace("s3:*", "s3:DeleteObjectTagging").replace("SQS:*", "SQS:PurgeQueue");
}

function writes({ organization: { state } }: DrillOrganization): number {
  return state.trail.filter(({ eventName }) => eventName === "PutBucketPolicy" || eventName === "SetQueueAttributes")
    .length;
}

/** The policy that the sandbox organization holds, whoever may see it. */
async function storedPolicy(
  { breakGlass, organization }: DrillOrganization,
  target: Target,
): Promise<string | undefined> {
  organization.clock.advance(60_000);
  const { openRootSession, unlockTask } = await import("#root-access");
  const session = await openRootSession({ ...breakGlass, accountId: target.accountId, task: unlockTask(target) });
  return (await policyOf(session.access(breakGlass.region), target)).read();
}

/** Lets the time pass that a queue's attributes take to have their effect. */
function settle({ organization }: DrillOrganization): void {
  organization.clock.advance(1_000);
}
