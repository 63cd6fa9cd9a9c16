import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import {
  type BreakGlassAssignment,
  BreakGlassAssignments,
  BreakGlassPermissionSet,
  CentralRootAccess,
} from "#components";
import { breakGlassPolicy } from "#iam";
import { accountIdOf } from "../account-id.ts";
import { recordProgram, settled, valueOf } from "./provider-mocks.ts";
import { admins, alice } from "./sandbox-facts.ts";

const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1";

describe("central root access", () => {
  it("trusts IAM, enables both features, then registers the delegate, each after the one before", async () => {
    const recording = await recordProgram();
    const component = new CentralRootAccess("root", { delegatedAdministrator: accountIdOf("222222222222") });
    await settled();
    expect(recording.resources).to.deep.equal([
      {
        type: "aws:organizations/awsServiceAccess:AwsServiceAccess",
        name: "root-trusted-access",
        inputs: { servicePrincipal: "iam.amazonaws.com" },
      },
      {
        type: "aws:iam/organizationsFeatures:OrganizationsFeatures",
        name: "root-features",
        inputs: { enabledFeatures: ["RootCredentialsManagement", "RootSessions"] },
      },
      {
        type: "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
        name: "root-delegated-administrator",
        inputs: { accountId: "222222222222", servicePrincipal: "iam.amazonaws.com" },
      },
    ]);
    expect(recording.timeline).to.deep.equal([
      "start root-trusted-access",
      "end root-trusted-access",
      "start root-features",
      "end root-features",
      "start root-delegated-administrator",
      "end root-delegated-administrator",
    ]);
    expect(await valueOf(component.enabledFeatures)).to.deep.equal(["RootCredentialsManagement", "RootSessions"]);
  });

  const adoptions = [
    { registered: true, importId: "222222222222/iam.amazonaws.com" },
    { registered: false, importId: undefined },
  ];
  for (const { registered, importId } of adoptions) {
    it(`${registered ? "takes over" : "registers"} a delegate that AWS ${registered ? "has already" : "does not have"}`, async () => {
      const recording = await recordProgram();
      new CentralRootAccess("root", {
        delegatedAdministrator: accountIdOf("222222222222"),
        delegateIsRegistered: registered,
      });
      await settled();
      expect(recording.resources.at(-1)).to.have.property("name", "root-delegated-administrator");
      expect(recording.imports.get("root-delegated-administrator")).to.equal(importId);
    });
  }

  const own = ["root-trusted-access", "root-features", "root-delegated-administrator"];
  const removals = [
    { removeOnDestroy: false, kept: own },
    { removeOnDestroy: "delegate", kept: own.slice(0, 2) },
    { removeOnDestroy: true, kept: [] },
  ] as const;
  for (const { removeOnDestroy, kept } of removals) {
    it(`keeps ${kept.length} of 3 on destroy with removeOnDestroy: ${removeOnDestroy}`, async () => {
      const recording = await recordProgram();
      new CentralRootAccess("root", { delegatedAdministrator: accountIdOf("222222222222"), removeOnDestroy });
      await settled();
      expect([...recording.kept]).to.have.members(kept);
    });
  }

  it("registers no delegate unless one is named", async () => {
    const recording = await recordProgram();
    const component = new CentralRootAccess("root");
    await settled();
    expect(recording.resources.map(({ name }) => name)).to.deep.equal(["root-trusted-access", "root-features"]);
    expect(component.nodes.delegatedAdministrator).to.equal(undefined);
  });
});

