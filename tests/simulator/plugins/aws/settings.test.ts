import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { awsProvider } from "../../../../simulator/plugins/aws/provider.ts";
import { parseAwsSettings } from "../../../../simulator/plugins/aws/settings.ts";
import { parseNativeSettings } from "../../../../simulator/plugins/aws-native/settings.ts";
import { unknownValue } from "../../../../simulator/plugins/protocol/property-bag.ts";
import { administratorKeys, type SandboxedProvider, startSandboxedProvider } from "./sandboxed-provider.ts";

describe("provider settings", () => {
  it("come as text, and as JSON text where they are no text", () => {
    const parsed = parseAwsSettings({
      region: "us-east-1",
      maxRetries: "3",
      skipCredentialsValidation: "true",
      assumeRoles: '[{"roleArn":"arn:aws:iam::333333333333:role/deployer"}]',
      endpoints: '[{"s3":"http://127.0.0.1:1"},{"sqs":"http://127.0.0.1:2"}]',
    });
    expect(parsed)
      .to.have.property("session")
      .that.deep.includes({
        region: "us-east-1",
        maximumRetries: 3,
        skipCredentialsValidation: true,
        assumeRoles: [{ roleArn: "arn:aws:iam::333333333333:role/deployer" }],
        endpoints: { s3: "http://127.0.0.1:1", sqs: "http://127.0.0.1:2" },
      });
  });

  it("that the stand-ins do not model are refused by name, at any depth", () => {
    const refusal = (setting: string): string => `does not model the provider setting "${setting}" and refuses it`;
    const roles = '[{"roleArn":"r","tags":{}}]';
    const failures = [
      parseAwsSettings({ insecure: "true", assumeRoles: roles }),
      parseNativeSettings({ ignoreTags: "{}" }),
    ]
      .flatMap((parsed) => ("failures" in parsed ? parsed.failures : []))
      .map(({ reason }) => reason);
    expect(failures).to.have.length(3);
    expect(failures.join("\n"))
      .to.include(refusal("insecure"))
      .and.include(refusal("assumeRoles.0.tags"))
      .and.include(`The stand-in for the aws-native plugin ${refusal("ignoreTags")}`);
  });

  it("that make no sense are named", () => {
    const parsed = parseAwsSettings({ maxRetries: "many", region: true });
    const reasons = "failures" in parsed ? parsed.failures.map(({ property }) => property) : [];
    expect(reasons).to.have.members(["maxRetries", "region"]);
  });
});

describe("credentials of a provider", () => {
  let aws: SandboxedProvider;

  before(async () => {
    aws = await startSandboxedProvider("orders");
  });

  after(async () => {
    await aws.close();
  });

  it("are those of the roles it assumes", async () => {
    const { accessKey, secretKey } = administratorKeys(aws.organization, "orders");
    const iam = new IAMClient({
      endpoint: aws.organization.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
    });
    const trust = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:root" }, Action: "sts:AssumeRole" };
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName: "deployer",
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      }),
    );
    const provider = awsProvider();
    const assumeRoles = JSON.stringify([{ roleArn: Role?.Arn, sessionName: "drill" }]);
    await provider.configure({ region: "us-east-1", accessKey, secretKey, assumeRoles });
    expect(await provider.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).to.include({
      arn: "arn:aws:sts::333333333333:assumed-role/deployer/drill",
    });
  });

  const keys = (): { accessKey: string; secretKey: string } => administratorKeys(aws.organization, "orders");

  it("are refused in the official plugin's words when AWS does not know them", async () => {
    const wrong = { region: "us-east-1", accessKey: "AKIAUNKNOWN", secretKey: "example" };
    const [failure] = await awsProvider().checkSettings(wrong);
    expect(failure?.reason)
      .to.match(/^Invalid credentials configured\./)
      .and.not.include("example");
    const skipped = await awsProvider().checkSettings({ ...wrong, skipCredentialsValidation: "true" });
    expect(skipped).to.deep.equal([]);
  });

  it("are refused for an account they may not be used in", async () => {
    const settings = { region: "us-east-1", ...keys() };
    const forbidden = await awsProvider().checkSettings({ ...settings, forbiddenAccountIds: '["333333333333"]' });
    expect(forbidden.map(({ reason }) => reason)).to.deep.equal(["AWS account ID not allowed: 333333333333"]);
    const allowed = await awsProvider().checkSettings({ ...settings, allowedAccountIds: '["333333333333"]' });
    expect(allowed).to.deep.equal([]);
  });

  it("are not judged while a setting is unknown", async () => {
    expect(await awsProvider().checkSettings({ region: unknownValue, insecure: "true" })).to.deep.equal([]);
  });

  it("are validated once in a process", async () => {
    const provider = awsProvider();
    const settings = { region: "us-east-1", ...keys() };
    const calls = await aws.callsDuring(async () => {
      await provider.checkSettings(settings);
      await provider.configure(settings);
    });
    expect(calls).to.deep.equal(["GetCallerIdentity"]);
  });
});
