import {
  AttachManagedPolicyToPermissionSetCommand,
  CreatePermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  ListTagsForResourceCommand,
  PutInlinePolicyToPermissionSetCommand,
  SSOAdminClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePermissionSetCommand,
} from "@aws-sdk/client-sso-admin";
import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { createPermissionSet, identityStoreId, instanceArn, ssoAdmin } from "../identity-center.ts";
import { refusalOf } from "../refusal.ts";

const InstanceArn = instanceArn;

describe("sso-admin: the instance and its permission sets", () => {
  let sandbox: SandboxOrganization;
  let sso: SSOAdminClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    sso = ssoAdmin(sandbox);
  });

  afterEach(() => sandbox.close());

  it("section 4: the instance lives in one Region, where ListInstances finds it from every account", async () => {
    for (const account of ["management", "orders"] as const) {
      const { Instances } = await ssoAdmin(sandbox, account).send(new ListInstancesCommand({}));
      expect(
        Instances?.map((instance) => [instance.InstanceArn, instance.IdentityStoreId, instance.Status]),
      ).to.deep.equal([[InstanceArn, identityStoreId, "ACTIVE"]]);
    }
    const elsewhere = new SSOAdminClient(administrator(sandbox, "management", "ap-northeast-2"));
    expect((await elsewhere.send(new ListInstancesCommand({}))).Instances).to.deep.equal([]);
    expect(await refusalOf(elsewhere.send(new ListPermissionSetsCommand({ InstanceArn })))).to.include({
      code: "AccessDeniedException",
      status: 400,
    });
  });

  it("section 4: it is managed from the account that owns it, not from members", async () => {
    const refusal = await refusalOf(ssoAdmin(sandbox, "orders").send(new ListPermissionSetsCommand({ InstanceArn })));
    expect(refusal.code).to.equal("AccessDeniedException");
    expect(refusal.message).to.match(/is not authorized to perform: sso:ListPermissionSets on resource: arn:aws:sso/);
  });

  it("section 4: a permission set lasts an hour unless it says otherwise, and twelve at most", async () => {
    const PermissionSetArn = await createPermissionSet(sso, "Hourly");
    const { PermissionSet } = await sso.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
    expect(PermissionSet).to.include({ Name: "Hourly", SessionDuration: "PT1H" });
    for (const SessionDuration of ["PT59M", "PT12H1S", "P1D"]) {
      const refusal = await refusalOf(
        sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: "Other", SessionDuration })),
      );
      expect(refusal.code, SessionDuration).to.equal("ValidationException");
    }
    await sso.send(new CreatePermissionSetCommand({ InstanceArn, Name: "Long", SessionDuration: "PT12H" }));
  });

  it("section 4: names have 1 to 32 characters and are taken once", async () => {
    const create = (Name: string): Promise<unknown> => sso.send(new CreatePermissionSetCommand({ InstanceArn, Name }));
    await create("BreakGlassAssumeRoot");
    expect(await refusalOf(create("BreakGlassAssumeRoot"))).to.include({
      code: "ConflictException",
      message: "PermissionSet with name BreakGlassAssumeRoot already exists.",
    });
    expect((await refusalOf(create("a b"))).message).to.equal(
      "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    );
    expect((await refusalOf(create("n".repeat(33)))).message).to.match(/have length less than or equal to 32$/);
  });

  it("section 4: an inline policy has 10,240 bytes at most, white space not counted", async () => {
    const PermissionSetArn = await createPermissionSet(sso, "Large");
    const put = (InlinePolicy: string): Promise<unknown> =>
      sso.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }));
    await put(policyOfBytes(10_240));
    await put(policyOfBytes(10_240).replace("{", `{${" \n".repeat(3000)}`));
    expect(await refusalOf(put(policyOfBytes(10_241)))).to.include({ code: "ServiceQuotaExceededException" });
    expect(await refusalOf(put('{"Version":'))).to.include({ code: "ValidationException" });
  });

  it("an inline policy is read back as it was put, and is empty when there is none", async () => {
    const PermissionSetArn = await createPermissionSet(sso, "Verbatim");
    const key = { InstanceArn, PermissionSetArn };
    const read = async (): Promise<string | undefined> =>
      (await sso.send(new GetInlinePolicyForPermissionSetCommand(key))).InlinePolicy;
    expect(await read()).to.equal("");
    const InlinePolicy = ` ${policyOfBytes(200)}`;
    await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...key, InlinePolicy }));
    expect(await read()).to.equal(InlinePolicy);
    await sso.send(new DeleteInlinePolicyFromPermissionSetCommand(key));
    expect(await read()).to.equal("");
  });

  it("an update keeps the description and forgets the relay state that it does not repeat", async () => {
    const { PermissionSet: created } = await sso.send(
      new CreatePermissionSetCommand({
        InstanceArn,
        Name: "Forgetful",
        Description: "kept",
        RelayState: "https://console.aws.amazon.com/",
        SessionDuration: "PT4H",
      }),
    );
    const key = { InstanceArn, PermissionSetArn: created?.PermissionSetArn };
    await sso.send(new UpdatePermissionSetCommand({ ...key, SessionDuration: "PT2H" }));
    const { PermissionSet: updated } = await sso.send(new DescribePermissionSetCommand(key));
    expect(updated).to.include({ Description: "kept", SessionDuration: "PT2H" });
    expect(updated).not.to.have.property("RelayState");
  });

  it("managed policies are attached once; those that the sandbox does not have are refused by name", async () => {
    const key = { InstanceArn, PermissionSetArn: await createPermissionSet(sso, "Managed") };
    const attach = (name: string): Promise<unknown> =>
      sso.send(
        new AttachManagedPolicyToPermissionSetCommand({ ...key, ManagedPolicyArn: `arn:aws:iam::aws:policy/${name}` }),
      );
    await attach("AdministratorAccess");
    expect(await refusalOf(attach("AdministratorAccess"))).to.include({ code: "ConflictException" });
    expect(await refusalOf(attach("NoSuchPolicy"))).to.include({ code: "NotImplemented", status: 501 });
    const { AttachedManagedPolicies } = await sso.send(new ListManagedPoliciesInPermissionSetCommand(key));
    expect(AttachedManagedPolicies).to.deep.equal([
      { Name: "AdministratorAccess", Arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    ]);
  });

  it("tags are added, replaced and taken away", async () => {
    const ResourceArn = await createPermissionSet(sso, "Tagged");
    const key = { InstanceArn, ResourceArn };
    const tag = (Tags: { Key: string; Value: string }[]): Promise<unknown> =>
      sso.send(new TagResourceCommand({ ...key, Tags }));
    await tag([
      { Key: "team", Value: "platform" },
      { Key: "cost", Value: "1" },
    ]);
    await tag([{ Key: "cost", Value: "2" }]);
    await sso.send(new UntagResourceCommand({ ...key, TagKeys: ["team"] }));
    const { Tags } = await sso.send(new ListTagsForResourceCommand(key));
    expect(Tags).to.deep.equal([{ Key: "cost", Value: "2" }]);
    expect(await refusalOf(tag([{ Key: "aws:x", Value: "" }]))).to.include({ code: "ValidationException" });
  });

  it("lists come in pages; a token that is none of ours is refused", async () => {
    const made = await Promise.all(["A", "B", "C"].map((name) => createPermissionSet(sso, name)));
    const first = await sso.send(new ListPermissionSetsCommand({ InstanceArn, MaxResults: 2 }));
    const { NextToken } = first;
    const second = await sso.send(new ListPermissionSetsCommand({ InstanceArn, MaxResults: 2, NextToken }));
    expect(first.PermissionSets).to.have.lengthOf(2);
    expect([...(first.PermissionSets ?? []), ...(second.PermissionSets ?? [])]).to.have.members(made);
    expect(second).not.to.have.property("NextToken");
    const refusal = await refusalOf(sso.send(new ListPermissionSetsCommand({ InstanceArn, NextToken: "other" })));
    expect(refusal.code).to.equal("ValidationException");
  });

  it("a permission set that is not there is not found", async () => {
    const PermissionSetArn = `${(await createPermissionSet(sso, "There")).slice(0, -16)}0000000000000000`;
    const refusal = await refusalOf(sso.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn })));
    expect(refusal).to.include({
      code: "ResourceNotFoundException",
      status: 400,
      message: "Could not find PermissionSet with id ps-0000000000000000",
    });
  });
});

/** A policy whose text without white space has exactly that many bytes. */
function policyOfBytes(bytes: number): string {
  const policy = (sid: string): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: sid, Effect: "Allow", Action: "sts:AssumeRoot", Resource: "*" }],
    });
  return policy("S".repeat(bytes - policy("").length));
}
