import {
  CreateLoginProfileCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteSigningCertificateCommand,
  DeleteVirtualMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountSummaryCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListSigningCertificatesCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import type { TaskName } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator, as } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess, rootSession } from "../root-session.ts";

const { orders } = sandboxAccounts;
const deviceSerial = `arn:aws:iam::${orders}:mfa/root-account-mfa-device`;

describe("iam: the root user under a root session", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    await enableRootAccess(sandbox);
  });

  afterEach(() => sandbox.close());

  const under = async (task: TaskName, account: AccountName = "orders"): Promise<IAMClient> =>
    new IAMClient(await rootSession(sandbox, account, task));

  describe("IAMAuditRootUserCredentials", () => {
    it("section 1: GetUser answers id and ARN, and no name", async () => {
      const { User } = await (await under("IAMAuditRootUserCredentials")).send(new GetUserCommand({}));
      expect(User).to.deep.equal({ UserId: orders, Arn: `arn:aws:iam::${orders}:root` });
    });

    it("section 2: one call says whether anything is there", async () => {
      const summaryOf = async (account: AccountName): Promise<Record<string, number> | undefined> =>
        (await (await under("IAMAuditRootUserCredentials", account)).send(new GetAccountSummaryCommand({}))).SummaryMap;
      const has = (value: number): Record<string, number> => ({
        AccountPasswordPresent: value,
        AccountAccessKeysPresent: value,
        AccountSigningCertificatesPresent: value,
        AccountMFAEnabled: value,
      });
      expect(await summaryOf("orders")).to.include(has(1));
      expect(await summaryOf("audit")).to.include(has(0));
    });

    it("lists what the root user has", async () => {
      const iam = await under("IAMAuditRootUserCredentials");
      expect((await iam.send(new GetLoginProfileCommand({}))).LoginProfile?.CreateDate).to.be.a("date");
      const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({}));
      expect(AccessKeyMetadata).to.have.lengthOf(2);
      expect((await iam.send(new ListSigningCertificatesCommand({}))).Certificates).to.have.lengthOf(1);
      const { MFADevices } = await iam.send(new ListMFADevicesCommand({}));
      expect(MFADevices?.map(({ SerialNumber }) => SerialNumber)).to.deep.equal([deviceSerial]);
    });

    it("tells when and where a key was last used", async () => {
      const iam = await under("IAMAuditRootUserCredentials");
      const [key] = sandbox.state.iam.get(orders)?.rootUser.accessKeys ?? [];
      if (!key) expect.fail("The root user of Orders has access keys.");
      const lastUsed = async () =>
        (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.id }))).AccessKeyLastUsed;
      expect(await lastUsed()).to.deep.equal({ ServiceName: "N/A", Region: "N/A" });
      const credentials = { accessKeyId: key.id, secretAccessKey: key.secret };
      await new STSClient(as(administrator(sandbox, "orders"), credentials)).send(new GetCallerIdentityCommand({}));
      expect(await lastUsed()).to.include({ ServiceName: "sts", Region: "ap-northeast-2" });
    });

    it("section 2: may read and nothing else", async () => {
      const iam = await under("IAMAuditRootUserCredentials");
      const refusal = await refusalOf(iam.send(new DeleteLoginProfileCommand({})));
      expect(refusal).to.include({
        code: "AccessDenied",
        status: 403,
        message: `User: arn:aws:iam::${orders}:root is not authorized to perform: iam:DeleteLoginProfile on resource: arn:aws:iam::${orders}:root with an explicit deny in a session policy`,
      });
    });

    it("section 2: may read the root user's and nobody else's", async () => {
      const iam = await under("IAMAuditRootUserCredentials");
      const refusal = await refusalOf(iam.send(new ListAccessKeysCommand({ UserName: "administrator" })));
      expect(refusal.message).to.match(/on resource: arn:aws:iam::\d+:user\/administrator with an explicit deny/);
    });
  });

  describe("IAMDeleteRootUserCredentials", () => {
    it("deletes everything that the root user has", async () => {
      const iam = await under("IAMDeleteRootUserCredentials");
      await iam.send(new DeleteLoginProfileCommand({}));
      const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({}));
      for (const { AccessKeyId } of AccessKeyMetadata) await iam.send(new DeleteAccessKeyCommand({ AccessKeyId }));
      const { Certificates = [] } = await iam.send(new ListSigningCertificatesCommand({}));
      for (const { CertificateId } of Certificates) {
        await iam.send(new DeleteSigningCertificateCommand({ CertificateId }));
      }
      await iam.send(new DeactivateMFADeviceCommand({ SerialNumber: deviceSerial }));

      const audit = await under("IAMAuditRootUserCredentials");
      expect((await audit.send(new GetAccountSummaryCommand({}))).SummaryMap).to.include({
        AccountPasswordPresent: 0,
        AccountAccessKeysPresent: 0,
        AccountSigningCertificatesPresent: 0,
        AccountMFAEnabled: 0,
      });
    });

    it("takes effect on the deleted key at once", async () => {
      const [key] = sandbox.state.iam.get(orders)?.rootUser.accessKeys ?? [];
      if (!key) expect.fail("The root user of Orders has access keys.");
      const iam = await under("IAMDeleteRootUserCredentials");
      await iam.send(new DeleteAccessKeyCommand({ AccessKeyId: key.id }));
      const settings = as(administrator(sandbox, "orders"), { accessKeyId: key.id, secretAccessKey: key.secret });
      const refusal = await refusalOf(new STSClient(settings).send(new GetCallerIdentityCommand({})));
      expect(refusal).to.include({ code: "InvalidClientTokenId", status: 403 });
    });

    it("section 2: GetLoginProfile and DeleteLoginProfile without a profile speak of User null", async () => {
      const iam = await under("IAMDeleteRootUserCredentials");
      await iam.send(new DeleteLoginProfileCommand({}));
      const message = "Login Profile for User null cannot be found.";
      const refusal = { code: "NoSuchEntityException", status: 404, message };
      expect(await refusalOf(iam.send(new GetLoginProfileCommand({})))).to.include(refusal);
      expect(await refusalOf(iam.send(new DeleteLoginProfileCommand({})))).to.include(refusal);
    });

    it('"Not known": a virtual MFA device is deleted once it is deactivated', async () => {
      const iam = await under("IAMDeleteRootUserCredentials");
      const remove = () => iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: deviceSerial }));
      expect(await refusalOf(remove())).to.include({ code: "DeleteConflictException", status: 409 });
      await iam.send(new DeactivateMFADeviceCommand({ SerialNumber: deviceSerial }));
      await remove();
      expect(await refusalOf(remove())).to.include({ code: "NoSuchEntityException", status: 404 });
    });

    it("section 2: may not read the account summary", async () => {
      const iam = await under("IAMDeleteRootUserCredentials");
      expect((await refusalOf(iam.send(new GetAccountSummaryCommand({})))).code).to.equal("AccessDenied");
    });
  });

  describe("IAMCreateRootUserPassword", () => {
    it("allows recovery where there is no password, once", async () => {
      const iam = await under("IAMCreateRootUserPassword", "audit");
      const { LoginProfile } = await iam.send(new CreateLoginProfileCommand({}));
      expect(LoginProfile).to.have.property("CreateDate").that.is.a("date");
      expect(await refusalOf(iam.send(new CreateLoginProfileCommand({})))).to.include({
        code: "EntityAlreadyExistsException",
        status: 409,
        message: `Login Profile for account ${sandboxAccounts.audit} already exists.`,
      });
    });

    it("section 2: takes no password", async () => {
      const iam = await under("IAMCreateRootUserPassword", "audit");
      const refusal = await refusalOf(iam.send(new CreateLoginProfileCommand({ Password: "correct horse battery" })));
      expect(refusal.code).to.equal("ValidationError");
    });

    it("section 2: may do nothing else", async () => {
      const iam = await under("IAMCreateRootUserPassword");
      expect((await refusalOf(iam.send(new ListAccessKeysCommand({})))).code).to.equal("AccessDenied");
    });
  });
});