describe("break-glass permission set", () => {
  it("is the permission set of the guides", async () => {
    const recording = await recordProgram();
    const component = new BreakGlassPermissionSet("glass", { instanceArn });
    await settled();
    expect(recording.resources).to.deep.equal([
      {
        type: "aws-native:sso:PermissionSet",
        name: "glass-permission-set",
        inputs: {
          instanceArn,
          name: "BreakGlassAssumeRoot",
          description: "Break Glass - sts:AssumeRoot for emergency privileged access",
          sessionDuration: "PT1H",
          inlinePolicy: breakGlassPolicy(),
          managedPolicies: [],
          customerManagedPolicyReferences: [],
          tags: [],
        },
      },
    ]);
    expect(await valueOf(component.name)).to.equal("BreakGlassAssumeRoot");
  });

  it("comes after everything that it is told to depend on, also through the component", async () => {
    const recording = await recordProgram();
    const rootAccess = new CentralRootAccess("root");
    new BreakGlassPermissionSet("glass", { instanceArn }, { dependsOn: rootAccess });
    await settled();
    expect(recording.timeline.slice(-3)).to.deep.equal([
      "end root-features",
      "start glass-permission-set",
      "end glass-permission-set",
    ]);
  });
});

describe("break-glass assignments", () => {
  const assignments: readonly BreakGlassAssignment[] = [
    { accountId: accountIdOf("222222222222"), principal: admins },
    { accountId: accountIdOf("111111111111"), principal: alice },
  ];

  it("gives the permission set to each principal in its account", async () => {
    const recording = await recordProgram();
    new BreakGlassAssignments("glass", { instanceArn, permissionSetArn, assignments });
    await settled();
    expect(recording.resources).to.deep.equal([
      {
        type: "aws-native:sso:Assignment",
        name: "glass-group-g-1-in-222222222222",
        inputs: {
          instanceArn,
          permissionSetArn,
          targetType: "AWS_ACCOUNT",
          targetId: "222222222222",
          principalType: "GROUP",
          principalId: "g-1",
        },
      },
      {
        type: "aws-native:sso:Assignment",
        name: "glass-user-u-1-in-111111111111",
        inputs: {
          instanceArn,
          permissionSetArn,
          targetType: "AWS_ACCOUNT",
          targetId: "111111111111",
          principalType: "USER",
          principalId: "u-1",
        },
      },
    ]);
  });

  it("keeps an assignment when the group is renamed, or configured by id instead of by name", async () => {
    const recording = await recordProgram();
    const renamed = { ...admins, reference: "g-1", name: "renamed" };
    new BreakGlassAssignments("glass", {
      instanceArn,
      permissionSetArn,
      assignments: [{ accountId: accountIdOf("222222222222"), principal: renamed }],
    });
    await settled();
    expect(recording.resources.map(({ name }) => name)).to.deep.equal(["glass-group-g-1-in-222222222222"]);
  });

  it("can be previewed while the permission set does not exist yet", async () => {
    const recording = await recordProgram({ preview: true });
    const permissionSet = new BreakGlassPermissionSet("glass", { instanceArn });
    new BreakGlassAssignments("glass", { instanceArn, permissionSetArn: permissionSet.arn, assignments });
    await settled();
    expect(recording.resources.map(({ name }) => name)).to.deep.equal([
      "glass-permission-set",
      "glass-group-g-1-in-222222222222",
      "glass-user-u-1-in-111111111111",
    ]);
    expect(recording.resources[1]).to.have.nested.property("inputs.permissionSetArn.__pulumiUnknown", true);
    expect(recording.resources[1]).to.have.nested.property("inputs.principalId", "g-1");
  });

  it("tells a group that the program makes by its position, and the others still by their ids", async () => {
    const recording = await recordProgram();
    const ofTheProgram = {
      accountId: accountIdOf("222222222222"),
      principal: { type: "GROUP", id: output("g-2") },
    } as const;
    const all = [...assignments, ofTheProgram];
    new BreakGlassAssignments("glass", { instanceArn, permissionSetArn, assignments: all });
    await settled();
    expect(recording.resources.map(({ name }) => name)).to.deep.equal([
      "glass-group-g-1-in-222222222222",
      "glass-user-u-1-in-111111111111",
      "glass-group-3-in-222222222222",
    ]);
    expect(recording.resources[2]).to.have.nested.property("inputs.principalId", "g-2");
  });

  it("assigns nobody by default", async () => {
    const recording = await recordProgram();
    new BreakGlassAssignments("glass", { instanceArn, permissionSetArn });
    await settled();
    expect(recording.resources).to.deep.equal([]);
  });
});
