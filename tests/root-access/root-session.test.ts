import { inspect } from "node:util";
import { expect } from "chai";
import { parseAccountId } from "#iam";
import { openRootSession, RootAccessError, type RootSessionRequest, stsClient } from "#root-access";
import {
  accessWith,
  assumedRoot,
  type AwsStub,
  queryError,
  rootKeyId,
  rootSecret,
  rootToken,
  startAwsStub,
} from "./aws-stub.ts";
import { rejection } from "./rejection.ts";

const orders = parseAccountId("333333333333");
if (orders === undefined) throw new Error("333333333333 is an account id");
const request: RootSessionRequest = { ...accessWith("ALICE"), accountId: orders, task: "S3UnlockBucketPolicy" };

describe("a root session", () => {
  let stub: AwsStub;
  let answer = assumedRoot();

  before(async () => {
    stub = await startAwsStub(() => answer);
  });
  beforeEach(() => {
    answer = assumedRoot();
  });
  after(() => stub.close());

  it("is asked for with the task policy's ARN, for 900 seconds, in the caller's Region", async () => {
    const session = await openRootSession(request);
    const sent = stub.requests.at(-1);
    expect(Object.fromEntries(new URLSearchParams(sent?.body))).to.include({
      Action: "AssumeRoot",
      TargetPrincipal: "333333333333",
      "TaskPolicyArn.arn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy",
      DurationSeconds: "900",
    });
    expect(sent?.region).to.equal("ap-northeast-2");
    expect(session.expiresAt.toISOString()).to.equal("2099-01-01T00:00:00.000Z");
    expect(session.mayDo).to.have.members([
      "s3:DeleteBucketPolicy",
      "s3:PutBucketPolicy",
      "s3:GetBucketPolicy",
      "s3:ListAllMyBuckets",
    ]);
  });

  it("shows its credentials to nobody who prints it", async () => {
    const session = await openRootSession(request);
    const printed = [
      inspect(session, { depth: 9, showHidden: true }),
      JSON.stringify(session),
      String(Object(session.credentials)),
    ];
    for (const text of printed) {
      for (const secret of [rootKeyId, rootSecret, rootToken]) expect(text).not.to.include(secret);
    }
    expect(session.credentials.reveal()).to.include({ accessKeyId: rootKeyId, secretAccessKey: rootSecret });
  });

  for (const seconds of [0, 901, 1.5, -1, Number.NaN]) {
    it(`is refused for ${seconds} seconds before anything is sent`, async () => {
      const sent = stub.requests.length;
      const error = await rejection(openRootSession({ ...request, durationSeconds: seconds }));
      expect(error.reason).to.equal("usage");
      expect(stub.requests).to.have.length(sent);
    });
  }

  const failures = [
    {
      status: 403,
      code: "AccessDenied",
      message: "Root sessions feature is not enabled for your AWS Organization.",
      reason: "not-authorized",
      next: "Enable root sessions",
    },
    {
      status: 403,
      code: "AccessDenied",
      message: "Service not enabled for AWS Organizations.",
      reason: "not-authorized",
      next: "Enable trusted access",
    },
    {
      status: 403,
      code: "AccessDenied",
      message:
        "User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::333333333333:root",
      reason: "not-authorized",
      next: "delegated administrator",
    },
    {
      status: 403,
      code: "ExpiredToken",
      message: "The security token included in the request is expired",
      reason: "not-authenticated",
      next: "Sign in again",
    },
    { status: 400, code: "InvalidAction", message: "Unknown Operation", reason: "aws-failed", next: "AWS Support" },
  ] as const;

  for (const { status, code, message, reason, next } of failures) {
    it(`tells ${code} "${message.slice(0, 40)}…" as ${reason}, in AWS's words and with what to do`, async () => {
      answer = queryError(status, code, message);
      const error = await rejection(openRootSession(request));
      expect(error.reason).to.equal(reason);
      expect(error.message).to.include(message).and.include("account 333333333333").and.include(next);
      expect(error.message).to.include("Nothing has been changed.");
      expect(error.failure.aws).to.deep.equal({ code, message, requestId: "request-1" });
      expect(inspect(error, { depth: 9, showHidden: true }))
        .not.to.include("ALICE-secret")
        .and.not.to.include("ALICE-token");
    });
  }

  it("is told as cancelled when the signal has ended it", async () => {
    const error = await rejection(openRootSession({ ...request, signal: AbortSignal.abort() }));
    expect(error.reason).to.equal("cancelled");
  });

  it("is told as not authenticated where a profile has no credentials", async () => {
    const credentials = (): Promise<never> =>
      Promise.reject(Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" }));
    const error = await rejection(openRootSession({ ...request, credentials }));
    expect(error.reason).to.equal("not-authenticated");
  });
});

describe("the STS endpoint", () => {
  const names = [
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_STS",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "BREAK_GLASS_SANDBOX",
  ] as const;
  const saved = new Map<string, string | undefined>();
  beforeEach(() => {
    for (const name of names) {
      saved.set(name, process.env[name]);
      Reflect.deleteProperty(process.env, name);
    }
  });
  afterEach(() => {
    for (const [name, value] of saved) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  for (const region of ["us-east-1", "ap-northeast-2"]) {
    it(`is the one of ${region}, whatever the environment prefers`, async () => {
      process.env["AWS_STS_REGIONAL_ENDPOINTS"] = "legacy";
      expect(await hostAskedFor(region)).to.equal(`sts.${region}.amazonaws.com`);
    });
  }

  it("is never the global one: the request is stopped before it is signed", async () => {
    process.env["AWS_ENDPOINT_URL_STS"] = "https://sts.amazonaws.com";
    const error = await rejection(openRootSession(request));
    expect(error.reason).to.equal("refused");
    expect(error.message).to.include("global STS endpoint").and.include("Nothing has been");
  });

  it("is on this machine inside a sandbox, or nothing is sent", async () => {
    process.env["BREAK_GLASS_SANDBOX"] = "/tmp/sandbox";
    const error = await rejection(openRootSession(request));
    expect(error.reason).to.equal("refused");
    expect(error.message).to.include("leave the sandbox for sts.ap-northeast-2.amazonaws.com");
  });
});

/** Builds a request as `openRootSession` does and stops it where the wire begins. */
async function hostAskedFor(region: string): Promise<string> {
  const { AssumeRootCommand } = await import("@aws-sdk/client-sts");
  const client = await stsClient(accessWith("ALICE", region));
  client.middlewareStack.add(
    () => (args) => {
      const host: unknown = Reflect.get(Object(args.request), "hostname");
      throw new RootAccessError({ reason: "cancelled", what: String(host) });
    },
    { step: "finalizeRequest", priority: "low" },
  );
  const command = new AssumeRootCommand({
    TargetPrincipal: "333333333333",
    TaskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" },
  });
  return (await rejection(client.send(command))).message;
}
