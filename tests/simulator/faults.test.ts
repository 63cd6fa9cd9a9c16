import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import {
  type FaultPlan,
  FaultPlanError,
  type FaultRule,
  parseFaultPlan,
  sandboxAccounts,
  type SandboxOrganization,
  startSandboxOrganization,
} from "#simulator";
import { aliceIn } from "../root-access/alice.ts";
import { type AccountName, administrator } from "./clients.ts";

describe("faults on purpose", () => {
  const open: SandboxOrganization[] = [];

  afterEach(async () => {
    await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
  });

  async function sandboxWith(...rules: readonly FaultRule[]): Promise<SandboxOrganization> {
    const sandbox = await startSandboxOrganization({ faults: { seed: 7, rules } });
    open.push(sandbox);
    return sandbox;
  }

  const ask = (sandbox: SandboxOrganization, account: AccountName = "orders"): Promise<string> =>
    outcome(new STSClient(administrator(sandbox, account)).send(new GetCallerIdentityCommand()));

  async function outcome(answer: Promise<object>): Promise<string> {
    try {
      await answer;
      return "answered";
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return "code" in error && typeof error.code === "string" ? error.code : error.name;
    }
  }

  it("throttle in each service's own words", async () => {
    const sandbox = await sandboxWith({ fault: "throttled" });
    expect(await ask(sandbox)).to.equal("Throttling");
    expect(await outcome(new S3Client(administrator(sandbox, "orders")).send(new ListBucketsCommand()))).to.equal(
      "SlowDown",
    );
    expect(await outcome(new SQSClient(administrator(sandbox, "orders")).send(new ListQueuesCommand()))).to.equal(
      "RequestThrottled",
    );
  });

  it("fail with 500 and 503", async () => {
    const sandbox = await sandboxWith({ fault: "internal-error", calls: [1] }, { fault: "unavailable", calls: [2] });
    expect([await ask(sandbox), await ask(sandbox), await ask(sandbox)]).to.deep.equal([
      "InternalFailure",
      "ServiceUnavailable",
      "answered",
    ]);
  });

  it("are outlived by a client that retries", async () => {
    const sandbox = await sandboxWith({ fault: "throttled", calls: [1, 2] });
    const patient = new STSClient({ ...administrator(sandbox, "orders"), maxAttempts: 3 });
    expect(await outcome(patient.send(new GetCallerIdentityCommand()))).to.equal("answered");
  });

  it("let through as many requests a second as a limit says, a second's worth at once", async () => {
    const sandbox = await sandboxWith({ fault: "rate-limited", operation: "GetCallerIdentity", perSecond: 3 });
    const askFor = async (times: number): Promise<readonly string[]> => {
      const outcomes: string[] = [];
      for (let time = 0; time < times; time += 1) outcomes.push(await ask(sandbox));
      return outcomes;
    };
    const slow: FaultRule = { fault: "rate-limited", service: "sqs", perSecond: 0.1 };
    sandbox.faults?.add(slow);
    const sqs = new SQSClient(administrator(sandbox, "orders"));
    const list = (): Promise<string> => outcome(sqs.send(new ListQueuesCommand()));
    expect([await list(), await list()]).to.deep.equal(["answered", "RequestThrottled"]);
    sandbox.clock.advance(10_000);
    expect(await list()).to.equal("answered");
    expect((await askFor(20)).slice(0, 3)).to.deep.equal(["answered", "answered", "answered"]);
    expect(new Set(await askFor(20))).to.include("Throttling");
  });

  it("deny as AWS denies, on record, but nobody the question who they are", async () => {
    const sandbox = await sandboxWith({ fault: "access-denied" });
    const sqs = new SQSClient(administrator(sandbox, "orders"));
    const refusal: unknown = await sqs.send(new ListQueuesCommand()).catch((error: unknown) => error);
    expect(refusal).to.have.property("name", "AccessDenied");
    expect(refusal).to.have.property("message").that.contains("sqs:listqueues").and.contains("with an explicit deny");
    expect(sandbox.state.trail.at(-1)).to.have.property("eventName", "ListQueues");
    expect(sandbox.state.trail.at(-1)?.record).to.contain('"errorCode":"AccessDenied"');
    expect(await ask(sandbox)).to.equal("answered");
  });

  it("end the session that asked, for good, and no long-term key", async () => {
    const sandbox = await startSandboxOrganization({ configured: true, faults: { seed: 1, rules: [] } });
    open.push(sandbox);
    const session = await aliceIn(sandbox);
    const sts = new STSClient({ ...session, endpoint: sandbox.endpoint, maxAttempts: 1 });
    const who = (): Promise<string> => outcome(sts.send(new GetCallerIdentityCommand()));
    expect(await who()).to.equal("answered");
    const takeBack = sandbox.faults?.add({ fault: "session-expired", calls: [1] });
    expect(await who()).to.equal("ExpiredToken");
    takeBack?.();
    expect(await who()).to.equal("ExpiredToken");
    sandbox.faults?.add({ fault: "session-expired" });
    expect(await ask(sandbox)).to.equal("answered");
  });

  it("are watched, each request before it is decided about", async () => {
    const sandbox = await sandboxWith({ fault: "throttled" });
    const seen: string[] = [];
    const stop = sandbox.faults?.watch(({ service, operation, account }) => {
      seen.push(`${service}:${operation} ${account}`);
    });
    await ask(sandbox);
    stop?.();
    await ask(sandbox);
    expect(seen).to.deep.equal([`sts:GetCallerIdentity ${sandboxAccounts.orders}`]);
  });

  it("cut the connection before the work, or after it is done", async () => {
    const sandbox = await sandboxWith(
      { fault: "cut-before", operation: "CreateQueue", calls: [1] },
      { fault: "cut-after", operation: "CreateQueue", calls: [2] },
    );
    const sqs = new SQSClient(administrator(sandbox, "orders"));
    const create = (name: string): Promise<string> => outcome(sqs.send(new CreateQueueCommand({ QueueName: name })));
    expect(await create("never-made")).to.equal("ECONNRESET");
    expect(await create("made-unheard")).to.equal("ECONNRESET");
    const queues = [...sandbox.state.queues.values()].map(({ name }) => name);
    expect(queues).to.deep.equal(["made-unheard"]);
  });

  it("answer late", async () => {
    const sandbox = await sandboxWith({ fault: "slow", milliseconds: 60 });
    const started = performance.now();
    expect(await ask(sandbox)).to.equal("answered");
    expect(performance.now() - started).to.be.greaterThan(55);
  });

  it("answer a read as it was answered before", async () => {
    const sandbox = await sandboxWith();
    const sqs = new SQSClient(administrator(sandbox, "orders"));
    const list = async (): Promise<number> => (await sqs.send(new ListQueuesCommand())).QueueUrls?.length ?? 0;
    expect(await list()).to.equal(0);
    await sqs.send(new CreateQueueCommand({ QueueName: "new" }));
    const takeBack = sandbox.faults?.add({ fault: "stale-read", operation: "ListQueues" });
    expect(await list()).to.equal(0);
    takeBack?.();
    expect(await list()).to.equal(1);
  });

  it("answer every later read as the first one, when every read is to be stale", async () => {
    const sandbox = await sandboxWith({ fault: "stale-read", service: "sqs", operation: "ListQueues" });
    const sqs = new SQSClient(administrator(sandbox, "orders"));
    const list = async (): Promise<number> => (await sqs.send(new ListQueuesCommand())).QueueUrls?.length ?? 0;
    expect(await list()).to.equal(0);
    await sqs.send(new CreateQueueCommand({ QueueName: "new" }));
    expect(await list()).to.equal(0);
  });

  it("are chosen by service, operation and the caller's account", async () => {
    const sandbox = await sandboxWith({
      fault: "internal-error",
      service: "sts",
      operation: "GetCallerIdentity",
      account: sandboxAccounts.audit,
    });
    expect(await ask(sandbox, "audit")).to.equal("InternalFailure");
    expect(await ask(sandbox, "orders")).to.equal("answered");
    const sqs = new SQSClient(administrator(sandbox, "audit"));
    expect(await outcome(sqs.send(new ListQueuesCommand()))).to.equal("answered");
  });

  it("are the same in two runs with one seed, others with another", async () => {
    const run = async (seed: number): Promise<string> => {
      const plan: FaultPlan = { seed, rules: [{ fault: "throttled", probability: 0.5 }] };
      const sandbox = await startSandboxOrganization({ faults: plan });
      open.push(sandbox);
      const outcomes: string[] = [];
      for (let call = 0; call < 24; call += 1) outcomes.push(await ask(sandbox));
      return outcomes.map((said) => (said === "answered" ? "." : "x")).join("");
    };
    const first = await run(3);
    expect(first).to.match(/x/).and.match(/\./);
    expect(await run(3)).to.equal(first);
    expect(await run(4)).to.not.equal(first);
  });

  it("are read from a file that says what it means", () => {
    expect(parseFaultPlan('{ "rules": [{ "fault": "slow", "service": "s3", "milliseconds": 5 }] }')).to.deep.equal({
      seed: 1,
      rules: [{ fault: "slow", service: "s3", milliseconds: 5 }],
    });
    const wrong = [
      ["{", "It is not JSON"],
      ['{ "rules": [{ "fault": "flood" }] }', "rules[0].fault: must be one of throttled, rate-limited, internal-error"],
      ["[]", "the plan: must be an object with seed, rules."],
      ["{}", "rules: must be a list of rules."],
      ['{ "rules": [{ "fault": "slow" }, 1] }', "rules[1]: must be an object with fault, service"],
      ['{ "rules": [{ "fault": "slow", "chance": 1 }] }', 'rules[0]: there is no "chance" in it, a rule has fault, '],
      ['{ "rules": [{ "fault": "slow", "account": "12" }] }', "rules[0].account: must be a 12-digit account id"],
      ['{ "rules": [{ "fault": "slow", "calls": [0] }] }', "rules[0].calls[0]: must be counted from 1"],
      ['{ "rules": [{ "fault": "slow", "calls": [] }] }', "rules[0].calls: must name a call"],
      ['{ "rules": [{ "fault": "slow", "probability": -1 }] }', "rules[0].probability: must be a number from 0 to 1."],
      [
        '{ "rules": [{ "fault": "throttled", "milliseconds": 5 }] }',
        "rules[0].milliseconds: only a slow answer takes some; this one is throttled.",
      ],
      [
        '{ "rules": [{ "fault": "slow", "perSecond": 5 }] }',
        "rules[0].perSecond: only a rate limit has one; this one is slow.",
      ],
      [
        '{ "rules": [{ "fault": "rate-limited" }] }',
        "rules[0].perSecond: a rate limit has to say how many requests a second it lets through.",
      ],
      [
        '{ "rules": [{ "fault": "access-denied", "operation": "GetCallerIdentity" }] }',
        "rules[0].operation: AWS denies GetCallerIdentity to nobody: it needs no permission.",
      ],
      [
        '{ "rules": [{ "fault": "slow" }, { "fault": "slow", "service": "S3" }] }',
        'rules[1].service: "S3" is no service that the sandbox organization models; did you mean s3?',
      ],
      [
        '{ "rules": [{ "fault": "slow", "service": "dynamodb" }] }',
        'rules[0].service: "dynamodb" is no service that the sandbox organization models; the nearest is ',
      ],
      [
        '{ "rules": [{ "fault": "slow", "operation": "AssumeRot" }] }',
        'rules[0].operation: "AssumeRot" is no operation that the sandbox organization models; did you mean AssumeRoot?',
      ],
      [
        '{ "rules": [{ "fault": "slow", "service": "s3", "operation": "AssumeRoot" }] }',
        'rules[0].operation: "AssumeRoot" is no operation of s3 that the sandbox organization models; the nearest is ',
      ],
      [
        '{ "rules": [{ "fault": "stale-read", "operation": "SendMessage" }] }',
        "rules[0].operation: SendMessage is no read: it has no stale answer.",
      ],
    ] as const;
    for (const [text, sentence] of wrong) {
      expect(() => parseFaultPlan(text), text)
        .to.throw(FaultPlanError)
        .with.property("message")
        .that.contains(sentence);
    }
  });

  it("are not for accounts that are not in the organization", async () => {
    const strange: FaultPlan = { seed: 1, rules: [{ fault: "slow" }, { fault: "slow", account: "600000000002" }] };
    const refusal: unknown = await startSandboxOrganization({ accounts: 1, faults: strange }).catch(
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(FaultPlanError);
    expect(refusal).to.have.property(
      "message",
      "rules[1].account: the sandbox organization has no account 600000000002.",
    );
    open.push(await startSandboxOrganization({ accounts: 2, faults: strange }));
  });
});
