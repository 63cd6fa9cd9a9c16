import * as iam from "@aws-sdk/client-iam";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { orders } = sandboxAccounts;
const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::a (b)*" }],
});
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${orders}:root` }, Action: "sts:AssumeRole" }],
});

describe("iam: users and roles", () => {
  let sandbox: SandboxOrganization;
  let client: iam.IAMClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    client = new iam.IAMClient(administrator(sandbox, "orders"));
  });

  afterEach(() => sandbox.close());

  it("makes a user, shows it, and deletes it once nothing hangs on it", async () => {
    const UserName = "dana";
    const { User } = await client.send(
      new iam.CreateUserCommand({ UserName, Path: "/ops/", Tags: [{ Key: "team", Value: "ops" }] }),
    );
    expect(User?.Arn).to.equal(`arn:aws:iam::${orders}:user/ops/dana`);
    expect(User?.UserId).to.match(/^AIDA[A-Z2-7]{17}$/);
    expect((await client.send(new iam.GetUserCommand({ UserName }))).User).to.deep.equal(User);

    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName }));
    await client.send(new iam.CreateAccessKeyCommand({ UserName }));
    expect(await refusalOf(client.send(new iam.CreateAccessKeyCommand({ UserName })))).to.include({
      code: "LimitExceededException",
      status: 409,
      message: "Cannot exceed quota for AccessKeysPerUser: 2",
    });
    await client.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: document }));
    await client.send(new iam.AttachUserPolicyCommand({ UserName, PolicyArn: administratorAccess }));
    await client.send(new iam.CreateLoginProfileCommand({ UserName, Password: "correct horse" }));

    const remove = () => client.send(new iam.DeleteUserCommand({ UserName }));
    expect((await refusalOf(remove())).message).to.equal("Cannot delete entity, must detach all policies first.");
    await client.send(new iam.DetachUserPolicyCommand({ UserName, PolicyArn: administratorAccess }));
    expect((await refusalOf(remove())).message).to.equal("Cannot delete entity, must delete policies first.");
    await client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName: "p" }));
    expect((await refusalOf(remove())).message).to.equal("Cannot delete entity, must delete access keys first.");
    const { AccessKeyMetadata = [] } = await client.send(new iam.ListAccessKeysCommand({ UserName }));
    expect(AccessKeyMetadata[0]?.AccessKeyId).to.equal(AccessKey?.AccessKeyId);
    for (const { AccessKeyId } of AccessKeyMetadata) {
      await client.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    }
    expect((await refusalOf(remove())).message).to.equal("Cannot delete entity, must delete login profile first.");
    await client.send(new iam.DeleteLoginProfileCommand({ UserName }));
    await remove();
    expect(await refusalOf(client.send(new iam.GetUserCommand({ UserName })))).to.include({
      code: "NoSuchEntityException",
      status: 404,
      message: "The user with name dana cannot be found.",
    });
  });

  it("makes a role, changes it, and deletes it once no policy hangs on it", async () => {
    const RoleName = "Incident";
    const { Role } = await client.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    expect(Role).to.include({ Arn: `arn:aws:iam::${orders}:role/Incident`, MaxSessionDuration: 3600 });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).to.equal(trust);

    await client.send(new iam.UpdateRoleCommand({ RoleName, Description: "drills", MaxSessionDuration: 7200 }));
    await client.send(new iam.TagRoleCommand({ RoleName, Tags: [{ Key: "team", Value: "ops" }] }));
    const updated = (await client.send(new iam.GetRoleCommand({ RoleName }))).Role;
    expect(updated).to.include({ Description: "drills", MaxSessionDuration: 7200 });
    expect(updated?.Tags).to.deep.equal([{ Key: "team", Value: "ops" }]);

    await client.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName: "p", PolicyDocument: document }));
    const inline = await client.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName: "p" }));
    expect(inline.PolicyDocument, "percent-encoded").to.match(/^[\w.~%-]+$/);
    expect(decodeURIComponent(inline.PolicyDocument ?? "")).to.equal(document);
    await client.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn: administratorAccess }));
    const { AttachedPolicies } = await client.send(new iam.ListAttachedRolePoliciesCommand({ RoleName }));
    expect(AttachedPolicies).to.deep.equal([{ PolicyName: "AdministratorAccess", PolicyArn: administratorAccess }]);

    const remove = () => client.send(new iam.DeleteRoleCommand({ RoleName }));
    expect(await refusalOf(remove())).to.include({ code: "DeleteConflictException", status: 409 });
    await client.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn: administratorAccess }));
    await client.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName: "p" }));
    await remove();
    const { Roles } = await client.send(new iam.ListRolesCommand({}));
    expect(Roles).to.deep.equal([]);
  });

  it("keeps Identity Center's roles out of the account's hands", async () => {
    await client.send(new iam.CreateRoleCommand({ RoleName: "Reserved", AssumeRolePolicyDocument: trust }));
    const { roles } = sandbox.state.iam.get(orders) ?? expect.fail("Orders has IAM.");
    const role = roles.get("Reserved") ?? expect.fail("The role was just made.");
    roles.set("Reserved", { ...role, path: "/aws-reserved/sso.amazonaws.com/" });
    const refusal = await refusalOf(client.send(new iam.DeleteRoleCommand({ RoleName: "Reserved" })));
    expect(refusal).to.include({
      code: "UnmodifiableEntityException",
      status: 400,
      message: "Cannot perform the operation on the protected role 'Reserved' - this role is only modifiable by AWS",
    });
  });

  it("pages with markers and refuses strangers' markers", async () => {
    for (const name of ["a", "b", "c"]) await client.send(new iam.CreateUserCommand({ UserName: name }));
    const first = await client.send(new iam.ListUsersCommand({ MaxItems: 3 }));
    expect(first).to.include({ IsTruncated: true });
    const second = await client.send(new iam.ListUsersCommand({ MaxItems: 3, Marker: first.Marker }));
    expect(second).to.include({ IsTruncated: false });
    const names = [...(first.Users ?? []), ...(second.Users ?? [])].map(({ UserName }) => UserName);
    expect(names).to.deep.equal(["administrator", "a", "b", "c"]);
    const refusal = await refusalOf(client.send(new iam.ListUsersCommand({ Marker: "nonsense" })));
    expect(refusal).to.include({ code: "ValidationError", message: "Invalid Marker." });
  });

  it("switches an access key off", async () => {
    await client.send(new iam.CreateUserCommand({ UserName: "dana" }));
    const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName: "dana" }));
    const accessKeyId = AccessKey?.AccessKeyId ?? "";
    const credentials = { accessKeyId, secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const dana = new iam.IAMClient({ ...administrator(sandbox, "orders"), credentials });
    expect((await refusalOf(dana.send(new iam.GetUserCommand({})))).code).to.equal("AccessDenied");
    await client.send(
      new iam.UpdateAccessKeyCommand({ UserName: "dana", AccessKeyId: accessKeyId, Status: "Inactive" }),
    );
    expect((await refusalOf(dana.send(new iam.GetUserCommand({})))).code).to.equal("InvalidClientTokenId");
  });

  it("gives an account one alias, which no other account has", async () => {
    const audit = new iam.IAMClient(administrator(sandbox, "audit"));
    await client.send(new iam.CreateAccountAliasCommand({ AccountAlias: "orders" }));
    await client.send(new iam.CreateAccountAliasCommand({ AccountAlias: "orders-prod" }));
    expect((await client.send(new iam.ListAccountAliasesCommand({}))).AccountAliases).to.deep.equal(["orders-prod"]);
    const taken = refusalOf(audit.send(new iam.CreateAccountAliasCommand({ AccountAlias: "orders-prod" })));
    expect(await taken).to.include({ code: "EntityAlreadyExistsException", status: 409 });
    await client.send(new iam.DeleteAccountAliasCommand({ AccountAlias: "orders-prod" }));
    expect((await client.send(new iam.ListAccountAliasesCommand({}))).AccountAliases).to.deep.equal([]);
  });

  it("says that outbound web identity federation is off", async () => {
    const refusal = await refusalOf(client.send(new iam.GetOutboundWebIdentityFederationInfoCommand({})));
    expect(refusal).to.include({ code: "FeatureDisabledException", status: 404 });
  });

  const policies: readonly [string, string, string][] = [
    ["text that is no JSON", "nonsense", "Syntax errors in policy."],
    ["a policy without a statement", '{"Version":"2012-10-17"}', "Syntax errors in policy."],
    ["a policy that names a principal", trust, "Policy document should not specify a principal."],
  ];
  for (const [name, PolicyDocument, message] of policies) {
    it(`refuses ${name} for a user`, async () => {
      const put = new iam.PutUserPolicyCommand({ UserName: "administrator", PolicyName: "p", PolicyDocument });
      expect(await refusalOf(client.send(put))).to.include({
        code: "MalformedPolicyDocumentException",
        status: 400,
        message,
      });
    });
  }

  const trustPolicies: readonly [string, string, string][] = [
    ["text that is no JSON", "nonsense", "This policy contains invalid Json"],
    ["a policy that names a resource", document, "Has prohibited field Resource"],
    [
      "a principal that does not exist",
      trust.replace(":root", ":user/nobody"),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${orders}:user/nobody"`,
    ],
  ];
  for (const [name, AssumeRolePolicyDocument, message] of trustPolicies) {
    it(`refuses ${name} for a role's trust`, async () => {
      const create = new iam.CreateRoleCommand({ RoleName: "r", AssumeRolePolicyDocument });
      const refusal = await refusalOf(client.send(create));
      expect(refusal).to.include({ code: "MalformedPolicyDocumentException", message });
    });
  }

  it("takes a role's trust policy of 2,048 characters, white space not counted, and no longer one", async () => {
    const long = (characters: number): string => {
      const sid = (length: number): string => trust.replace('"Effect"', `"Sid":"${"s".repeat(length)}","Effect"`);
      return sid(characters - sid(0).length).replaceAll(",", ",\n ");
    };
    const RoleName = "Trusting";
    const refusedAs = { code: "LimitExceededException", status: 409 };
    const message = "Cannot exceed quota for ACLSizePerRole: 2048";
    const create = (characters: number): Promise<unknown> =>
      client.send(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: long(characters) }));
    expect(await refusalOf(create(2049))).to.include({ ...refusedAs, message });
    await create(2048);
    const update = new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: long(2049) });
    expect(await refusalOf(client.send(update))).to.include({ ...refusedAs, message });
    await client.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: long(2048) }));
    await client.send(new iam.DeleteRoleCommand({ RoleName }));
  });

  it("refuses by name what it does not model", async () => {
    const boundary = new iam.CreateUserCommand({ UserName: "dana", PermissionsBoundary: administratorAccess });
    expect(await refusalOf(client.send(boundary))).to.include({
      code: "NotImplemented",
      status: 501,
      message: "The parameter PermissionsBoundary of iam:CreateUser is not modelled by the sandbox organization.",
    });
    expect(await refusalOf(client.send(new iam.ListGroupsCommand({})))).to.include({
      code: "NotImplemented",
      status: 501,
      message: "iam:ListGroups is not modelled by the sandbox organization.",
    });
  });
});
