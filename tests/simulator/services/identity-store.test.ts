import {
  DescribeGroupCommand,
  DescribeUserCommand,
  GetGroupIdCommand,
  GetGroupMembershipIdCommand,
  GetUserIdCommand,
  IdentitystoreClient,
  IsMemberInGroupsCommand,
  ListGroupMembershipsCommand,
  ListGroupMembershipsForMemberCommand,
  ListGroupsCommand,
  ListUsersCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-identitystore";
import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { homeRegion, identityStoreId, principal } from "../identity-center.ts";
import { refusalOf } from "../refusal.ts";

const IdentityStoreId = identityStoreId;

describe("identitystore", () => {
  let sandbox: SandboxOrganization;
  let store: IdentitystoreClient;

  before(async () => {
    sandbox = await startSandboxOrganization();
    store = new IdentitystoreClient(administrator(sandbox, "management", homeRegion));
  });

  after(() => sandbox.close());

  const byName = (AttributePath: string, AttributeValue: string) => ({
    IdentityStoreId,
    AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
  });

  it("finds users and groups by name, in either spelling of the attribute", async () => {
    for (const path of ["userName", "UserName"]) {
      const { UserId } = await store.send(new GetUserIdCommand(byName(path, "alice")));
      expect(UserId, path).to.equal(principal(sandbox, "alice").id);
    }
    for (const path of ["displayName", "DisplayName"]) {
      const { GroupId } = await store.send(new GetGroupIdCommand(byName(path, "auditors")));
      expect(GroupId, path).to.equal(principal(sandbox, "auditors").id);
    }
  });

  it("says what kind of entry was not found", async () => {
    const error: unknown = await store
      .send(new GetGroupIdCommand(byName("DisplayName", "nobody")))
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ResourceNotFoundException);
    expect(error).to.include({ message: "GROUP not found.", ResourceType: "GROUP" });
    expect(error)
      .to.have.property("RequestId")
      .that.matches(/^[0-9a-f-]{36}$/);
    const UserId = "9067000001-00000000-4000-4000-8000-000000000000";
    const refusal = await refusalOf(store.send(new DescribeUserCommand({ IdentityStoreId, UserId })));
    expect(refusal).to.include({ code: "ResourceNotFoundException", message: "USER not found.", status: 400 });
  });

  it("refuses attributes that name nobody", async () => {
    expect(await refusalOf(store.send(new GetUserIdCommand(byName("title", "x"))))).to.include({
      code: "ValidationException",
    });
  });

  it("describes users and groups", async () => {
    const user = await store.send(new DescribeUserCommand({ IdentityStoreId, UserId: principal(sandbox, "bob").id }));
    expect(user).to.include({ UserName: "bob", UserStatus: "ENABLED" });
    expect(user.Emails?.[0]?.Value).to.equal("bob@example.com");
    const GroupId = principal(sandbox, "break-glass-admins").id;
    const group = await store.send(new DescribeGroupCommand({ IdentityStoreId, GroupId }));
    expect(group.DisplayName).to.equal("break-glass-admins");
  });

  it("lists in pages and by filter", async () => {
    const first = await store.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 2 }));
    const rest = await store.send(new ListUsersCommand({ IdentityStoreId, NextToken: first.NextToken }));
    const names = [...(first.Users ?? []), ...(rest.Users ?? [])].map(({ UserName }) => UserName);
    expect(names).to.deep.equal(["alice", "bob", "carol"]);
    const filter = { Filters: [{ AttributePath: "DisplayName", AttributeValue: "auditors" }] };
    const { Groups } = await store.send(new ListGroupsCommand({ IdentityStoreId, ...filter }));
    expect(Groups?.map(({ DisplayName }) => DisplayName)).to.deep.equal(["auditors"]);
    expect(await refusalOf(store.send(new ListUsersCommand({ IdentityStoreId, NextToken: "x" })))).to.include({
      code: "ValidationException",
    });
  });

  it("knows who is in which group", async () => {
    const admins = principal(sandbox, "break-glass-admins").id;
    const auditors = principal(sandbox, "auditors").id;
    const alice = { UserId: principal(sandbox, "alice").id };
    const { Results } = await store.send(
      new IsMemberInGroupsCommand({ IdentityStoreId, MemberId: alice, GroupIds: [admins, auditors] }),
    );
    expect(Results?.map(({ MembershipExists }) => MembershipExists)).to.deep.equal([true, false]);
    const ofGroup = await store.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: admins }));
    const ofMember = await store.send(new ListGroupMembershipsForMemberCommand({ IdentityStoreId, MemberId: alice }));
    expect(ofGroup.GroupMemberships).to.deep.equal(ofMember.GroupMemberships);
    const { MembershipId } = await store.send(
      new GetGroupMembershipIdCommand({ IdentityStoreId, GroupId: admins, MemberId: alice }),
    );
    expect(ofGroup.GroupMemberships?.[0]?.MembershipId).to.equal(MembershipId);
  });

  it("is closed to member accounts and other Regions", async () => {
    const member = new IdentitystoreClient(administrator(sandbox, "orders", homeRegion));
    const elsewhere = new IdentitystoreClient(administrator(sandbox, "management", "ap-northeast-2"));
    const list = new ListUsersCommand({ IdentityStoreId });
    expect(await refusalOf(member.send(list))).to.include({ code: "AccessDeniedException" });
    expect(await refusalOf(elsewhere.send(list))).to.include({ message: "IDENTITY_STORE not found." });
  });
});
