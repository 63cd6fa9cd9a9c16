import { devNull } from "node:os";
import { expect } from "chai";
import {
  credentialProcessOutput,
  openRootSession,
  type RootSession,
  sessionEnvironment,
  sessionExports,
} from "#root-access";
import { parseAccountId } from "#iam";
import { accessWith, assumedRoot, rootKeyId, rootSecret, rootToken, startAwsStub } from "./aws-stub.ts";

describe("the environment of a root session", () => {
  let session: RootSession;

  before(async () => {
    const stub = await startAwsStub(assumedRoot);
    const accountId = parseAccountId("333333333333");
    if (accountId === undefined) throw new Error("333333333333 is an account id");
    session = await openRootSession({ ...accessWith("ALICE"), accountId, task: "S3UnlockBucketPolicy" });
    await stub.close();
  });

  const inside = (outside: NodeJS.ProcessEnv): Readonly<Record<string, string>> =>
    sessionEnvironment(outside, session, "eu-west-1");

  it("holds the session's keys, its Region, and no place to find others", () => {
    expect(inside({})).to.deep.equal({
      AWS_ACCESS_KEY_ID: rootKeyId,
      AWS_SECRET_ACCESS_KEY: rootSecret,
      AWS_SESSION_TOKEN: rootToken,
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_STS_REGIONAL_ENDPOINTS: "regional",
    });
  });

  it("keeps what is not AWS's, and of AWS's what says how a client works; drops every other, known today or not", () => {
    const kept = { PATH: "/bin", HTTPS_PROXY: "http://proxy", AWS_CA_BUNDLE: "/ca.pem", AWS_PAGER: "" };
    const dropped = {
      AWS_PROFILE: "x",
      aws_profile: "x",
      AWS_SECURITY_TOKEN: "x",
      AWS_ACCESS_KEY: "x",
      AWS_SECRET_KEY: "x",
      AWS_BEARER_TOKEN_BEDROCK: "x",
      AWS_SOMETHING_OF_NEXT_YEAR: "x",
    };
    const { PATH, HTTPS_PROXY, AWS_CA_BUNDLE, AWS_PAGER, ...rest } = inside({ ...kept, ...dropped });
    expect({ PATH, HTTPS_PROXY, AWS_CA_BUNDLE, AWS_PAGER }).to.deep.equal(kept);
    expect(rest).to.deep.equal(inside({}));
  });

  it("keeps an endpoint that is on this machine, and no other", () => {
    const here = { AWS_ENDPOINT_URL: "http://127.0.0.1:4566", AWS_ENDPOINT_URL_S3: "http://localhost:1" };
    const elsewhere = {
      AWS_ENDPOINT_URL_STS: "https://sts.amazonaws.com",
      AWS_ENDPOINT_URL_SQS: "http://127.0.0.1.example.com",
      AWS_ENDPOINT_URL_IAM: "not a URL",
    };
    expect(inside({ ...here, ...elsewhere })).to.deep.equal({ ...inside({}), ...here });
  });

  it("is told to a shell as what is new and what goes, quoted", () => {
    const outside = { AWS_PROFILE: "x", AWS_REGION: "eu-west-1", PATH: "/it's" };
    const lines = sessionExports(outside, session, "eu-west-1").split("\n");
    expect(lines[0]).to.equal("unset AWS_PROFILE;");
    expect(lines).to.include(`export AWS_SESSION_TOKEN='${rootToken}';`);
    expect(lines.join()).not.to.include("AWS_REGION=").and.not.to.include("PATH");
    expect(sessionExports({}, session, "a'b")).to.include(String.raw`export AWS_REGION='a'\''b';`);
  });

  it("is told to a profile in AWS's form", () => {
    expect(JSON.parse(credentialProcessOutput(session))).to.deep.equal({
      Version: 1,
      AccessKeyId: rootKeyId,
      SecretAccessKey: rootSecret,
      SessionToken: rootToken,
      Expiration: "2099-01-01T00:00:00.000Z",
    });
  });
});
