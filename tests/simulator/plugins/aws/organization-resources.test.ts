import { expect } from "chai";
import { rejection } from "../rejection.ts";
import { PartiallyDone } from "../../../../simulator/plugins/protocol/provider.ts";
import { checked, type SandboxedProvider, startSandboxedProvider } from "./sandboxed-provider.ts";

const serviceAccess = "aws:organizations/awsServiceAccess:AwsServiceAccess";
const features = "aws:iam/organizationsFeatures:OrganizationsFeatures";
const delegate = "aws:organizations/delegatedAdministrator:DelegatedAdministrator";
const servicePrincipal = "iam.amazonaws.com";
const bothFeatures = { enabledFeatures: ["RootSessions", "RootCredentialsManagement"] };

describe("organization resources of the aws plugin", () => {
  let aws: SandboxedProvider;

  beforeEach(async () => {
    aws = await startSandboxedProvider("management", "us-east-1");
  });

  afterEach(async () => {
    await aws.close();
  });

  it("trusted access is enabled, listed, and gone when somebody disables it", async () => {
    const calls = await aws.callsDuring(async () => {
      const created = await aws.create(serviceAccess, { servicePrincipal });
      expect(created.id).to.equal(servicePrincipal);
      expect(created.state["dateEnabled"]).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(await aws.read(serviceAccess, created)).to.deep.include({ state: created.state });
      await aws.provider.delete({ type: serviceAccess, ...created });
      expect(await aws.read(serviceAccess, created)).to.equal(undefined);
    });
    expect(calls).to.deep.equal([
      "EnableAWSServiceAccess",
      "ListAWSServiceAccessForOrganization",
      "ListAWSServiceAccessForOrganization",
      "DisableAWSServiceAccess",
      "ListAWSServiceAccessForOrganization",
    ]);
  });

  it("features are one call each, in one order, and updated by their difference", async () => {
    await aws.create(serviceAccess, { servicePrincipal });
    const calls = await aws.callsDuring(async () => {
      const created = await aws.create(features, bothFeatures);
      expect(created).to.deep.equal({ id: "o-sandbox0001", state: bothFeatures });
      const newInputs = checked(aws.provider, features, { enabledFeatures: ["RootSessions"] });
      const state = await aws.provider.update({
        type: features,
        id: created.id,
        oldInputs: created.state,
        oldState: created.state,
        newInputs,
        preview: false,
      });
      expect(state).to.deep.equal({ enabledFeatures: ["RootSessions"] });
      await aws.provider.delete({ type: features, id: created.id, state });
      expect(await aws.read(features, { id: created.id, state })).to.equal(undefined);
    });
    expect(calls).to.deep.equal([
      "EnableOrganizationsRootCredentialsManagement",
      "EnableOrganizationsRootSessions",
      "ListOrganizationsFeatures",
      "DisableOrganizationsRootCredentialsManagement",
      "DisableOrganizationsRootSessions",
      "ListOrganizationsFeatures",
    ]);
  });

  it("features fail without trusted access, and nothing is in the state", async () => {
    const error = await rejection(aws.create(features, bothFeatures));
    expect(error).not.to.be.instanceOf(PartiallyDone);
    expect(error.message).to.match(
      /^1 error occurred:\n\t\* creating IAM Organizations Features: operation error IAM: EnableOrganizationsRootCredentialsManagement, .*api error ServiceAccessNotEnabledException: Trusted Access/,
    );
  });

  it("a delegate is registered, described, imported and deregistered once", async () => {
    await aws.create(serviceAccess, { servicePrincipal });
    const inputs = { accountId: "222222222222", servicePrincipal };
    const created = await aws.create(delegate, inputs);
    expect(created.id).to.equal(`222222222222/${servicePrincipal}`);
    expect(created.state).to.include({ name: "Audit", status: "ACTIVE", email: "aws+audit@example.com" });
    const imported = await aws.provider.read({ type: delegate, id: created.id, inputs: {}, state: {} });
    expect(imported).to.deep.equal({ ...created, inputs });
    await aws.provider.delete({ type: delegate, ...created });
    expect(await aws.read(delegate, created)).to.equal(undefined);
    await aws.provider.delete({ type: delegate, ...created });
  });

  it("a preview sends nothing", async () => {
    const calls = await aws.callsDuring(async () => {
      for (const [type, inputs] of [
        [serviceAccess, { servicePrincipal }],
        [features, bothFeatures],
        [delegate, { accountId: "222222222222", servicePrincipal }],
      ] as const) {
        await aws.provider.create({ type, name: "test", inputs: checked(aws.provider, type, inputs), preview: true });
      }
    });
    expect(calls).to.deep.equal([]);
  });
});

describe("functions of the aws plugin", () => {
  let aws: SandboxedProvider;

  before(async () => {
    aws = await startSandboxedProvider("management", "us-east-1");
  });

  after(async () => {
    await aws.close();
  });

  it("describe the organization", async () => {
    const found = await aws.provider.invoke("aws:organizations/getOrganization:getOrganization", {});
    expect(found).to.include({ id: "o-sandbox0001", masterAccountId: "111111111111", masterAccountName: "Management" });
    expect(found["awsServiceAccessPrincipals"]).to.deep.equal(["cloudtrail.amazonaws.com", "sso.amazonaws.com"]);
    expect(found["nonMasterAccounts"]).to.have.length(4);
    const only = await aws.provider.invoke("aws:organizations/getOrganization:getOrganization", {
      returnOrganizationOnly: true,
    });
    expect(only).to.deep.include({ id: "o-sandbox0001", accounts: [], roots: [] });
  });

  it("say who is asking", async () => {
    expect(await aws.provider.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})).to.include({
      accountId: "111111111111",
      id: "111111111111",
    });
  });

  it("are refused by name where the stand-in does not model them or an argument", async () => {
    const unknown = await rejection(aws.provider.invoke("aws:ec2/getAmi:getAmi", {}));
    expect(unknown.message).to.match(/does not model the function aws:ec2\/getAmi:getAmi and refuses it/);
    const argument = await rejection(aws.provider.invoke("aws:ssoadmin/getInstances:getInstances", { colour: "red" }));
    expect(argument.message).to.match(
      /does not model the argument "colour" of aws:ssoadmin\/getInstances:getInstances/,
    );
  });

  it("list a member account's organization without its accounts", async () => {
    const member = await startSandboxedProvider("orders");
    try {
      const found = await member.provider.invoke("aws:organizations/getOrganization:getOrganization", {});
      expect(found).to.deep.include({ id: "o-sandbox0001", accounts: [] });
    } finally {
      await member.close();
    }
  });
});
