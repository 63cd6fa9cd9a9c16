import { expect } from "chai";
import { type Ended, expectStatus } from "../sandbox.ts";
import { assumeRoot, type CliSandbox, keys, member, openCliSandbox, refusalIn } from "./cli-sandbox.ts";

/** Opening root sessions and what the three credential tasks are for, typed by alice. Each step builds on the one before. */
describe("the real AWS CLI: use", function () {
  this.timeout(60_000);

  let cli: CliSandbox;
  let auditing: string;
  let deleting: string;

  before(async function () {
    cli = await openCliSandbox(this, { configured: true });
    auditing = await sessionFor("IAMAuditRootUserCredentials");
    deleting = await sessionFor("IAMDeleteRootUserCredentials");
  });

  after(() => cli.close());

  const sessionFor = (task: string): Promise<string> => cli.text("break-glass", `${assumeRoot(task)} ${keys}`);
  const printed = async (session: string, words: string): Promise<string> =>
    expectStatus(await cli.exported(session, `${words} --output text`), 0).stdout.trim();
  const denied = async (session: string, words: string): Promise<string> =>
    refusalIn(await cli.exported(session, words));

  it("section 1: refuses what AWS refuses, in AWS's words", async () => {
    const target = `sts assume-root --target-principal ${member} --task-policy-arn`;
    expect(await cli.refusal("break-glass", `${target} arn=arn:aws:iam::aws:policy/AdministratorAccess`)).to.contain(
      "(ValidationError) when calling the AssumeRoot operation: Request must contain valid AWS managed task policy ARN",
    );
    const long = assumeRoot("S3UnlockBucketPolicy").replace("900", "901");
    expect(await cli.refusal("break-glass", long)).to.contain(
      "(ValidationError) when calling the AssumeRoot operation: 1 validation error detected: Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
    );
    const forgotten: Ended = await cli.aws(
      "break-glass",
      `${target} arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy`,
    );
    expect(forgotten.status).to.be.oneOf([252, 255]);
    expect(forgotten.stderr).to.contain("Error parsing parameter '--task-policy-arn'");
  });

  it("section 1: shows the member's root to whoever exports the three variables", async () => {
    const ended = expectStatus(await cli.exported(auditing, "sts get-caller-identity --output json"), 0);
    expect(JSON.parse(ended.stdout)).to.deep.equal({
      Account: member,
      UserId: member,
      Arn: `arn:aws:iam::${member}:root`,
    });
  });

  it("section 2: audits what the root user has, by six commands without a user name", async () => {
    expect(await printed(auditing, "iam get-user --query User")).to.equal(`arn:aws:iam::${member}:root\t${member}`);
    expect(await printed(auditing, "iam get-login-profile --query LoginProfile.CreateDate")).to.match(/^\d{4}-/);
    const accessKeys = await printed(auditing, "iam list-access-keys --query AccessKeyMetadata[].AccessKeyId");
    expect(accessKeys.split(/\s+/)).to.have.length(2);
    const [firstKey = ""] = accessKeys.split(/\s+/);
    const lastUsed = `iam get-access-key-last-used --access-key-id ${firstKey} --query AccessKeyLastUsed.ServiceName`;
    expect(await printed(auditing, lastUsed)).to.equal("N/A");
    const certificates = "iam list-signing-certificates --query length(Certificates)";
    expect(await printed(auditing, certificates)).to.equal("1");
    expect(await printed(auditing, "iam list-mfa-devices --query length(MFADevices)")).to.equal("1");
    expect(await denied(auditing, "iam delete-login-profile")).to.contain(
      `(AccessDenied) when calling the DeleteLoginProfile operation: User: arn:aws:iam::${member}:root is not authorized to perform: iam:DeleteLoginProfile on resource: arn:aws:iam::${member}:root with an explicit deny in a session policy`,
    );
  });

  it("section 2: deletes it all, by five commands without output", async () => {
    const list = (words: string): Promise<string> => printed(deleting, words);
    const accessKeys = await list("iam list-access-keys --query AccessKeyMetadata[].AccessKeyId");
    const certificate = await list("iam list-signing-certificates --query Certificates[].CertificateId");
    const device = await list("iam list-mfa-devices --query MFADevices[].SerialNumber");
    for (const words of [
      "iam delete-login-profile",
      ...accessKeys.split(/\s+/).map((key) => `iam delete-access-key --access-key-id ${key}`),
      `iam delete-signing-certificate --certificate-id ${certificate}`,
      `iam deactivate-mfa-device --serial-number ${device}`,
      `iam delete-virtual-mfa-device --serial-number ${device}`,
    ]) {
      expect(await list(words), words).to.equal("");
    }
    const present =
      "AccountPasswordPresent,AccountAccessKeysPresent,AccountSigningCertificatesPresent,AccountMFAEnabled";
    const summary = `iam get-account-summary --query SummaryMap.[${present}]`;
    expect(await printed(auditing, summary)).to.equal("0\t0\t0\t0");
  });

  it("section 2: allows recovery once, where nothing is left", async () => {
    const recovering = await sessionFor("IAMCreateRootUserPassword");
    expect(await denied(recovering, "iam get-login-profile")).to.contain(
      "(NoSuchEntity) when calling the GetLoginProfile operation: Login Profile for User null cannot be found.",
    );
    expect(await printed(recovering, "iam create-login-profile --query LoginProfile.CreateDate")).to.match(/^\d{4}-/);
    expect(await denied(recovering, "iam create-login-profile")).to.contain(
      `(EntityAlreadyExists) when calling the CreateLoginProfile operation: Login Profile for account ${member} already exists.`,
    );
    expect(await denied(recovering, "iam delete-login-profile")).to.contain("explicit deny in a session policy");
  });

  it("section 9: alice's account has the opening, the member account the rest, joined by the access key", async () => {
    const [accessKey = ""] = auditing.split(/\s+/);
    const opened = "cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRoot";
    const events = JSON.parse(
      expectStatus(await cli.aws("audit", `${opened} --query Events[].CloudTrailEvent --output json`), 0).stdout,
    ) as string[];
    expect(events.filter((event) => event.includes(accessKey))).to.have.lengthOf(1);
    const done = `cloudtrail lookup-events --region us-east-1 --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=${accessKey}`;
    const names = (await cli.text("orders", `${done} --query Events[].EventName`)).split(/\s+/);
    expect(new Set(names)).to.deep.equal(
      new Set([
        ...["GetUser", "GetLoginProfile", "ListAccessKeys", "GetAccessKeyLastUsed"],
        ...["ListSigningCertificates", "ListMFADevices", "DeleteLoginProfile", "GetAccountSummary"],
      ]),
    );
  });

  it("says what the sandbox does not model, by name", async () => {
    expect((await cli.aws("orders", "dynamodb list-tables")).stderr).to.contain(
      'The service "dynamodb" is not modelled',
    );
    expect(await cli.refusal("orders", "iam list-groups")).to.contain(
      "iam:ListGroups is not modelled by the sandbox organization.",
    );
  });
});
