import { createHash } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { denyAllBucketPolicy, denyAllQueuePolicy } from "#iam";
import { parseBucketTarget, parseQueueTarget, unlockBucket, unlockQueue } from "#root-access";
import {
  accessWith,
  assumedRoot,
  type AwsStub,
  callerIdentity,
  queryError,
  rootKeyId,
  s3Error,
  sqsAnswer,
  sqsDenial,
  type StubAnswer,
  type StubRequest,
  startAwsStub,
  xml,
} from "./aws-stub.ts";
import { rejection } from "./rejection.ts";

const bucket = parseBucketTarget("orders-data", { accountId: "333333333333", region: "ap-northeast-2" });
const queue = parseQueueTarget("arn:aws:sqs:ap-northeast-2:333333333333:orders", {});
const aliceArn = "arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_BreakGlassAssumeRoot_1/alice";
const rootArn = "arn:aws:iam::333333333333:root";
const bucketPolicyText = JSON.stringify(denyAllBucketPolicy("orders-data"), undefined, 1);
const queuePolicyText = JSON.stringify(denyAllQueuePolicy(queue.arn));

describe("an unlock", () => {
  let stub: AwsStub;
  let folder: string;
  let backupFolder: string;
  let recordFolder: string;
  /** What a test puts in the place of the ordinary answer. */
  let instead: (request: StubRequest) => StubAnswer | undefined | Promise<StubAnswer | undefined>;
  let policy: string | undefined;
  const breakGlass = accessWith("ALICE");

  before(async () => {
    stub = await startAwsStub(async (request) => (await instead(request)) ?? usual(request));
  });
  after(() => stub.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "unlock-"));
    backupFolder = join(folder, "made", "backups");
    recordFolder = join(folder, "records");
    instead = () => undefined;
  });
  afterEach(() => rm(folder, { recursive: true }));

  function usual(request: StubRequest): StubAnswer {
    if (request.body.includes("Action=GetCallerIdentity")) {
      return request.accessKeyId === rootKeyId
        ? callerIdentity("333333333333", rootArn)
        : callerIdentity("222222222222", aliceArn);
    }
    if (request.service === "sts") return assumedRoot();
    if (request.service === "organizations" || request.service === "iam") return mayNotBeAsked(request);
    if (request.service === "s3" && request.url.startsWith("/?")) return bucketList(request);
    if (request.service === "s3" && request.method === "DELETE") policy = undefined;
    if (request.target.endsWith("SetQueueAttributes")) policy = undefined;
    if (request.service === "sqs") return sqsAnswer(policy === undefined ? {} : { Attributes: { Policy: policy } });
    if (request.method === "DELETE") return { status: 204 };
    return policy === undefined
      ? s3Error(404, "NoSuchBucketPolicy", "The bucket policy does not exist")
      : { status: 200, body: policy };
  }

  function writes(): StubRequest[] {
    return stub.requests.filter(
      ({ method, target }) => method === "DELETE" || method === "PUT" || target.endsWith("SetQueueAttributes"),
    );
  }

  const cases = [
    {
      name: "of a bucket",
      text: bucketPolicyText,
      arn: bucket.arn,
      unlock: () => unlockBucket({ target: bucket, breakGlass, backupFolder, recordFolder }),
      isWrite: (request: StubRequest) => request.method === "DELETE",
    },
    {
      name: "of a queue",
      text: queuePolicyText,
      arn: queue.arn,
      unlock: () => unlockQueue({ target: queue, breakGlass, backupFolder, recordFolder }),
      isWrite: (request: StubRequest) => request.target.endsWith("SetQueueAttributes"),
    },
  ];

  for (const { name, text, arn, unlock, isWrite } of cases) {
    describe(name, () => {
      beforeEach(() => {
        policy = text;
      });

      it("has the backup on disk, for its owner alone, when the one write is sent", async () => {
        let onDisk: readonly string[] = [];
        instead = async (request) => {
          if (isWrite(request)) onDisk = await readdir(backupFolder);
          return undefined;
        };
        const sent = writes().length;
        const result = await unlock();

        expect(onDisk).to.have.length(1);
        expect(writes().slice(sent)).to.have.length(1);
        expect(writes().at(-1)?.accessKeyId).to.equal(rootKeyId);
        const path = result.backup ?? "";
        expect((await stat(path)).mode & 0o777).to.equal(0o600);
        expect((await stat(backupFolder)).mode & 0o777).to.equal(0o700);
        const backup: unknown = JSON.parse(await readFile(path, "utf8"));
        expect(backup).to.include({
          resource: arn,
          accountId: "333333333333",
          region: "ap-northeast-2",
          caller: aliceArn,
          policy: text,
          sha256: createHash("sha256").update(text).digest("hex"),
        });
        expect(JSON.stringify(result) + JSON.stringify(backup)).not.to.match(/secret|token|ASIA/i);
      });

      it("goes its way in order and says how long each step took", async () => {
        const { outcome, steps, rootIdentity, caller } = await unlock();
        expect(outcome).to.equal("unlocked");
        expect(rootIdentity).to.equal(rootArn);
        expect(caller.arn).to.equal(aliceArn);
        expect(steps.map(({ step }) => step)).to.deep.equal([
          "caller and target checked",
          "backup folder ready",
          "root session opened",
          "session is the member's root",
          "policy read",
          "policy backed up",
          "policy written",
          "change confirmed",
        ]);
        for (const { milliseconds } of steps) expect(milliseconds).to.be.greaterThan(0);
      });

      it("writes nothing, neither to AWS nor to disk, where there is no policy", async () => {
        policy = undefined;
        const sent = writes().length;
        const result = await unlock();
        expect(result.outcome).to.equal("already-unlocked");
        expect(result).not.to.have.property("backup");
        expect(writes()).to.have.length(sent);
        expect(await readdir(backupFolder)).to.deep.equal([]);
      });

      it("is refused, with the policy untouched, when the backup cannot be written", async () => {
        instead = async (request) => {
          if (request.body.includes("AssumeRoot")) await rm(backupFolder, { recursive: true });
          return undefined;
        };
        const sent = writes().length;
        const error = await rejection(unlock());
        expect(error.reason).to.equal("refused");
        expect(error.message).to.include(backupFolder).and.include("Nothing has been changed.");
        expect(writes()).to.have.length(sent);
      });

      it("opens no session where the backup's folder cannot be made", async function () {
        if (process.getuid?.() === 0) {
          // Permissions do not stop the superuser: a file in the folder's place does.
          backupFolder = join(import.meta.filename, "backups");
        } else await chmod(folder, 0o500);
        const sent = stub.requests.length;
        const error = await rejection(unlock());
        await chmod(folder, 0o700);
        expect(error.reason).to.equal("refused");
        expect(stub.requests.slice(sent).some(({ body }) => body.includes("AssumeRoot"))).to.equal(false);
      });

      it("stops before anything is touched when the session is not the member's root", async () => {
        instead = (request) =>
          request.accessKeyId === rootKeyId && request.service === "sts"
            ? callerIdentity("9", "arn:aws:iam::9:root")
            : undefined;
        const sent = stub.requests.length;
        const error = await rejection(unlock());
        expect(error.reason).to.equal("refused");
        const services = stub.requests.slice(sent).map(({ service }) => service);
        expect(services).not.to.include("s3").and.not.to.include("sqs");
      });

      it("is refused to a root user, who may not call AssumeRoot", async () => {
        instead = () => callerIdentity("111111111111", "arn:aws:iam::111111111111:root");
        const sent = stub.requests.length;
        const error = await rejection(unlock());
        expect(error.reason).to.equal("refused");
        expect(stub.requests.slice(sent).some(({ body }) => body.includes("AssumeRoot"))).to.equal(false);
      });

      it("says that nothing has changed when the session is denied", async () => {
        instead = ({ body }) =>
          body.includes("AssumeRoot")
            ? queryError(403, "AccessDenied", "Root sessions feature is not enabled for your AWS Organization.")
            : undefined;
        const error = await rejection(unlock());
        expect(error.reason).to.equal("not-authorized");
        expect(error.failure.effect).to.equal("Nothing has been changed.");
      });

      it("says that nothing has changed, and names the way out, when a service control policy denies the write", async () => {
        const message = `User: ${rootArn} is not authorized to perform: x on resource: ${arn} with an explicit deny in a service control policy`;
        instead = (request) => {
          if (!isWrite(request)) return undefined;
          return request.service === "s3" ? s3Error(403, "AccessDenied", message) : sqsDenial(message);
        };
        const error = await rejection(unlock());
        expect(error.reason).to.equal("not-authorized");
        expect(error.failure.effect).to.equal("Nothing has been changed.");
        expect(error.message).to.include("Exempt root sessions");
      });

      it("says where the backup is when nobody knows whether the write arrived", async () => {
        instead = (request) => (isWrite(request) ? { status: 501, body: "" } : undefined);
        const error = await rejection(unlock());
        expect(error.reason).to.equal("aws-failed");
        expect(error.message).to.include("may or may not have been changed").and.include(backupFolder);
      });
    });
  }

  it("waits for the removal with a deadline, and then says what it waited for and that AWS accepted it", async () => {
    policy = queuePolicyText;
    instead = (request) => (request.target.endsWith("SetQueueAttributes") ? sqsAnswer({}) : undefined);
    const error = await rejection(
      unlockQueue({ target: queue, breakGlass, backupFolder, recordFolder, deadlineMilliseconds: 50 }),
    );
    expect(error.reason).to.equal("timed-out");
    expect(error.message).to.include("the policy of queue orders to be gone").and.include("AWS accepted the change");
  });

  for (const says of [
    "Access Denied",
    `User: ${rootArn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucket.arn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
  ]) {
    it(`section 5: loses nothing where S3 Block Public Access refuses what would stay, and says what to do: ${says.slice(0, 14)}`, async () => {
      const { Version, Statement } = denyAllBucketPolicy("orders-data");
      const stays = {
        Sid: "Read",
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `${bucket.arn}/*`,
      };
      policy = JSON.stringify({ Version, Statement: [...Statement, stays] });
      instead = ({ method }) => (method === "PUT" ? s3Error(403, "AccessDenied", says) : undefined);
      const sent = writes().length;
      const error = await rejection(unlockBucket({ target: bucket, breakGlass, backupFolder, recordFolder }));
      expect(error.reason).to.equal("not-authorized");
      expect(error.failure.effect).to.equal("Nothing has been changed.");
      expect(error.failure.next).to.include("S3 Block Public Access").and.include("--strategy delete");
      expect(writes()).to.have.length(sent + 1);
      expect(await readdir(backupFolder)).to.have.length(1);
    });
  }

  it("finds a bucket's Region in the session, page by page, and works there", async () => {
    policy = bucketPolicyText;
    const { region } = await unlockBucket({
      target: parseBucketTarget("orders-data", { accountId: "333333333333" }),
      breakGlass,
      backupFolder,
      recordFolder,
    });
    expect(region).to.equal("eu-west-1");
    expect(writes().at(-1)?.region).to.equal("eu-west-1");
    const lists = stub.requests.filter(({ url }) => url.startsWith("/?") && url.includes("prefix=orders-data"));
    expect(lists.at(-1)?.accessKeyId).to.equal(rootKeyId);
  });

  it("says so when the account has no such bucket", async () => {
    instead = ({ service, url }) =>
      service === "s3" && url.startsWith("/?")
        ? xml(200, "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>")
        : undefined;
    const error = await rejection(
      unlockBucket({
        target: parseBucketTarget("elsewhere", { accountId: "333333333333" }),
        breakGlass,
        backupFolder,
        recordFolder,
      }),
    );
    expect(error.message).to.include("Account 333333333333 has no bucket elsewhere");
  });
});

/** What a caller is told who may open root sessions and nothing else. */
function mayNotBeAsked({ service }: StubRequest): StubAnswer {
  const message = "You don't have permissions to access this resource.";
  if (service === "iam") return queryError(403, "AccessDenied", message);
  return {
    status: 400,
    body: JSON.stringify({ __type: "AccessDeniedException", Message: message }),
    headers: { "content-type": "application/x-amz-json-1.1" },
  };
}

/** Two pages: a bucket whose name begins alike on the first, the one looked for on the second. */
function bucketList({ url }: StubRequest): StubAnswer {
  const page = url.includes("continuation-token=second")
    ? "<Buckets><Bucket><Name>orders-data</Name><BucketRegion>eu-west-1</BucketRegion></Bucket></Buckets>"
    : "<Buckets><Bucket><Name>orders-data-old</Name><BucketRegion>us-west-2</BucketRegion></Bucket></Buckets>" +
      "<ContinuationToken>second</ContinuationToken>";
  return xml(200, `<ListAllMyBucketsResult>${page}</ListAllMyBucketsResult>`);
}
