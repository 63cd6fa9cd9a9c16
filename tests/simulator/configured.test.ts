import { IAMClient, ListOrganizationsFeaturesCommand } from "@aws-sdk/client-iam";
import { ListDelegatedAdministratorsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListPermissionSetsCommand,
} from "@aws-sdk/client-sso-admin";
import { expect } from "chai";
import { breakGlassPolicy } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "./clients.ts";
import { instanceArn, principal, ssoAdmin } from "./identity-center.ts";

describe("an organization that starts configured", () => {
  let sandbox: SandboxOrganization;

  before(async () => {
    sandbox = await startSandboxOrganization({ configured: true });
  });

  after(() => sandbox.close());

  it("section 3: has both features and the Audit account as delegated administrator", async () => {
    const management = administrator(sandbox, "management");
    const { EnabledFeatures } = await new IAMClient(management).send(new ListOrganizationsFeaturesCommand({}));
    expect(EnabledFeatures).to.have.members(["RootCredentialsManagement", "RootSessions"]);
    const { DelegatedAdministrators } = await new OrganizationsClient(management).send(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: "iam.amazonaws.com" }),
    );
    expect(DelegatedAdministrators?.map(({ Id }) => Id)).to.deep.equal([sandboxAccounts.audit]);
  });

  it("section 4: has BreakGlassAssumeRoot assigned to break-glass-admins there", async () => {
    const sso = ssoAdmin(sandbox);
    const InstanceArn = instanceArn;
    const { PermissionSets } = await sso.send(new ListPermissionSetsCommand({ InstanceArn }));
    expect(PermissionSets).to.have.lengthOf(1);
    const PermissionSetArn = PermissionSets?.[0];
    const { PermissionSet } = await sso.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }));
    expect(PermissionSet).to.include({
      Name: "BreakGlassAssumeRoot",
      Description: "Break Glass - sts:AssumeRoot for emergency privileged access",
      SessionDuration: "PT1H",
    });
    const { InlinePolicy } = await sso.send(
      new GetInlinePolicyForPermissionSetCommand({ InstanceArn, PermissionSetArn }),
    );
    expect(JSON.parse(InlinePolicy ?? "")).to.deep.equal(breakGlassPolicy());
    const { AccountAssignments } = await sso.send(
      new ListAccountAssignmentsCommand({ InstanceArn, PermissionSetArn, AccountId: sandboxAccounts.audit }),
    );
    expect(AccountAssignments?.map(({ PrincipalId }) => PrincipalId)).to.deep.equal([
      principal(sandbox, "break-glass-admins").id,
    ]);
  });
});
