import { expect } from "chai";
import { denyAllBucketPolicy } from "#iam";
import { type FaultRule, sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type Client, type Members, type OperationName, type Outcome, splitName } from "./clients/client.ts";
import { everyClient, type OpenClient } from "./clients/every-client.ts";
import { alike } from "./conversation/alike.ts";

type Call = (name: OperationName, input?: Members) => Promise<Outcome>;

/** Faults on purpose, as each client meets them: what it tries again, what it reports, and what was done all the same. */
describe("faults, through three clients", function () {
  this.timeout("5 minutes");
  this.slow(60_000);

  let clients: readonly OpenClient[] = [];

  before("set the clients up", async () => {
    clients = await everyClient();
  });

  /** Runs the same calls with each client in a sandbox of its own; resolves to what each of them gave. */
  function withEveryClient<Result>(
    { rules, attempts, seed = 7 }: { rules: readonly FaultRule[]; attempts: number; seed?: number },
    run: (call: Call, sandbox: SandboxOrganization) => Promise<Result>,
  ): Promise<readonly Result[]> {
    return Promise.all(
      clients.map(async (open) => {
        const sandbox = await startSandboxOrganization({ faults: { seed, rules }, propagationMilliseconds: 0 });
        const client = await open({ endpoint: sandbox.endpoint, attempts });
        try {
          return await run(caller(client, sandbox), sandbox);
        } finally {
          await client.close();
          await sandbox.close();
        }
      }),
    );
  }

  const reads = [
    "sts:GetCallerIdentity",
    "iam:GetUser",
    "organizations:DescribeOrganization",
    "s3:ListBuckets",
    "sqs:ListQueues",
  ] as const;

  for (const fault of ["throttled", "internal-error", "unavailable", "cut-before"] as const) {
    it(`${fault}: each tries again and is answered, of every service`, async () => {
      const rules = reads.map((read) => ({ fault, ...splitName(read), calls: [1] }));
      const answers = await withEveryClient({ rules, attempts: 3 }, (call) =>
        Promise.all(reads.map(async (read) => alike(await call(read), read))),
      );
      for (const answer of answers) {
        for (const outcome of answer) expect(outcome).to.have.property("answer");
        expect(answer).to.deep.equal(answers[0]);
      }
    });
  }

  it("a client that does not try again reports what AWS said, alike", async () => {
    const rules: readonly FaultRule[] = [
      { fault: "throttled", service: "s3" },
      { fault: "throttled", service: "sqs" },
      { fault: "internal-error", service: "iam" },
      { fault: "unavailable", service: "sts" },
      { fault: "throttled", service: "organizations" },
    ];
    const refusals = await withEveryClient({ rules, attempts: 1 }, async (call) => {
      const outcomes = await Promise.all(reads.map((read) => call(read)));
      return outcomes.map((outcome) =>
        "refusal" in outcome ? [outcome.refusal.code, outcome.refusal.status] : outcome,
      );
    });
    for (const refusal of refusals) {
      expect(refusal).to.deep.equal([
        ["ServiceUnavailable", 503],
        ["InternalFailure", 500],
        ["TooManyRequestsException", 400],
        ["SlowDown", 503],
        ["RequestThrottled", 403],
      ]);
    }
  });

  it("cut-after: the client hears nothing, and the policy is gone", async () => {
    const rules: readonly FaultRule[] = [{ fault: "cut-after", operation: "DeleteBucketPolicy" }];
    const Bucket = "orders-events";
    const ends = await withEveryClient({ rules, attempts: 1 }, async (call, sandbox) => {
      await call("s3:CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" } });
      const policy = { ...denyAllBucketPolicy(Bucket) };
      const Policy = JSON.stringify(policy).replace("s3:*", "s3:ListBucket");
      await call("s3:PutBucketPolicy", { Bucket, Policy });
      const lockedBefore = sandbox.state.buckets.get(Bucket)?.policy !== undefined;
      const outcome = await call("s3:DeleteBucketPolicy", { Bucket });
      return {
        lockedBefore,
        kind: Object.keys(outcome),
        lockedAfter: sandbox.state.buckets.get(Bucket)?.policy !== undefined,
      };
    });
    for (const end of ends) {
      expect(end).to.deep.equal({ lockedBefore: true, kind: ["failure"], lockedAfter: false });
    }
  });

  it("cut-after: whoever tries a message again has sent it twice", async () => {
    const rules: readonly FaultRule[] = [{ fault: "cut-after", operation: "SendMessage", calls: [1] }];
    const ends = await withEveryClient({ rules, attempts: 3 }, async (call, sandbox) => {
      const created = await call("sqs:CreateQueue", { QueueName: "orders-events" });
      const QueueUrl = "answer" in created ? (created.answer["QueueUrl"] ?? "") : "";
      const sent = await call("sqs:SendMessage", { QueueUrl, MessageBody: "once" });
      return [Object.keys(sent), [...sandbox.state.queues.values()].map(({ messages }) => messages.length)];
    });
    for (const end of ends) expect(end).to.deep.equal([["answer"], [2]]);
  });

  it("stale-read: a queue that was made is not listed yet", async () => {
    const rules: readonly FaultRule[] = [{ fault: "stale-read", operation: "ListQueues", calls: [2] }];
    const lists = await withEveryClient({ rules, attempts: 1 }, async (call) => {
      const count = async (): Promise<unknown> => {
        const listed = await call("sqs:ListQueues");
        const urls = "answer" in listed ? (listed.answer["QueueUrls"] ?? []) : [listed];
        return Array.isArray(urls) ? urls.length : urls;
      };
      const before = await count();
      await call("sqs:CreateQueue", { QueueName: "orders-events" });
      return [before, await count(), await count()];
    });
    for (const list of lists) expect(list).to.deep.equal([0, 0, 1]);
  });

  it("one seed, one course: the same calls of each client go wrong", async () => {
    const rules: readonly FaultRule[] = [{ fault: "throttled", probability: 0.5 }];
    const course = (seed: number): Promise<readonly string[]> =>
      withEveryClient({ rules, attempts: 1, seed }, async (call) => {
        let ended = "";
        for (let count = 0; count < 8; count += 1)
          ended += "answer" in (await call("sts:GetCallerIdentity")) ? "." : "x";
        return ended;
      });
    const [first = "", ...others] = await course(3);
    expect(first).to.match(/x/).and.match(/\./);
    expect([...others, ...(await course(3))]).to.deep.equal(Array(2 * clients.length - 1).fill(first));
    expect(await course(4)).to.not.include(first);
  });
});

function caller(client: Client, { administrators }: SandboxOrganization): Call {
  const credentials = administrators.find(({ accountId }) => accountId === sandboxAccounts.orders);
  if (!credentials) throw new Error("The sandbox has no administrator of orders.");
  return (name, input = {}) => client.call({ ...splitName(name), input, region: "ap-northeast-2", credentials });
}
