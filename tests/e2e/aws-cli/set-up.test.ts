import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { breakGlassPolicy } from "#iam";
import {
  assumeRoot,
  type CliSandbox,
  eventually,
  inHomeRegion,
  keys,
  member,
  openCliSandbox,
  refusalIn,
} from "./cli-sandbox.ts";

/** Everything that makes centralized root access ready, typed. Each step builds on the one before. */
describe("the real AWS CLI: set-up", function () {
  this.timeout(60_000);

  let cli: CliSandbox;
  let permissionSet: string;

  before(async function () {
    cli = await openCliSandbox(this, {});
  });

  after(() => cli.close());

  it("section 3: nothing works before trusted access, and break-glass not before its assignment", async () => {
    expect(await cli.refusal("management", "iam enable-organizations-root-sessions")).to.contain(
      "(ServiceAccessNotEnabledException) when calling the EnableOrganizationsRootSessions operation: Trusted Access for IAM not enabled by organization of input account ID.",
    );
    expect(await cli.refusal("management", assumeRoot("S3UnlockBucketPolicy"))).to.contain(
      "(AccessDenied) when calling the AssumeRoot operation: Service not enabled for AWS Organizations.",
    );
    const early = await cli.aws("break-glass", "sts get-caller-identity");
    expect(early.status).to.not.equal(0);
    expect(early.stderr).to.contain("BreakGlassAssumeRoot is not assigned to alice");
  });

  it("section 3: trusted access, then each feature, which gates its own tasks", async () => {
    await cli.text("management", "organizations enable-aws-service-access --service-principal iam.amazonaws.com");
    expect(await cli.refusal("management", assumeRoot("SQSUnlockQueuePolicy"))).to.contain(
      "Root sessions feature is not enabled for your AWS Organization.",
    );
    expect(await cli.refusal("management", assumeRoot("IAMAuditRootUserCredentials"))).to.contain(
      "Root credentials management feature is not enabled for your AWS Organization.",
    );
    await cli.text("management", "iam enable-organizations-root-credentials-management");
    expect(await cli.text("management", "iam enable-organizations-root-sessions --query EnabledFeatures")).to.equal(
      "RootCredentialsManagement\tRootSessions",
    );
  });

  it("section 3: without a delegated administrator the management account alone may assume root", async () => {
    const key = "--query Credentials.AccessKeyId";
    expect(await cli.text("management", `${assumeRoot("S3UnlockBucketPolicy")} ${key}`)).to.match(/^ASIA/);
    expect(await cli.refusal("audit", assumeRoot("S3UnlockBucketPolicy"))).to.match(
      /\(AccessDenied\).*User: arn:aws:iam::222222222222:user\/administrator is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::333333333333:root$/m,
    );
    const service = "--service-principal iam.amazonaws.com";
    const listed = `organizations list-delegated-administrators ${service} --query DelegatedAdministrators[].Id`;
    expect(await cli.text("management", listed)).to.equal("");
    await cli.text("management", `organizations register-delegated-administrator --account-id 222222222222 ${service}`);
    expect(await cli.text("management", listed)).to.equal("222222222222");
    expect(await cli.text("audit", `${assumeRoot("S3UnlockBucketPolicy")} ${key}`)).to.match(/^ASIA/);
    const enable = await cli.refusal("audit", "iam enable-organizations-root-sessions");
    expect(enable).to.contain("(CallerIsNotManagementAccountException)");
  });

  it("section 4: the permission set BreakGlassAssumeRoot is made as it has to be", async () => {
    permissionSet = await cli.text(
      "management",
      `sso-admin create-permission-set ${inHomeRegion} --name BreakGlassAssumeRoot --session-duration PT1H --query PermissionSet.PermissionSetArn`,
      "--description",
      "Break Glass - sts:AssumeRoot for emergency privileged access",
    );
    await putInlinePolicy(breakGlassPolicy());
    const shown = `sso-admin describe-permission-set ${inHomeRegion} --permission-set-arn ${permissionSet}`;
    expect(await cli.text("management", `${shown} --query PermissionSet.[Name,SessionDuration,Description]`)).to.equal(
      "BreakGlassAssumeRoot\tPT1H\tBreak Glass - sts:AssumeRoot for emergency privileged access",
    );
    const inline = `sso-admin get-inline-policy-for-permission-set ${inHomeRegion} --permission-set-arn ${permissionSet}`;
    expect(JSON.parse(await cli.text("management", `${inline} --query InlinePolicy`))).to.deep.equal(
      breakGlassPolicy(),
    );
  });

  it("section 4: it is assigned to a group in the delegated administrator's account, where alice then is", async () => {
    const group = await cli.text(
      "management",
      "identitystore list-groups --region us-east-1 --identity-store-id d-9067000001 --query Groups[?DisplayName=='break-glass-admins'].GroupId",
    );
    const created = "AccountAssignmentCreationStatus";
    const target = "--target-type AWS_ACCOUNT --target-id 222222222222";
    const request = await cli.text(
      "management",
      `sso-admin create-account-assignment ${inHomeRegion} --permission-set-arn ${permissionSet} ${target} --principal-type GROUP --principal-id ${group} --query ${created}.RequestId`,
    );
    await eventually("the assignment", async () => {
      const status = `sso-admin describe-account-assignment-creation-status ${inHomeRegion} --account-assignment-creation-request-id ${request} --query ${created}.Status`;
      return (await cli.text("management", status)) === "SUCCEEDED";
    });
    expect(await cli.text("break-glass", "sts get-caller-identity --query Arn")).to.match(
      /^arn:aws:sts::222222222222:assumed-role\/AWSReservedSSO_BreakGlassAssumeRoot_[0-9a-f]{16}\/alice$/,
    );
  });

  it("section 8: its holders are limited to chosen tasks, once it is provisioned again", async () => {
    const [grant, list] = breakGlassPolicy().Statement;
    const audit = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
    const limited = { ...grant, Condition: { StringEquals: { "sts:TaskPolicyArn": [audit] } } };
    await putInlinePolicy({ ...breakGlassPolicy(), Statement: [limited, list] });
    const key = "--query Credentials.AccessKeyId";
    expect(await cli.text("break-glass", `${assumeRoot("S3UnlockBucketPolicy")} ${key}`)).to.match(/^ASIA/);
    await cli.text(
      "management",
      `sso-admin provision-permission-set ${inHomeRegion} --permission-set-arn ${permissionSet} --target-type ALL_PROVISIONED_ACCOUNTS`,
    );
    await eventually("the limit", async () => {
      const ended = await cli.aws("break-glass", assumeRoot("S3UnlockBucketPolicy"));
      return ended.status !== 0 && refusalIn(ended).includes("is not authorized to perform: sts:AssumeRoot");
    });
    expect(await cli.text("break-glass", `${assumeRoot("IAMAuditRootUserCredentials")} ${key}`)).to.match(/^ASIA/);
  });

  it("people who do not come through Identity Center switch to a role that names them, and who they are", async () => {
    const role = "arn:aws:iam::222222222222:role/ops/BreakGlass";
    const user = "arn:aws:iam::333333333333:user/dana";
    const named = { StringEquals: { "sts:RoleSessionName": "dana" } };
    const trust = { Effect: "Allow", Principal: { AWS: user }, Action: "sts:AssumeRole", Condition: named };
    await cli.text("orders", "iam create-user --user-name dana");
    const switching = { Sid: "Switch", Effect: "Allow", Action: "sts:AssumeRole", Resource: role };
    const inline = "--policy-name switch --policy-document";
    await cli.text("orders", `iam put-user-policy --user-name dana ${inline}`, document(switching));
    await cli.text(
      "audit",
      "iam create-role --path /ops/ --role-name BreakGlass --assume-role-policy-document",
      document(trust),
    );
    const opening = { Sid: "Open", Effect: "Allow", Action: "sts:AssumeRoot", Resource: "*" };
    await cli.text("audit", `iam put-role-policy --role-name BreakGlass ${inline}`, document(opening));
    const longTerm = "--query AccessKey.[AccessKeyId,SecretAccessKey]";
    const dana = await cli.text("orders", `iam create-access-key --user-name dana ${longTerm}`);

    const assume = `sts assume-role --role-arn ${role} --output text ${keys} --role-session-name`;
    expect(refusalIn(await cli.exported(dana, `${assume} somebody`))).to.contain(
      `User: ${user} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
    );
    const switched = (await cli.exported(dana, `${assume} dana`)).stdout.trim();
    expect((await cli.exported(switched, "sts get-caller-identity --query Arn --output text")).stdout.trim()).to.equal(
      "arn:aws:sts::222222222222:assumed-role/BreakGlass/dana",
    );
    expect((await cli.exported(switched, assumeRoot("SQSUnlockQueuePolicy"))).status).to.equal(0);
    expect(refusalIn(await cli.exported(switched, "iam get-account-summary"))).to.contain("no identity-based policy");
    expect(refusalIn(await cli.exported(dana, assumeRoot("SQSUnlockQueuePolicy")))).to.contain(
      `User: ${user} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${member}:root`,
    );
  });

  async function putInlinePolicy(policy: object): Promise<void> {
    const file = join(cli.folder, "inline-policy.json");
    await writeFile(file, JSON.stringify(policy));
    const put = `sso-admin put-inline-policy-to-permission-set ${inHomeRegion} --permission-set-arn ${permissionSet}`;
    await cli.text("management", `${put} --inline-policy file://${file}`);
  }
});

function document(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
