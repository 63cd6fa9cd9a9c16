import { CreateBucketCommand, GetBucketPolicyCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AwsAccess,
  parseBucketTarget,
  putPolicy,
  type PutPolicyResult,
  unlock,
  type UnlockRequest,
  type UnlockResult,
} from "#root-access";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { setEnvironment } from "../set-environment.ts";
import { administrator } from "../simulator/clients.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";

const Bucket = "orders-archive";
const region = "ap-northeast-2";
const bucket = parseBucketTarget(Bucket, { accountId: sandboxAccounts.orders, region });
const administratorArn = `arn:aws:iam::${sandboxAccounts.orders}:user/administrator`;

/** A Deny of everything, under a condition. */
function deny(Sid: string, Condition: object = {}): object {
  const resources = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
  return { Sid, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: resources, Condition };
}

function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

describe("an unlock, of a policy that goes by what is known of the owner", function () {
  this.timeout(20_000);

  let sandbox: SandboxOrganization;
  let alice: AwsAccess;
  let s3: S3Client;
  let folder: string;
  let restoreEnvironment: () => void;
  let notes: string[];

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds: 0 });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    alice = await aliceIn(sandbox);
    s3 = new S3Client(administrator(sandbox, "orders"));
    folder = await mkdtemp(join(tmpdir(), "unlock-"));
    notes = [];
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  });
  afterEach(async () => {
    restoreEnvironment();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function put(Policy: string): Promise<void> {
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy, ConfirmRemoveSelfBucketAccess: true }));
  }

  async function policy(): Promise<string | undefined> {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
  }

  const places = () => ({ backupFolder: join(folder, "backups"), recordFolder: join(folder, "records") });
  const onNote = (sentence: string): void => void notes.push(sentence);

  function unlockBucket(more: Partial<UnlockRequest<typeof bucket>> = {}): Promise<UnlockResult> {
    return unlock({ target: bucket, breakGlass: alice, ...places(), onNote, ...more });
  }

  function replace(policyText: string): Promise<PutPolicyResult> {
    return putPolicy({ target: bucket, policyText, breakGlass: alice, ...places(), onNote });
  }

  const asOrders = (): AwsAccess => {
    const { credentials } = administrator(sandbox, "orders");
    return { region, label: "profile orders", credentials: () => Promise.resolve(credentials) };
  };

  const own = { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-sandbox0001" } };
  const foreign = { StringNotEquals: { "aws:PrincipalOrgID": "o-another0001" } };
  const perimeters: readonly (readonly [what: string, own: object, foreign: object])[] = [
    ["the organization", own, foreign],
    [
      "the place in it",
      { "ForAnyValue:StringNotLike": { "aws:PrincipalOrgPaths": ["o-sandbox0001/r-*"] } },
      { "ForAnyValue:StringNotLike": { "aws:PrincipalOrgPaths": ["o-another0001/*"] } },
    ],
    [
      "the Region",
      { StringNotEquals: { "aws:RequestedRegion": region } },
      { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
    ],
  ];
  for (const [what, around, without] of perimeters) {
    it(`leaves a perimeter around ${what}, also beside a statement that locks, and takes another's for a lock`, async () => {
      const perimeter = policyOf(deny("Perimeter", around));
      await put(perimeter);
      expect(await unlockBucket()).to.include({ outcome: "not-locked" });
      await put(policyOf(deny("Lock"), deny("Perimeter", around)));
      const { outcome, plan } = await unlockBucket();
      expect(outcome).to.equal("unlocked");
      expect(plan.locks.map(({ name }) => name)).to.deep.equal(["Lock"]);
      expect(await policy()).to.equal(perimeter);

      await put(policyOf(deny("Perimeter", without)));
      expect((await unlockBucket({ dryRun: true })).plan.locks.map(({ name }) => name)).to.deep.equal(["Perimeter"]);
    });

    it(`takes a perimeter around ${what} for a corrected policy, and refuses another's before a session is opened`, async () => {
      expect(await replace(policyOf(deny("Perimeter", around)))).to.include({ outcome: "replaced" });
      sandbox.state.trail.length = 0;
      const error = await rejection(replace(policyOf(deny("Perimeter", without))));
      expect(error.reason).to.equal("refused");
      expect(sandbox.state.trail.map(({ eventName }) => eventName)).to.not.include("AssumeRoot");
    });
  }

  it("leaves alone what denies everybody but the user who is to verify, and says whom it lets in", async () => {
    await put(policyOf(deny("AllBut", { ArnNotEquals: { "aws:PrincipalArn": administratorArn } })));
    const { outcome, plan } = await unlockBucket({ verifyAs: asOrders() });
    expect(outcome).to.equal("not-locked");
    expect(plan.letsIn).to.equal(administratorArn);
    expect((await unlockBucket({ dryRun: true })).outcome).to.equal("would-unlock");
  });

  it("says of the user who is to verify that it is kept out, though the account's roles are not", async () => {
    await put(policyOf(deny("Users", { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/*" } })));
    expect((await unlockBucket({ verifyAs: asOrders() })).outcome).to.equal("not-locked");
    expect(notes.join()).to.include("profile orders is kept out of bucket orders-archive all the same");
  });
});

describe("a policy that somebody else changes meanwhile", function () {
  this.timeout(20_000);

  const lock = policyOf(deny("Lock"));
  let sandbox: SandboxOrganization;
  let breakGlass: AwsAccess;
  let folder: string;
  let restoreEnvironment: () => void;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds: 0 });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    breakGlass = await aliceIn(sandbox);
    folder = await mkdtemp(join(tmpdir(), "unlock-"));
    const s3 = new S3Client(administrator(sandbox, "orders"));
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    colleague(lock);
  });
  afterEach(async () => {
    restoreEnvironment();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  /** What the policy is from now on: somebody else has opened a root session, too. */
  function colleague(text: string | undefined): void {
    const found = sandbox.state.buckets.get(Bucket);
    if (found !== undefined) found.policy = text;
  }

  async function backedUp(): Promise<readonly unknown[]> {
    const backups = join(folder, "backups");
    const texts = await Promise.all((await readdir(backups)).map((file) => readFile(join(backups, file), "utf8")));
    return texts.map((text) => (JSON.parse(text) as { policy: unknown }).policy);
  }

  const request = () => ({
    target: bucket,
    breakGlass,
    backupFolder: join(folder, "backups"),
    recordFolder: join(folder, "records"),
  });

  it("is read again, backed up and asked about anew: nothing that was written over is lost", async () => {
    const other = policyOf(deny("Theirs"), {
      ...deny("Kept"),
      Effect: "Allow",
      Principal: { AWS: sandboxAccounts.orders },
    });
    const asked: (string | undefined)[] = [];
    const notes: string[] = [];
    const result = await unlock({
      ...request(),
      onNote: (sentence) => void notes.push(sentence),
      confirm: ({ policyText }) => {
        asked.push(policyText);
        if (asked.length === 1) colleague(other);
        return Promise.resolve(true);
      },
    });
    expect(asked).to.deep.equal([lock, other]);
    expect(notes).to.deep.equal(["Somebody else has changed the policy meanwhile: this is the one that is there now."]);
    expect(result.plan.locks.map(({ name }) => name)).to.deep.equal(["Theirs"]);
    expect(await backedUp()).to.have.members([lock, other]);
  });

  it("is left alone where it locks no more", async () => {
    const corrected = policyOf({ ...deny("Theirs", { Bool: { "aws:SecureTransport": "false" } }) });
    const confirm = (): Promise<boolean> => {
      colleague(corrected);
      return Promise.resolve(true);
    };
    expect(await unlock({ ...request(), confirm })).to.include({ outcome: "not-locked" });
    expect(sandbox.state.buckets.get(Bucket)?.policy).to.equal(corrected);
  });

  it("is left alone where it is gone, and given up where it never stays", async () => {
    expect(
      await unlock({
        ...request(),
        confirm: () => {
          colleague(undefined);
          return Promise.resolve(true);
        },
      }),
    ).to.include({ outcome: "already-unlocked" });
    let times = 0;
    colleague(lock);
    const error = await rejection(
      unlock({
        ...request(),
        confirm: () => {
          colleague(policyOf(deny(`Lock${times++}`)));
          return Promise.resolve(true);
        },
      }),
    );
    expect(error.reason).to.equal("refused");
    expect(times).to.equal(5);
    expect(sandbox.state.buckets.get(Bucket)?.policy).to.equal(policyOf(deny("Lock4")));
  });
});

describe("a policy with a statement of somebody who does not exist any more", function () {
  this.timeout(20_000);

  it("cannot be put back by strip: AWS's refusal is told with the two ways that are left", async () => {
    const sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds: 0 });
    const restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    const folder = await mkdtemp(join(tmpdir(), "unlock-"));
    try {
      const s3 = new S3Client(administrator(sandbox, "orders"));
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
      const ghost = { AWS: `arn:aws:iam::${sandboxAccounts.orders}:role/deleted` };
      const stays = {
        Sid: "Ghost",
        Effect: "Allow",
        Principal: ghost,
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${Bucket}/*`,
      };
      const found = sandbox.state.buckets.get(Bucket);
      if (found !== undefined) found.policy = policyOf(deny("Lock"), stays);
      const error = await rejection(
        unlock({
          target: bucket,
          breakGlass: await aliceIn(sandbox),
          backupFolder: join(folder, "backups"),
          recordFolder: join(folder, "records"),
        }),
      );
      expect(error.failure.aws?.message).to.equal("Invalid principal in policy");
      expect(error.failure.next).to.include("--strategy delete").and.include("--policy FILE");
      expect(error.failure.effect).to.equal("Nothing has been changed.");
    } finally {
      restoreEnvironment();
      await sandbox.close();
      await rm(folder, { recursive: true });
    }
  });
});
