import { CreatePermissionSetCommand, ListInstancesCommand, SSOAdminClient } from "@aws-sdk/client-sso-admin";
import { expect } from "chai";
import { z } from "zod";
import type { PropertyBag } from "../../../../simulator/plugins/protocol/property-bag.ts";
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
    const tags = "aws:organizations/getResourceTags:getResourceTags";
    const tagged = await aws.create("aws:organizations/policy:Policy", {
      name: "Tagged",
      content: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ec2:*","Resource":"*"}]}',
      tags: { owner: "platform" },
    });
    expect(await aws.provider.invoke(tags, { resourceId: tagged.id })).to.deep.equal({
      id: tagged.id,
      resourceId: tagged.id,
      tags: { owner: "platform" },
    });
    const missing = await rejection(aws.provider.invoke(token, { filter, targetId: "999999999999" }));
    expect(missing.message).to.match(/for target \(999999999999\).*TargetNotFoundException/);
  });

  it("list every user and every group of the identity store, page by page, without what AWS leaves out", async () => {
    const { identityCenter } = aws.organization.state;
    const { identityStoreId } = identityCenter;
    const [alice] = identityCenter.users.values();
    if (!alice) throw new Error("the sandbox has no user");
    for (let index = 0; index < 120; index++) {
      const id = `9067000002-00000${String(index).padStart(3, "0")}-4000-4000-8000-000000000000`;
      identityCenter.users.set(id, { ...alice, id, userName: `user-${index}` });
      identityCenter.groups.set(id, { id, displayName: `group-${index}`, description: "", memberIds: new Set() });
    }
    const listed = async (kind: "Users" | "Groups"): Promise<PropertyBag> =>
      aws.provider.invoke(`aws:identitystore/get${kind}:get${kind}`, { identityStoreId });
    const calls = await aws.callsDuring(async () => {
      const { users, ...rest } = await listed("Users");
      expect(rest).to.deep.equal({ identityStoreId, region: "us-east-1" });
      expect(users).to.be.an("array").with.length(identityCenter.users.size);
      expect(users).to.deep.include({
        identityStoreId,
        userId: alice.id,
        userName: alice.userName,
        displayName: alice.displayName,
        userStatus: "ENABLED",
        names: [
          {
            familyName: alice.familyName,
            formatted: alice.displayName,
            givenName: alice.givenName,
            honorificPrefix: "",
            honorificSuffix: "",
            middleName: "",
          },
        ],
        emails: [{ primary: true, type: "work", value: alice.email }],
        ...{ addresses: [], phoneNumbers: [], externalIds: [] },
        ...{ nickname: null, profileUrl: null, title: null, userType: null },
        ...{ locale: null, preferredLanguage: null, timezone: null },
      });
      const { groups } = await listed("Groups");
      expect(groups).to.be.an("array").with.length(identityCenter.groups.size);
    });
    expect(calls).to.deep.equal(["ListUsers", "ListUsers", "ListGroups", "ListGroups"]);
    const missing = await rejection(
      aws.provider.invoke("aws:identitystore/getGroups:getGroups", { identityStoreId: "d-0000000000" }),
    );
    expect(missing.message).to.match(/listing IdentityStore Groups: operation error .*: ListGroups/);
  });

  it("list the organizational units below a parent, and say when there is no such parent", async () => {
    const token = "aws:organizations/getOrganizationalUnits:getOrganizationalUnits";
    const { children } = await aws.provider.invoke(token, { parentId: "r-sbox" });
    const units = z.array(z.object({ arn: z.string(), id: z.string(), name: z.string() })).parse(children);
    expect(units.map(({ name }) => name)).to.deep.equal(["Security", "Workloads", "Restricted"]);
    const [security] = units;
    expect(await aws.provider.invoke(token, { parentId: security?.id ?? "" })).to.have.deep.property("children", []);
    const missing = await rejection(aws.provider.invoke(token, { parentId: "ou-sbox-00000000" }));
    expect(missing.message).to.match(/for parent \(ou-sbox-00000000\).*ParentNotFoundException/);
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

  it("list the accounts right below a parent", async () => {
    const token = "aws:organizations/getOrganizationalUnitChildAccounts:getOrganizationalUnitChildAccounts";
    const { roots } = await aws.provider.invoke("aws:organizations/getOrganization:getOrganization", {});
    const [{ id: parentId }] = z.tuple([z.object({ id: z.string() })]).parse(roots);
    const { accounts } = await aws.provider.invoke(token, { parentId });
    expect(accounts).to.be.an("array").and.have.length(1);
    expect(JSON.stringify(accounts)).to.include('"id":"111111111111"').and.include('"state":"ACTIVE"');
    const missing = await rejection(aws.provider.invoke(token, { parentId: "ou-none-00000000" }));
    expect(missing.message).to.match(/for parent \(ou-none-00000000\).*ParentNotFoundException/);
  });

  it("read a resource through Cloud Control, and say when there is none", async () => {
    const token = "aws:cloudcontrol/getResource:getResource";
    const typeName = "AWS::CloudTrail::Trail";
    const identifier = "organization-trail";
    const found = await aws.provider.invoke(token, { typeName, identifier });
    expect(found).to.include({ id: identifier, identifier, typeName, region: "us-east-1" });
    expect(JSON.parse(textOf(found, "properties"))).to.deep.include({
      TrailName: identifier,
      IsLogging: true,
      IsMultiRegionTrail: true,
      EventSelectors: [
        { ReadWriteType: "All", IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
      ],
    });
    const none = await rejection(aws.provider.invoke(token, { typeName, identifier: "no-such-trail" }));
    expect(none.message).to.include(
      "reading Cloud Control API (AWS::CloudTrail::Trail) Resource (no-such-trail): couldn't find resource",
    );
    const wrong = await rejection(aws.provider.invoke(token, { typeName: "Trail", identifier }));
    expect(wrong.message).to.include("three alphanumeric sections");
  });

  it("find a key by its alias or by its tags, in the Region that is asked for", async () => {
    const region = "eu-west-1";
    const made = await aws.create("aws:kms/key:Key", { tags: { for: "glass" }, region });
    const { arn } = made.state;
    const byAlias = "aws:kms/getAlias:getAlias";
    const none = await rejection(aws.provider.invoke(byAlias, { name: "alias/glass", region }));
    expect(none.message).to.include("reading KMS Alias (alias/glass): couldn't find resource");
    await aws.create("aws:kms/alias:Alias", { name: "alias/glass", targetKeyId: made.id, region });
    expect(await aws.provider.invoke(byAlias, { name: "alias/glass", region })).to.deep.equal({
      id: `arn:aws:kms:${region}:111111111111:alias/glass`,
      arn: `arn:aws:kms:${region}:111111111111:alias/glass`,
      name: "alias/glass",
      region,
      targetKeyArn: arn,
      targetKeyId: made.id,
    });
    const byTags = "aws:resourcegroupstaggingapi/getResources:getResources";
    const asked = { resourceTypeFilters: ["kms:key"], tagFilters: [{ key: "for", values: ["glass"] }] };
    expect(await aws.provider.invoke(byTags, { ...asked, region })).to.deep.include({
      region,
      resourceTagMappingLists: [{ complianceDetails: [], resourceArn: arn, tags: { for: "glass" } }],
    });
    expect(await aws.provider.invoke(byTags, asked)).to.deep.include({ resourceTagMappingLists: [] });
  });
});
