import { expect } from "chai";
import type { PropertyBag } from "../../../../simulator/plugins/protocol/property-bag.ts";
import type { CreatedResource } from "../../../../simulator/plugins/protocol/provider.ts";
import { rejection } from "../rejection.ts";
import { checked, type SandboxedProvider, startSandboxedProvider } from "./sandboxed-provider.ts";

const role = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const managedArn = "arn:aws:iam::aws:policy/IAMFullAccess";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" }, Action: "sts:AssumeRole" }],
});
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRoot", Resource: "*" }],
});

describe("roles of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("management", "us-east-1");
  });

  afterEach(async () => {
    await aws.close();
  });

  async function update(type: string, created: CreatedResource, inputs: PropertyBag): Promise<PropertyBag> {
    const newInputs = checked(aws.provider, type, inputs);
    const { id, state } = created;
    return aws.provider.update({ type, id, oldInputs: state, oldState: state, newInputs, preview: false });
  }

  it("are created with defaults and tags, and read back the same", async () => {
    const calls = await aws.callsDuring(async () => {
      const created = await aws.create(role, { assumeRolePolicy: JSON.parse(trust) as PropertyBag, tags: { a: "1" } });
      expect(created.state).to.deep.include({
        assumeRolePolicy: trust,
        arn: `arn:aws:iam::111111111111:role/${created.id}`,
        inlinePolicies: [],
        managedPolicyArns: [],
        maxSessionDuration: 3600,
        path: "/",
        tagsAll: { a: "1" },
      });
      expect(created.id).to.match(/^Test-[0-9a-f]{7}$/);
      expect((await aws.read(role, created))?.state).to.deep.equal(created.state);
    });
    expect(calls[0]).to.equal("CreateRole");
    expect(calls.slice(-3)).to.deep.equal(["GetRole", "ListRolePolicies", "ListAttachedRolePolicies"]);
  });

  it("are updated setting by setting, after their tags", async () => {
    const created = await aws.create(role, { name: "r", assumeRolePolicy: trust, tags: { old: "1" } });
    const calls = await aws.callsDuring(async () => {
      const state = await update(role, created, {
        name: "r",
        assumeRolePolicy: trust.replace("sts:AssumeRole", "sts:TagSession"),
        description: "d",
        maxSessionDuration: 7200,
        tags: { new: "2" },
      });
      expect(state).to.deep.include({ description: "d", maxSessionDuration: 7200, tags: { new: "2" } });
    });
    expect(calls.slice(0, 6)).to.deep.equal([
      "UntagRole",
      "TagRole",
      "UpdateAssumeRolePolicy",
      "UpdateRoleDescription",
      "UpdateRole",
      "GetRole",
    ]);
  });

  it("put and attach the policies that the program lists, and change them by their difference", async () => {
    const inline = (name: string): PropertyBag => ({ name, policy });
    const inputs = { name: "r", assumeRolePolicy: trust, inlinePolicies: [inline("one"), inline("two")] };
    const created = await aws.create(role, inputs);
    expect(created.state).to.deep.include({ inlinePolicies: inputs.inlinePolicies, managedPolicyArns: [] });
    const calls = await aws.callsDuring(async () => {
      const state = await update(role, created, {
        ...inputs,
        inlinePolicies: [inline("two"), inline("three")],
        managedPolicyArns: [managedArn],
      });
      expect(state).to.deep.include({
        inlinePolicies: [inline("two"), inline("three")],
        managedPolicyArns: [managedArn],
      });
      await aws.provider.delete({ type: role, id: "r", state });
    });
    expect(calls.filter((name) => !/^(Get|List)/.test(name))).to.deep.equal([
      "DeleteRolePolicy",
      "PutRolePolicy",
      "AttachRolePolicy",
      "DetachRolePolicy",
      "DeleteRolePolicy",
      "DeleteRolePolicy",
      "DeleteRole",
    ]);
  });

  it("are taken away again when an inline policy is refused", async () => {
    const inputs = { name: "r", assumeRolePolicy: trust, inlinePolicies: [{ name: "bad", policy: "{}" }] };
    expect((await rejection(aws.create(role, inputs))).message).to.match(/creating IAM Role \(r\).*PutRolePolicy/);
    expect(await aws.provider.read({ type: role, id: "r", inputs: {}, state: {} })).to.equal(undefined);
  });

  it("fail for a principal that does not exist, in the end", async () => {
    const assumeRolePolicy = trust.replace(":root", ":user/nobody");
    const error = await rejection(aws.create(role, { assumeRolePolicy }));
    expect(error.message).to.match(/creating IAM Role .*MalformedPolicyDocumentException: Invalid principal in policy/);
  }).timeout(15_000);

  it("show after a refresh the inline policies that others put, and are then deleted with them", async () => {
    const created = await aws.create(role, { name: "r", assumeRolePolicy: trust });
    const put = await aws.create(rolePolicy, { role: "r", name: "p", policy });
    expect(put).to.deep.equal({ id: "r:p", state: { role: "r", name: "p", policy } });
    const refreshed = await aws.read(role, created);
    expect(refreshed?.state["inlinePolicies"]).to.deep.equal([{ name: "p", policy }]);
    await aws.provider.delete({ type: role, id: "r", state: refreshed?.state ?? {} });
    expect(await aws.read(role, created)).to.equal(undefined);
    expect(await aws.read(rolePolicy, put)).to.equal(undefined);
    await aws.provider.delete({ type: rolePolicy, ...put });
    await aws.provider.delete({ type: role, ...created });
  });

  it("cannot be deleted while others' policies are in them, when nothing was refreshed", async () => {
    const created = await aws.create(role, { name: "r", assumeRolePolicy: trust });
    await aws.create(rolePolicy, { role: "r", policy });
    const error = await rejection(aws.provider.delete({ type: role, ...created }));
    expect(error.message).to.match(/deleting IAM Role \(r\).*DeleteConflict/);
    await aws.provider.delete({ type: role, id: "r", state: { ...created.state, forceDetachPolicies: true } });
  }).timeout(15_000);

  it("have their inline policies changed in place and imported by role and name", async () => {
    await aws.create(role, { name: "r", assumeRolePolicy: trust });
    const created = await aws.create(rolePolicy, { role: "r", name: "p", policy });
    const narrower = policy.replace('"*"', '"arn:aws:iam::333333333333:root"');
    expect(await update(rolePolicy, created, { role: "r", name: "p", policy: narrower })).to.deep.equal({
      role: "r",
      name: "p",
      policy: narrower,
    });
    const imported = await aws.provider.read({ type: rolePolicy, id: "r:p", inputs: {}, state: {} });
    expect(imported?.inputs).to.deep.equal({ role: "r", name: "p", policy: narrower });
    const badId = await rejection(aws.provider.read({ type: rolePolicy, id: "r", inputs: {}, state: {} }));
    expect(badId.message).to.include("role_policy id must be of the form <role name>:<policy name>");
  });
});
