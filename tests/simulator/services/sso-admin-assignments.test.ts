import { GetRolePolicyCommand, IAMClient, ListRolesCommand, type Role } from "@aws-sdk/client-iam";
import { OrganizationsClient, RegisterDelegatedAdministratorCommand } from "@aws-sdk/client-organizations";
import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import {
  assign,
  assignmentInput,
  type AssignmentInput,
  createPermissionSet,
  homeRegion,
  instanceArn,
  principal,
  propagationMilliseconds,
  ssoAdmin,
} from "../identity-center.ts";
import { refusalOf } from "../refusal.ts";

const InstanceArn = instanceArn;
const { audit, management, closed } = sandboxAccounts;

describe("sso-admin: assignments", () => {
  let sandbox: SandboxOrganization;
  let sso: SSOAdminClient;
  let PermissionSetArn: string;
  let toAdmins: AssignmentInput;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    sso = ssoAdmin(sandbox);
    PermissionSetArn = await createPermissionSet(sso, "BreakGlassAssumeRoot");
    toAdmins = assignmentInput(sandbox, PermissionSetArn, audit, "break-glass-admins");
  });

  afterEach(() => sandbox.close());

  const listed = async (AccountId: string): Promise<readonly (string | undefined)[]> => {
    const input = { InstanceArn, PermissionSetArn, AccountId };
    const { AccountAssignments } = await sso.send(new ListAccountAssignmentsCommand(input));
    return (AccountAssignments ?? []).map(({ PrincipalId }) => PrincipalId);
  };

  const reservedRoles = async (): Promise<readonly Role[]> => {
    const iam = new IAMClient(administrator(sandbox, "audit"));
    return (await iam.send(new ListRolesCommand({ PathPrefix: "/aws-reserved/sso.amazonaws.com/" }))).Roles ?? [];
  };

  it("section 4: an assignment is in progress first and makes the role when it succeeds", async () => {
    const { AccountAssignmentCreationStatus: begun } = await sso.send(new CreateAccountAssignmentCommand(toAdmins));
    expect(begun).to.include({ Status: "IN_PROGRESS", TargetId: audit, PrincipalId: toAdmins.PrincipalId });
    expect(await listed(audit)).to.deep.equal([]);
    expect(await reservedRoles()).to.deep.equal([]);

    sandbox.clock.advance(propagationMilliseconds);
    const { AccountAssignmentCreationStatus: ended } = await sso.send(
      new DescribeAccountAssignmentCreationStatusCommand({
        InstanceArn,
        AccountAssignmentCreationRequestId: begun?.RequestId,
      }),
    );
    expect(ended?.Status).to.equal("SUCCEEDED");
    expect(await listed(audit)).to.deep.equal([toAdmins.PrincipalId]);
    const [role, ...others] = await reservedRoles();
    expect(others).to.deep.equal([]);
    expect(role?.RoleName).to.match(/^AWSReservedSSO_BreakGlassAssumeRoot_[0-9a-f]{16}$/);
    expect(role?.Arn).to.equal(`arn:aws:iam::${audit}:role/aws-reserved/sso.amazonaws.com/${role?.RoleName ?? ""}`);
  });

  it("section 4: an earlier write that has not propagated is a conflict, elsewhere it is none", async () => {
    await sso.send(new CreateAccountAssignmentCommand(toAdmins));
    const another = assignmentInput(sandbox, PermissionSetArn, audit, "auditors");
    expect(await refusalOf(sso.send(new CreateAccountAssignmentCommand(another)))).to.include({
      code: "ConflictException",
      message: "There is a conflicting operation in process.",
    });
    const elsewhere = assignmentInput(sandbox, PermissionSetArn, management, "auditors");
    await sso.send(new CreateAccountAssignmentCommand(elsewhere));
    sandbox.clock.advance(propagationMilliseconds);
    await sso.send(new CreateAccountAssignmentCommand(another));
  });

  it("section 4: duplicates are not rejected and leave one assignment", async () => {
    expect(await assign(sandbox, sso, toAdmins)).to.include({ Status: "SUCCEEDED" });
    expect(await assign(sandbox, sso, toAdmins)).to.include({ Status: "SUCCEEDED" });
    expect(await listed(audit)).to.have.lengthOf(1);
  });

  it("section 4: a principal that is not there makes the write fail, with the reason", async () => {
    const PrincipalId = "9067000001-00000000-4000-4000-8000-000000000000";
    const { Status, FailureReason } = await assign(sandbox, sso, { ...toAdmins, PrincipalId });
    expect(Status).to.equal("FAILED");
    expect(FailureReason).to.equal(
      `Received a 404 status error: the GROUP assignee ${PrincipalId} was not found in directory d-9067000001`,
    );
    expect(await listed(audit)).to.deep.equal([]);
  });

  it("a suspended account takes no assignment", async () => {
    const { Status, FailureReason } = await assign(sandbox, sso, { ...toAdmins, TargetId: closed });
    expect(Status).to.equal("FAILED");
    expect(FailureReason).to.contain(closed);
  });

  it("section 4: with the last assignment goes the role, and assigned again it has another name", async () => {
    const toBob = assignmentInput(sandbox, PermissionSetArn, audit, "bob");
    await assign(sandbox, sso, toAdmins);
    await assign(sandbox, sso, toBob);
    const [before] = await reservedRoles();
    await unassign(sandbox, sso, toAdmins);
    expect(await reservedRoles()).to.have.lengthOf(1);
    await unassign(sandbox, sso, toBob);
    expect(await reservedRoles()).to.deep.equal([]);
    await assign(sandbox, sso, toBob);
    const [after] = await reservedRoles();
    expect(after?.RoleName).not.to.equal(before?.RoleName);
  });

  it("what is not assigned cannot be unassigned", async () => {
    const { Status, FailureReason } = await unassign(sandbox, sso, toAdmins);
    expect(Status).to.equal("FAILED");
    expect(FailureReason).to.match(/^Received a 404 status error: EntitlementItem doesn't exist/);
  });

  it("section 4: sessions keep the provisioned policy until the set is provisioned again", async () => {
    const allow = (Action: string): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "A", Effect: "Allow", Action, Resource: "*" }] });
    const put = (InlinePolicy: string): Promise<unknown> =>
      sso.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }));
    const upToDate = async (): Promise<readonly string[] | undefined> => {
      const ProvisioningStatus = "LATEST_PERMISSION_SET_PROVISIONED";
      const input = { InstanceArn, PermissionSetArn, ProvisioningStatus } as const;
      return (await sso.send(new ListAccountsForProvisionedPermissionSetCommand(input))).AccountIds;
    };
    await put(allow("sts:AssumeRoot"));
    await assign(sandbox, sso, toAdmins);
    expect(await upToDate()).to.deep.equal([audit]);

    await put(allow("iam:GetAccountSummary"));
    expect(await rolePolicy(sandbox)).to.equal(allow("sts:AssumeRoot"));
    expect(await upToDate()).to.deep.equal([]);

    const TargetType = "ALL_PROVISIONED_ACCOUNTS";
    await sso.send(new ProvisionPermissionSetCommand({ InstanceArn, PermissionSetArn, TargetType }));
    expect(await rolePolicy(sandbox)).to.equal(allow("sts:AssumeRoot"));
    expect(await refusalOf(put(allow("s3:*")))).to.include({ code: "ConflictException" });
    sandbox.clock.advance(propagationMilliseconds);
    expect(await rolePolicy(sandbox)).to.equal(allow("iam:GetAccountSummary"));
    expect(await upToDate()).to.deep.equal([audit]);
  });

  it("section 4: a policy that goes while an assignment is being removed loses the race with a 404", async () => {
    await assign(sandbox, sso, toAdmins);
    await sso.send(new DeleteAccountAssignmentCommand(toAdmins));
    await sso.send(new DeleteInlinePolicyFromPermissionSetCommand({ InstanceArn, PermissionSetArn }));
    const provision = new ProvisionPermissionSetCommand({
      InstanceArn,
      PermissionSetArn,
      TargetType: "ALL_PROVISIONED_ACCOUNTS",
    });
    const { PermissionSetProvisioningStatus: begun } = await sso.send(provision);
    expect(begun?.Status).to.equal("IN_PROGRESS");
    sandbox.clock.advance(propagationMilliseconds);
    const { PermissionSetProvisioningStatus: ended } = await sso.send(
      new DescribePermissionSetProvisioningStatusCommand({
        InstanceArn,
        ProvisionPermissionSetRequestId: begun?.RequestId,
      }),
    );
    expect(ended).to.include({
      Status: "FAILED",
      FailureReason: "Received a 404 status error: Assignment not found",
    });
  });

  it("a permission set that is assigned cannot be deleted", async () => {
    await assign(sandbox, sso, toAdmins);
    const remove = (): Promise<unknown> => sso.send(new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn }));
    expect(await refusalOf(remove())).to.include({
      code: "ConflictException",
      message: "Could not delete because PermissionSet has ApplicationProfile associated with it.",
    });
    await unassign(sandbox, sso, toAdmins);
    await remove();
  });

  it("section 4: what the management account has is managed from there only", async () => {
    const organizations = new OrganizationsClient(administrator(sandbox, "management"));
    const ServicePrincipal = "sso.amazonaws.com";
    await organizations.send(new RegisterDelegatedAdministratorCommand({ AccountId: audit, ServicePrincipal }));
    const delegate = ssoAdmin(sandbox, "audit");
    const toManagement = assignmentInput(sandbox, PermissionSetArn, management, "alice");

    expect(await assign(sandbox, delegate, toAdmins)).to.include({ Status: "SUCCEEDED" });
    const assignToManagement = new CreateAccountAssignmentCommand(toManagement);
    expect(await refusalOf(delegate.send(assignToManagement))).to.include({ code: "AccessDeniedException" });

    expect(await assign(sandbox, sso, toManagement)).to.include({ Status: "SUCCEEDED" });
    const unassignElsewhere = new DeleteAccountAssignmentCommand(toAdmins);
    expect(await refusalOf(delegate.send(unassignElsewhere))).to.include({ code: "AccessDeniedException" });
  });

  it("a user's assignments are those of the user's groups too", async () => {
    await assign(sandbox, sso, toAdmins);
    const of = async (name: string): Promise<number | undefined> => {
      const { id, type } = principal(sandbox, name);
      const input = { InstanceArn, PrincipalId: id, PrincipalType: type };
      return (await sso.send(new ListAccountAssignmentsForPrincipalCommand(input))).AccountAssignments?.length;
    };
    expect([await of("alice"), await of("break-glass-admins"), await of("bob")]).to.deep.equal([1, 1, 0]);
  });
});

/** Unassigns, lets the write take effect, and gives how it ended. */
async function unassign(
  sandbox: SandboxOrganization,
  sso: SSOAdminClient,
  input: AssignmentInput,
): Promise<{ Status?: string | undefined; FailureReason?: string | undefined }> {
  const { AccountAssignmentDeletionStatus: begun } = await sso.send(new DeleteAccountAssignmentCommand(input));
  sandbox.clock.advance(propagationMilliseconds);
  const { AccountAssignmentDeletionStatus: ended } = await sso.send(
    new DescribeAccountAssignmentDeletionStatusCommand({
      InstanceArn,
      AccountAssignmentDeletionRequestId: begun?.RequestId,
    }),
  );
  return ended ?? {};
}

async function rolePolicy(sandbox: SandboxOrganization): Promise<string> {
  const iam = new IAMClient(administrator(sandbox, "audit", homeRegion));
  const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: "/aws-reserved/" }));
  const input = { RoleName: Roles?.[0]?.RoleName, PolicyName: "AwsSSOInlinePolicy" };
  const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand(input));
  return decodeURIComponent(PolicyDocument);
}
