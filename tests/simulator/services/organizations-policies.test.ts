import { GetAccountSummaryCommand, IAMClient } from "@aws-sdk/client-iam";
import * as organizations from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { management, orders } = sandboxAccounts;
const Type = "SERVICE_CONTROL_POLICY";
const denySummary = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "iam:GetAccountSummary", Resource: "*" }],
});
const denyUnlock = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Principal: "*", Action: "s3:PutBucketPolicy", Resource: "*" }],
});

describe("organizations: policies", () => {
  let sandbox: SandboxOrganization;
  let client: organizations.OrganizationsClient;
  let root: string;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    client = new organizations.OrganizationsClient(administrator(sandbox, "management"));
    root = sandbox.state.organization.root.id;
  });

  afterEach(() => sandbox.close());

  const create = async (
    Content: string,
    type: organizations.PolicyType = Type,
    Name = "guardrail",
  ): Promise<string> => {
    const request = { Content, Type: type, Name, Description: "" };
    const { Policy } = await client.send(new organizations.CreatePolicyCommand(request));
    return Policy?.PolicySummary?.Id ?? "";
  };
  const attach = (PolicyId: string, TargetId: string) =>
    client.send(new organizations.AttachPolicyCommand({ PolicyId, TargetId }));
  const detach = (PolicyId: string, TargetId: string) =>
    client.send(new organizations.DetachPolicyCommand({ PolicyId, TargetId }));
  const attached = async (TargetId: string, Filter: organizations.PolicyType = Type) => {
    const { Policies } = await client.send(new organizations.ListPoliciesForTargetCommand({ TargetId, Filter }));
    return Policies?.map(({ Id }) => Id);
  };
  const summary = (account: "management" | "orders") =>
    new IAMClient(administrator(sandbox, account)).send(new GetAccountSummaryCommand({}));

  it("section 7: a service control policy binds from its attachment to its detachment", async () => {
    const id = await create(denySummary);
    await summary("orders");
    await attach(id, orders);
    expect((await refusalOf(summary("orders"))).message).to.match(/with an explicit deny in a service control policy$/);
    await detach(id, orders);
    await summary("orders");
  });

  it("section 7: it binds from above, and never the management account", async () => {
    await attach(await create(denySummary), root);
    expect((await refusalOf(summary("orders"))).code).to.equal("AccessDenied");
    await summary("management");
  });

  it("section 7: a changed policy binds as it now is", async () => {
    const PolicyId = await create(denySummary);
    await attach(PolicyId, root);
    await refusalOf(summary("orders"));
    const Content = denySummary.replace("GetAccountSummary", "ListUsers");
    await client.send(new organizations.UpdatePolicyCommand({ PolicyId, Content }));
    await summary("orders");
    const { Policy } = await client.send(new organizations.DescribePolicyCommand({ PolicyId }));
    expect(Policy?.Content).to.equal(Content);
  });

  it("section 7: resource control policies have to be enabled before they can be attached", async () => {
    const id = await create(denyUnlock, "RESOURCE_CONTROL_POLICY");
    expect(await refusalOf(attach(id, root))).to.include({
      code: "PolicyTypeNotEnabledException",
      status: 400,
      message: "This operation can be performed only for enabled policy types.",
    });
    const enable = () =>
      client.send(new organizations.EnablePolicyTypeCommand({ RootId: root, PolicyType: "RESOURCE_CONTROL_POLICY" }));
    const { Root } = await enable();
    expect(Root?.PolicyTypes?.map((type) => type.Type)).to.have.members([Type, "RESOURCE_CONTROL_POLICY"]);
    expect(await refusalOf(enable())).to.include({ code: "PolicyTypeAlreadyEnabledException" });
    expect(await attached(orders, "RESOURCE_CONTROL_POLICY")).to.deep.equal(["p-RCPFullAWSAccess"]);
    await attach(id, root);
    expect(await refusalOf(detach("p-RCPFullAWSAccess", root))).to.include({
      code: "InvalidInputException",
      reason: "NON_DETACHABLE_POLICY",
    });
  });

  it("loses every attachment of a type that is disabled, and gets only full access back", async () => {
    const id = await create(denySummary);
    await attach(id, orders);
    const request = { RootId: root, PolicyType: Type } as const;
    await client.send(new organizations.DisablePolicyTypeCommand(request));
    await summary("orders");
    await client.send(new organizations.EnablePolicyTypeCommand(request));
    expect(await attached(orders)).to.deep.equal(["p-FullAWSAccess"]);
    await summary("orders");
  });

  it("knows what is attached where", async () => {
    const id = await create(denySummary);
    await attach(id, orders);
    await attach(id, root);
    expect(await attached(orders)).to.deep.equal(["p-FullAWSAccess", id]);
    const { Targets } = await client.send(new organizations.ListTargetsForPolicyCommand({ PolicyId: id }));
    expect(Targets?.map(({ Name, Type: type }) => `${Name ?? ""} ${type ?? ""}`)).to.have.members([
      "Root ROOT",
      "Orders ACCOUNT",
    ]);
    expect(await refusalOf(attach(id, orders))).to.include({ code: "DuplicatePolicyAttachmentException" });
    expect(await refusalOf(detach(id, management))).to.include({ code: "PolicyNotAttachedException" });
    expect(await refusalOf(attach(id, "999999999999"))).to.include({ code: "TargetNotFoundException" });
  });

  it("keeps at least one service control policy on everything", async () => {
    expect(await refusalOf(detach("p-FullAWSAccess", orders))).to.include({
      code: "ConstraintViolationException",
      reason: "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
    });
  });

  it("attaches ten to a target and no more", async () => {
    const ids = await Promise.all(
      Array.from({ length: 10 }, (_, index) => create(denySummary, Type, `guardrail ${index}`)),
    );
    for (const id of ids.slice(1)) await attach(id, orders);
    expect(await refusalOf(attach(ids[0] ?? "", orders))).to.include({
      code: "ConstraintViolationException",
      reason: "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
    });
  });

  it("deletes only what is attached nowhere and is one's own", async () => {
    const PolicyId = await create(denySummary);
    await attach(PolicyId, orders);
    const remove = (id: string) => client.send(new organizations.DeletePolicyCommand({ PolicyId: id }));
    expect(await refusalOf(remove(PolicyId))).to.include({ code: "PolicyInUseException" });
    await detach(PolicyId, orders);
    await remove(PolicyId);
    expect(await refusalOf(remove(PolicyId))).to.include({ code: "PolicyNotFoundException" });
    expect(await refusalOf(remove("p-FullAWSAccess"))).to.include({ reason: "IMMUTABLE_POLICY" });
  });

  const malformed: readonly [string, string, organizations.PolicyType][] = [
    ["text that is no policy", "nonsense", Type],
    ["a service control policy that names a principal", denyUnlock, Type],
    ["a resource control policy that names nobody", denySummary, "RESOURCE_CONTROL_POLICY"],
    ["a resource control policy that allows", denyUnlock.replace("Deny", "Allow"), "RESOURCE_CONTROL_POLICY"],
  ];
  for (const [name, content, type] of malformed) {
    it(`refuses ${name}`, async () => {
      expect(await refusalOf(create(content, type))).to.include({
        code: "MalformedPolicyDocumentException",
        status: 400,
        message: "The provided policy document does not meet the requirements of the specified policy type.",
      });
    });
  }

  it("refuses a name twice, a text too long and a type that is not modelled", async () => {
    await create(denySummary);
    expect(await refusalOf(create(denySummary))).to.include({ code: "DuplicatePolicyException" });
    const long = denySummary.replace("*", "a".repeat(10_240));
    expect(await refusalOf(create(long, Type, "long"))).to.include({ reason: "POLICY_CONTENT_LIMIT_EXCEEDED" });
    expect(await refusalOf(create("{}", "TAG_POLICY", "tags"))).to.include({ code: "NotImplemented", status: 501 });
  });

  it("tags accounts, units and policies", async () => {
    const tags = async () =>
      (await client.send(new organizations.ListTagsForResourceCommand({ ResourceId: orders }))).Tags;
    await client.send(
      new organizations.TagResourceCommand({ ResourceId: orders, Tags: [{ Key: "owner", Value: "shop" }] }),
    );
    expect(await tags()).to.deep.equal([{ Key: "owner", Value: "shop" }]);
    await client.send(new organizations.UntagResourceCommand({ ResourceId: orders, TagKeys: ["owner"] }));
    expect(await tags()).to.deep.equal([]);
  });
});
