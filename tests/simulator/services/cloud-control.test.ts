import {
  CloudControlClient,
  CreateResourceCommand,
  DeleteResourceCommand,
  GetResourceCommand,
  GetResourceRequestStatusCommand,
  ListResourceRequestsCommand,
  ListResourcesCommand,
  type ProgressEvent,
  UpdateResourceCommand,
} from "@aws-sdk/client-cloudcontrol";
import { IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { breakGlassPolicy } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { assignmentInput, homeRegion, instanceArn, propagationMilliseconds } from "../identity-center.ts";
import { refusalOf } from "../refusal.ts";
import { json, send, signed } from "../wire-client.ts";

const permissionSet = "AWS::SSO::PermissionSet";
const assignment = "AWS::SSO::Assignment";
const breakGlass = {
  InstanceArn: instanceArn,
  Name: "BreakGlassAssumeRoot",
  Description: "Break Glass - sts:AssumeRoot for emergency privileged access",
  InlinePolicy: breakGlassPolicy(),
  Tags: [{ Key: "team", Value: "platform" }],
};

describe("cloudcontrol", () => {
  let sandbox: SandboxOrganization;
  let cloudControl: CloudControlClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    cloudControl = new CloudControlClient(administrator(sandbox, "management", homeRegion));
  });

  afterEach(() => sandbox.close());

  const begin = async (TypeName: string, desired: object, ClientToken?: string): Promise<ProgressEvent> => {
    const DesiredState = JSON.stringify(desired);
    const { ProgressEvent: event } = await cloudControl.send(
      new CreateResourceCommand({ TypeName, DesiredState, ClientToken }),
    );
    return event ?? {};
  };

  const statusOf = async ({ RequestToken }: ProgressEvent): Promise<ProgressEvent> =>
    (await cloudControl.send(new GetResourceRequestStatusCommand({ RequestToken }))).ProgressEvent ?? {};

  /** Polls as clients do, with the sandbox's clock going on between. */
  const settled = async (event: ProgressEvent): Promise<ProgressEvent> => {
    for (let poll = 0; poll < 30; poll += 1) {
      const status = await statusOf(event);
      if (status.OperationStatus !== "IN_PROGRESS") return status;
      sandbox.clock.advance(propagationMilliseconds);
    }
    throw new Error("The request is still in progress after thirty polls.");
  };

  const create = async (TypeName: string, desired: object): Promise<ProgressEvent> =>
    settled(await begin(TypeName, desired));

  const read = async (TypeName: string, Identifier: string | undefined): Promise<Record<string, unknown>> => {
    const { ResourceDescription } = await cloudControl.send(new GetResourceCommand({ TypeName, Identifier }));
    return JSON.parse(ResourceDescription?.Properties ?? "") as Record<string, unknown>;
  };

  const update = async (Identifier: string | undefined, patch: readonly object[]): Promise<ProgressEvent> => {
    const PatchDocument = JSON.stringify(patch);
    const input = { TypeName: permissionSet, Identifier, PatchDocument };
    return (await cloudControl.send(new UpdateResourceCommand(input))).ProgressEvent ?? {};
  };

  const remove = async (TypeName: string, Identifier: string | undefined): Promise<ProgressEvent> => {
    const { ProgressEvent: event } = await cloudControl.send(new DeleteResourceCommand({ TypeName, Identifier }));
    return settled(event ?? {});
  };

  it("section 10: a permission set is created by the clock and read back as it was asked for", async () => {
    const begun = await begin(permissionSet, breakGlass);
    expect(begun).to.include({ Operation: "CREATE", OperationStatus: "IN_PROGRESS", TypeName: permissionSet });
    expect((await statusOf(begun)).OperationStatus).to.equal("IN_PROGRESS");
    sandbox.clock.advance(propagationMilliseconds);
    const ended = await statusOf(begun);
    expect(ended.OperationStatus).to.equal("SUCCESS");
    const [, PermissionSetArn] = ended.Identifier?.split("|") ?? [];
    expect(await read(permissionSet, ended.Identifier)).to.deep.equal({
      ...breakGlass,
      PermissionSetArn,
      SessionDuration: "PT1H",
      ManagedPolicies: [],
      CustomerManagedPolicyReferences: [],
    });
  });

  it("section 10: a name that is taken fails with AlreadyExists", async () => {
    await create(permissionSet, breakGlass);
    const again = await create(permissionSet, breakGlass);
    expect(again).to.include({ OperationStatus: "FAILED", ErrorCode: "AlreadyExists" });
    expect(again.StatusMessage).to.match(/^PermissionSet with name BreakGlassAssumeRoot already exists\./);
    expect(again).not.to.have.property("Identifier");
  });

  it("section 10: a JSON patch on top-level members updates, and what is assigned is provisioned again", async () => {
    const { Identifier } = await create(permissionSet, breakGlass);
    await create(assignment, toAdmins(sandbox, Identifier));
    const InlinePolicy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "iam:Get*", Resource: "*" }] };
    const begun = await update(Identifier, [
      { op: "replace", path: "/InlinePolicy", value: InlinePolicy },
      { op: "add", path: "/SessionDuration", value: "PT2H" },
      { op: "add", path: "/ManagedPolicies", value: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      { op: "remove", path: "/Tags" },
    ]);
    expect(await settled(begun)).to.include({ OperationStatus: "SUCCESS", Operation: "UPDATE", Identifier });
    expect(await read(permissionSet, Identifier)).to.deep.include({
      Description: breakGlass.Description,
      InlinePolicy,
      SessionDuration: "PT2H",
      ManagedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      Tags: [],
    });
    const [role] = [...(sandbox.state.iam.get(sandboxAccounts.audit)?.roles.values() ?? [])];
    expect([...(role?.inlinePolicies.values() ?? [])]).to.deep.equal([JSON.stringify(InlinePolicy)]);
  });

  it("section 10: create-only properties cannot be updated", async () => {
    const { Identifier } = await create(permissionSet, breakGlass);
    expect(await refusalOf(update(Identifier, [{ op: "replace", path: "/Name", value: "Other" }]))).to.include({
      code: "NotUpdatableException",
      message: "Invalid patch update: createOnlyProperties [/properties/Name] cannot be updated",
    });
  });

  it("section 10: an assignment is identified by its six properties and has no update", async () => {
    const { Identifier: ofSet } = await create(permissionSet, breakGlass);
    const desired = toAdmins(sandbox, ofSet);
    const { Identifier, OperationStatus } = await create(assignment, desired);
    expect(OperationStatus).to.equal("SUCCESS");
    const { InstanceArn, TargetId, TargetType, PermissionSetArn, PrincipalType, PrincipalId } = desired;
    const parts = [InstanceArn, TargetId, TargetType, PermissionSetArn, PrincipalType, PrincipalId];
    expect(Identifier).to.equal(parts.join("|"));
    expect(await read(assignment, Identifier)).to.deep.equal(desired);
    const input = { TypeName: assignment, Identifier, PatchDocument: "[]" };
    expect(await refusalOf(cloudControl.send(new UpdateResourceCommand(input)))).to.include({
      code: "UnsupportedActionException",
      message: "Resource type AWS::SSO::Assignment does not support UPDATE action",
    });
    expect(await create(assignment, desired)).to.include({ ErrorCode: "AlreadyExists" });
  });

  it("section 4: assignments of one set to one account wait for each other", async () => {
    const { Identifier } = await create(permissionSet, breakGlass);
    const [, set = ""] = Identifier?.split("|") ?? [];
    const begun = await Promise.all(
      ["alice", "bob", "carol"].map((name) =>
        begin(assignment, assignmentInput(sandbox, set, sandboxAccounts.audit, name)),
      ),
    );
    const statuses = [];
    for (const event of begun) statuses.push((await settled(event)).OperationStatus);
    expect(statuses).to.deep.equal(["SUCCESS", "SUCCESS", "SUCCESS"]);
    expect(sandbox.state.identityCenter.assignments).to.have.lengthOf(3);
  });

  it("section 4: an assignment to nobody fails with Identity Center's reason", async () => {
    const { Identifier } = await create(permissionSet, breakGlass);
    const PrincipalId = "9067000001-00000000-4000-4000-8000-000000000000";
    const failed = await create(assignment, { ...toAdmins(sandbox, Identifier), PrincipalId });
    expect(failed).to.include({ OperationStatus: "FAILED", ErrorCode: "GeneralServiceException" });
    expect(failed.StatusMessage).to.match(/failed due to: Received a 404 status error: the GROUP assignee/);
  });

  it("section 10: deleting takes the resource away, and once more fails later with NotFound", async () => {
    const { Identifier: ofSet } = await create(permissionSet, breakGlass);
    const { Identifier } = await create(assignment, toAdmins(sandbox, ofSet));
    expect(await remove(assignment, Identifier)).to.include({ OperationStatus: "SUCCESS" });
    expect(await remove(assignment, Identifier)).to.include({ OperationStatus: "FAILED", ErrorCode: "NotFound" });
    expect(await remove(permissionSet, ofSet)).to.include({ OperationStatus: "SUCCESS" });
    const refusal = await refusalOf(read(permissionSet, ofSet));
    expect(refusal).to.include({ code: "ResourceNotFoundException", status: 400 });
    expect(refusal.message).to.match(
      /^AWS::SSO::PermissionSet Handler returned status FAILED: .*HandlerErrorCode: NotFound/,
    );
  });

  it("a set that stays assigned cannot be deleted: the handler gives up with ResourceConflict", async () => {
    const { Identifier } = await create(permissionSet, breakGlass);
    await create(assignment, toAdmins(sandbox, Identifier));
    expect(await remove(permissionSet, Identifier)).to.include({ ErrorCode: "ResourceConflict" });
  });

  it("section 10: is found by its target, whichever of its two names signs", async () => {
    const settings = administrator(sandbox, "management", homeRegion);
    for (const name of ["cloudcontrolapi", "cloudapiservice"]) {
      const answer = await send(await signed(settings, name, json("CloudApiService.ListResourceRequests", "{}")));
      expect(answer.status, name).to.equal(200);
      expect(answer.headers["content-type"]).to.equal("application/x-amz-json-1.0");
    }
  });

  it("section 10: a client token asks once", async () => {
    const first = await begin(permissionSet, breakGlass, "token-1");
    const again = await begin(permissionSet, breakGlass, "token-1");
    expect(again.RequestToken).to.equal(first.RequestToken);
    expect(sandbox.state.identityCenter.permissionSets.size).to.equal(1);
    expect(await refusalOf(begin(permissionSet, { ...breakGlass, Name: "Other" }, "token-1"))).to.include({
      code: "ClientTokenConflictException",
    });
  });

  it("another write to a resource that is being written to is refused", async () => {
    const { Identifier } = await begin(permissionSet, breakGlass);
    expect(await refusalOf(remove(permissionSet, Identifier))).to.include({ code: "ConcurrentOperationException" });
  });

  it("a missing sso permission fails the request, a missing cloudformation permission the call", async () => {
    await deny(sandbox, "sso:CreatePermissionSet");
    const failed = await create(permissionSet, breakGlass);
    expect(failed).to.include({ OperationStatus: "FAILED", ErrorCode: "AccessDenied" });
    expect(failed.StatusMessage).to.match(
      /is not authorized to perform: sso:CreatePermissionSet on resource: \S+ with an explicit deny in an identity-based policy/,
    );
    await deny(sandbox, "cloudformation:CreateResource");
    expect(await refusalOf(begin(permissionSet, breakGlass))).to.include({
      code: "AccessDeniedException",
      status: 400,
    });
  });

  it("what does not fit the schema is refused at once, in CloudFormation's words", async () => {
    const problemOf = async (desired: object): Promise<string> =>
      (await refusalOf(begin(permissionSet, desired))).message;
    expect(await problemOf({ ...breakGlass, Colour: "red" })).to.equal(
      "Model validation failed (#: extraneous key [Colour] is not permitted)",
    );
    expect(await problemOf({ InstanceArn: instanceArn })).to.equal(
      "Model validation failed (#: required key [Name] not found)",
    );
    expect(await problemOf({ ...breakGlass, SessionDuration: 1, Name: "a b" })).to.equal(
      [
        "Model validation failed (#/Name: failed validation constraint for keyword [pattern])",
        "#/SessionDuration: expected type: String, found: Integer",
      ].join("\n"),
    );
    expect(await problemOf({ ...breakGlass, Tags: [{ Key: "k" }] })).to.equal(
      "Model validation failed (#/Tags/0: required key [Value] not found)",
    );
  });

  it("what is not modelled is refused by name, and nothing is created", async () => {
    const boundary = {
      ...breakGlass,
      PermissionsBoundary: { ManagedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    };
    for (const [type, desired] of [
      [permissionSet, boundary],
      ["AWS::S3::Bucket", {}],
    ] as const) {
      expect(await refusalOf(begin(type, desired)), type).to.include({ code: "NotImplemented", status: 501 });
    }
    expect((await refusalOf(begin(permissionSet, boundary))).message).to.contain("PermissionsBoundary");
    expect(await refusalOf(begin("Acme::S3::Bucket", {}))).to.include({
      code: "TypeNotFoundException",
      message: "The type 'Acme::S3::Bucket' cannot be found.",
    });
    expect(sandbox.state.identityCenter.permissionSets.size).to.equal(0);
  });

  it("lists need the key, and the requests of an account are listed newest first", async () => {
    const { Identifier } = await create(permissionSet, breakGlass);
    const [InstanceArn, PermissionSetArn] = Identifier?.split("|") ?? [];
    const list = (ResourceModel?: string) =>
      cloudControl.send(new ListResourcesCommand({ TypeName: permissionSet, ResourceModel }));
    expect(await refusalOf(list())).to.include({ code: "InvalidRequestException" });
    const { ResourceDescriptions } = await list(JSON.stringify({ InstanceArn, PermissionSetArn }));
    expect(ResourceDescriptions?.map((found) => found.Identifier)).to.deep.equal([Identifier]);
    await remove(permissionSet, Identifier);
    const { ResourceRequestStatusSummaries } = await cloudControl.send(new ListResourceRequestsCommand({}));
    expect(ResourceRequestStatusSummaries?.map(({ Operation }) => Operation)).to.deep.equal(["DELETE", "CREATE"]);
  });
});

function toAdmins(sandbox: SandboxOrganization, identifier: string | undefined) {
  const [, set = ""] = identifier?.split("|") ?? [];
  return assignmentInput(sandbox, set, sandboxAccounts.audit, "break-glass-admins");
}

/** Takes a permission away from the management account's administrator. */
async function deny(sandbox: SandboxOrganization, Action: string): Promise<void> {
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action, Resource: "*" }],
  });
  const iam = new IAMClient(administrator(sandbox, "management"));
  await iam.send(
    new PutUserPolicyCommand({ UserName: "administrator", PolicyName: Action.replace(":", "-"), PolicyDocument }),
  );
}
