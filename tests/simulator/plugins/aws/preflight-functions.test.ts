import { CreatePermissionSetCommand, ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { expect } from "chai";
import { rejection } from "../rejection.ts";
import { administratorKeys, type SandboxedProvider, startSandboxedProvider, textOf } from "./sandboxed-provider.ts";

const getPermissionSet = "aws:ssoadmin/getPermissionSet:getPermissionSet";

describe("functions of the aws plugin for a look before anything is changed", () => {
  let aws: SandboxedProvider;

  before(async () => {
    aws = await startSandboxedProvider("management", "us-east-1");
  });

  after(async () => {
    await aws.close();
  });

  it("list policies, those of a target, and describe one", async () => {
    const filter = "SERVICE_CONTROL_POLICY";
    const all = await aws.provider.invoke("aws:organizations/getPolicies:getPolicies", { filter });
    expect(all).to.deep.include({ id: filter, filter });
    expect(all["ids"]).to.include("p-FullAWSAccess");
    const token = "aws:organizations/getPoliciesForTarget:getPoliciesForTarget";
    const attached = await aws.provider.invoke(token, { filter, targetId: "333333333333" });
    expect(attached).to.deep.equal({
      id: "333333333333",
      filter,
      targetId: "333333333333",
      ids: ["p-FullAWSAccess"],
    });
    const one = await aws.provider.invoke("aws:organizations/getPolicy:getPolicy", { policyId: "p-FullAWSAccess" });
    expect(one).to.include({ id: "p-FullAWSAccess", name: "FullAWSAccess", awsManaged: true, type: filter });
    expect(JSON.parse(textOf(one, "content"))).to.have.property("Statement");
    const missing = await rejection(aws.provider.invoke(token, { filter, targetId: "999999999999" }));
    expect(missing.message).to.match(/for target \(999999999999\).*TargetNotFoundException/);
  });

  it("list the Regions that are enabled, or all of them", async () => {
    const token = "aws:index/getRegions:getRegions";
    const { names: enabled } = await aws.provider.invoke(token, {});
    expect(enabled).to.include.members(["us-east-1", "ap-northeast-2"]).and.not.include("af-south-1");
    expect((await aws.provider.invoke(token, { allRegions: true }))["names"]).to.include("af-south-1");
    const filters = [{ name: "region-name", values: ["eu-west-*"] }];
    expect((await aws.provider.invoke(token, { filters }))["names"]).to.deep.equal([
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
    ]);
  });

  it("find a permission set by name or ARN, and say when there is none", async () => {
    const { accessKey, secretKey } = administratorKeys(aws.organization, "management");
    const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey };
    const client = new SSOAdminClient({ region: "us-east-1", endpoint: aws.organization.endpoint, credentials });
    const { Instances: [{ InstanceArn: instanceArn = "" } = {}] = [] } = await client.send(new ListInstancesCommand());
    const created = await client.send(
      new CreatePermissionSetCommand({ InstanceArn: instanceArn, Name: "Glass", Tags: [{ Key: "kit", Value: "yes" }] }),
    );
    const arn = created.PermissionSet?.PermissionSetArn ?? "";
    const byName = await aws.provider.invoke(getPermissionSet, { instanceArn, name: "Glass" });
    expect(byName).to.deep.include({ id: arn, arn, name: "Glass", sessionDuration: "PT1H", tags: { kit: "yes" } });
    expect(await aws.provider.invoke(getPermissionSet, { instanceArn, arn })).to.deep.equal(byName);
    const none = await rejection(aws.provider.invoke(getPermissionSet, { instanceArn, name: "Hammer" }));
    expect(none.message).to.include("reading SSO Permission Set: not found");
    const both = await rejection(aws.provider.invoke(getPermissionSet, { instanceArn }));
    expect(both.message).to.include("one of `arn,name` must be specified");
  });
});
