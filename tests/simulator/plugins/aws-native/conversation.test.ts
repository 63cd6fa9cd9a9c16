import { expect } from "chai";
import { nativeProvider } from "../../../../simulator/plugins/aws-native/provider.ts";
import { type PropertyBag, unknownValue } from "../../../../simulator/plugins/protocol/property-bag.ts";
import { PartiallyDone, type Provider } from "../../../../simulator/plugins/protocol/provider.ts";
import { failure, progress, type Recorder, resource, startRecorder } from "./cloud-control-recorder.ts";
import { rejection } from "../rejection.ts";

const type = "aws-native:sso:PermissionSet";
const id = "arn:instance|arn:set";
const inputs: PropertyBag = {
  instanceArn: "arn:instance",
  name: "BreakGlassAssumeRoot",
  inlinePolicy: { Sid: "kept" },
};
const remote = { InstanceArn: "arn:instance", Name: "BreakGlassAssumeRoot", InlinePolicy: { Sid: "kept" } };
const read = resource({ ...remote, PermissionSetArn: "arn:set" });
const state: PropertyBag = { ...inputs, permissionSetArn: "arn:set" };

describe("the aws-native plugin's conversation with Cloud Control", () => {
  const before = { ...process.env };
  let cloudControl: Recorder;
  let provider: Provider;

  beforeEach(async () => {
    cloudControl = await startRecorder();
    process.env["AWS_ENDPOINT_URL"] = cloudControl.endpoint;
    provider = nativeProvider();
    await provider.configure({
      region: "us-east-1",
      accessKey: "AKIAEXAMPLE",
      secretKey: "example",
      skipCredentialsValidation: "true",
      maxRetries: "2",
    });
  });

  afterEach(async () => {
    await cloudControl.close();
    process.env = { ...before };
  });

  const operations = (): string[] => cloudControl.calls.map(({ operation }) => operation);

  it("creates, follows the request to its end, and reads", async () => {
    cloudControl.script = [
      progress("IN_PROGRESS"),
      progress("IN_PROGRESS"),
      progress("SUCCESS", { Identifier: id }),
      read,
    ];
    const created = await provider.create({ type, name: "set", inputs, preview: false });
    expect(created).to.deep.equal({ id, state });
    expect(operations()).to.deep.equal([
      "CreateResource",
      "GetResourceRequestStatus",
      "GetResourceRequestStatus",
      "GetResource",
    ]);
    const [create, status, , get] = cloudControl.calls;
    expect(create?.body["TypeName"]).to.equal("AWS::SSO::PermissionSet");
    expect(JSON.parse(String(create?.body["DesiredState"]))).to.deep.equal(remote);
    expect(create?.body["ClientToken"]).to.be.a("string").that.is.not.empty;
    expect(status?.body).to.deep.equal({ RequestToken: "request-1" });
    expect(get?.body).to.deep.equal({ TypeName: "AWS::SSO::PermissionSet", Identifier: id });
  });

  it("asks for no status when the answer is final", async () => {
    cloudControl.script = [progress("SUCCESS", { Identifier: id }), read];
    await provider.create({ type, name: "set", inputs, preview: false });
    expect(operations()).to.deep.equal(["CreateResource", "GetResource"]);
  });

  it("sends nothing in a preview", async () => {
    const created = await provider.create({ type, name: "set", inputs, preview: true });
    expect(created.state).to.deep.equal({ ...inputs, permissionSetArn: unknownValue });
    const newInputs = { ...inputs, description: "d" };
    const updated = await provider.update({ type, id, oldInputs: inputs, oldState: state, newInputs, preview: true });
    expect(updated).to.deep.equal({ ...newInputs, permissionSetArn: "arn:set" });
    expect(operations()).to.deep.equal([]);
  });

  it("updates with a patch and reads", async () => {
    cloudControl.script = [progress("SUCCESS", { Identifier: id }), read];
    const newInputs = { ...inputs, inlinePolicy: { Sid: "other" } };
    await provider.update({ type, id, oldInputs: inputs, oldState: state, newInputs, preview: false });
    expect(operations()).to.deep.equal(["UpdateResource", "GetResource"]);
    expect(cloudControl.calls[0]?.body["PatchDocument"]).to.equal(
      JSON.stringify([{ op: "replace", path: "/InlinePolicy", value: { Sid: "other" } }]),
    );
  });

  it("starts anew what ends in throttling, as often as retries are allowed", async () => {
    const throttled = progress("FAILED", { ErrorCode: "Throttling", StatusMessage: "slow down" });
    cloudControl.script = [throttled, throttled, progress("SUCCESS", { Identifier: id }), read];
    await provider.create({ type, name: "set", inputs, preview: false });
    cloudControl.script = [throttled, throttled, throttled, throttled];
    const error = await rejection(provider.create({ type, name: "set", inputs, preview: false }));
    expect(error.message).to.equal('operation CREATE failed with "Throttling": slow down');
    expect(operations().filter((operation) => operation === "CreateResource")).to.have.length(6);
  });

  it("does not retry what exists already, nor claims it", async () => {
    cloudControl.script = [
      progress("FAILED", { ErrorCode: "AlreadyExists", StatusMessage: "it exists", Identifier: id }),
    ];
    const error = await rejection(provider.create({ type, name: "set", inputs, preview: false }));
    expect(error).not.to.be.instanceOf(PartiallyDone);
    expect(error.message).to.equal('operation CREATE failed with "AlreadyExists": it exists');
    expect(operations()).to.deep.equal(["CreateResource"]);
  });

  it("hands over what a failed creation leaves behind", async () => {
    cloudControl.script = [
      progress("FAILED", { ErrorCode: "NotStabilized", StatusMessage: "half done", Identifier: id }),
      read,
    ];
    const error = await rejection(provider.create({ type, name: "set", inputs, preview: false }));
    expect(error).to.be.instanceOf(PartiallyDone);
    expect(error).to.deep.include({ id, state });
  });

  it("takes an asynchronous NotFound for deleted, a synchronous one not", async () => {
    cloudControl.script = [progress("IN_PROGRESS"), progress("FAILED", { ErrorCode: "NotFound" })];
    await provider.delete({ type, id, state });
    cloudControl.script = [failure("ResourceNotFoundException", "no such thing")];
    const error = await rejection(provider.delete({ type, id, state }));
    expect(error.message).to.match(/DeleteResource.*ResourceNotFoundException: no such thing/);
  });

  it("reads nothing where there is nothing", async () => {
    cloudControl.script = [failure("ResourceNotFoundException", "no such thing")];
    expect(await provider.read({ type, id, inputs, state })).to.equal(undefined);
  });

  it("turns drift into inputs, and only drift", async () => {
    cloudControl.script = [resource({ ...remote, PermissionSetArn: "arn:set", Description: "by hand" })];
    const drifted = await provider.read({ type, id, inputs, state });
    expect(drifted?.inputs).to.deep.equal({ ...inputs, description: "by hand" });
    cloudControl.script = [read];
    expect((await provider.read({ type, id, inputs, state }))?.inputs).to.deep.equal(inputs);
  });

  it("imports all that can be set", async () => {
    cloudControl.script = [read];
    expect(await provider.read({ type, id, inputs: {}, state: {} })).to.deep.equal({ id, inputs, state });
  });

  it("answers a type's getter, and refuses others by name", async () => {
    cloudControl.script = [read];
    const found = await provider.invoke("aws-native:sso:getPermissionSet", {
      instanceArn: "arn:instance",
      permissionSetArn: "arn:set",
    });
    expect(found).to.deep.equal(state);
    const error = await rejection(provider.invoke("aws-native:s3:getBucket", {}));
    expect(error.message).to.match(/does not model the function aws-native:s3:getBucket and refuses it/);
  });

  it("stops waiting when the engine cancels", async () => {
    cloudControl.script = [progress("IN_PROGRESS")];
    const waiting = rejection(provider.create({ type, name: "set", inputs, preview: false }));
    provider.cancel();
    expect((await waiting).message).to.match(/abort|cancel/i);
  });
});
