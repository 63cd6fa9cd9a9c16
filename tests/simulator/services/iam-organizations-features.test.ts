import { IAM, type ListOrganizationsFeaturesResponse } from "@aws-sdk/client-iam";
import { AssumeRootCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess, identityOf } from "../root-session.ts";

describe("iam: features of centralized root access", () => {
  let sandbox: SandboxOrganization;
  let management: IAM;
  let audit: IAM;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    management = new IAM(administrator(sandbox, "management"));
    audit = new IAM(administrator(sandbox, "audit"));
  });

  afterEach(() => sandbox.close());

  it("section 3: need trusted access", async () => {
    for (const request of [
      () => management.listOrganizationsFeatures({}),
      () => management.enableOrganizationsRootSessions({}),
      () => management.disableOrganizationsRootCredentialsManagement({}),
    ]) {
      expect(await refusalOf(request())).to.include({
        code: "ServiceAccessNotEnabledException",
        status: 400,
        message: "Trusted Access for IAM not enabled by organization of input account ID.",
      });
    }
  });

  it("section 3: need all features of the organization", async () => {
    await enableRootAccess(sandbox);
    sandbox.state.organization.featureSet = "CONSOLIDATED_BILLING";
    const refusal = await refusalOf(management.listOrganizationsFeatures({}));
    expect(refusal).to.include({ code: "OrganizationNotInAllFeaturesModeException", status: 400 });
  });

  it("section 3: are switched one by one, and switching twice changes nothing", async () => {
    await enableRootAccess(sandbox);
    const id = sandbox.state.organization.id;
    const both = ["RootCredentialsManagement", "RootSessions"];
    const answerOf = async (request: Promise<ListOrganizationsFeaturesResponse>) => {
      const { OrganizationId, EnabledFeatures } = await request;
      return { OrganizationId, EnabledFeatures };
    };
    const answer = (EnabledFeatures: readonly string[]) => ({ OrganizationId: id, EnabledFeatures });
    expect(await answerOf(management.listOrganizationsFeatures({}))).to.deep.equal(answer(both));
    expect(await answerOf(management.disableOrganizationsRootSessions({}))).to.deep.equal(answer([both[0] ?? ""]));
    expect(await answerOf(management.disableOrganizationsRootSessions({}))).to.deep.equal(answer([both[0] ?? ""]));
    expect(await answerOf(management.disableOrganizationsRootCredentialsManagement({}))).to.deep.equal(answer([]));
    expect(await answerOf(management.enableOrganizationsRootSessions({}))).to.deep.equal(answer([both[1] ?? ""]));
    expect(await answerOf(management.enableOrganizationsRootSessions({}))).to.deep.equal(answer([both[1] ?? ""]));
    expect(await answerOf(management.enableOrganizationsRootCredentialsManagement({}))).to.deep.equal(answer(both));
  });

  it("section 3: the delegated administrator lists and disables, and does not enable", async () => {
    await enableRootAccess(sandbox);
    await audit.listOrganizationsFeatures({});
    await audit.disableOrganizationsRootSessions({});
    expect(await refusalOf(audit.enableOrganizationsRootSessions({}))).to.include({
      code: "CallerIsNotManagementAccountException",
      status: 400,
      message: "Caller account ID is not management account of the organization and cannot enable IAM features.",
    });
  });

  it("section 3: other member accounts do not get to see them", async () => {
    await enableRootAccess(sandbox);
    const orders = new IAM(administrator(sandbox, "orders"));
    expect(await refusalOf(orders.listOrganizationsFeatures({}))).to.include({
      code: "AccountNotManagementOrDelegatedAdministratorException",
      status: 400,
      message: "Input account ID is neither management account nor delegated admin.",
    });
  });

  it("section 3: survive trusted access being turned off and on", async () => {
    await enableRootAccess(sandbox);
    const { trustedServices } = sandbox.state.organization;
    trustedServices.delete("iam.amazonaws.com");
    await refusalOf(management.listOrganizationsFeatures({}));
    trustedServices.set("iam.amazonaws.com", sandbox.clock.now());
    const { EnabledFeatures } = await management.listOrganizationsFeatures({});
    expect(EnabledFeatures).to.have.lengthOf(2);
  });

  it("section 3: enabling deletes no credentials, and new accounts have none", async () => {
    const large = await startSandboxOrganization({ accounts: 1 });
    try {
      await enableRootAccess(large);
      const summaryOf = async (TargetPrincipal: string) => {
        const task = { TargetPrincipal, TaskPolicyArn: { arn: taskPolicyArn("IAMAuditRootUserCredentials") } };
        const settings = administrator(large, "management");
        const { Credentials } = await new STSClient(settings).send(new AssumeRootCommand(task));
        return (await new IAM(as(settings, identityOf(Credentials))).getAccountSummary({})).SummaryMap;
      };
      const has = (value: number): object => ({
        AccountPasswordPresent: value,
        AccountAccessKeysPresent: value,
        AccountSigningCertificatesPresent: value,
        AccountMFAEnabled: value,
      });
      expect(await summaryOf(sandboxAccounts.orders)).to.include(has(1));
      expect(await summaryOf("600000000001")).to.include(has(0));
    } finally {
      await large.close();
    }
  });

  it("a root user may not enable them", async () => {
    await enableRootAccess(sandbox);
    const key = { id: "AKIASANDBOXMANAGEROOT", secret: "s".repeat(40), status: "Active", created: new Date() } as const;
    sandbox.state.credentials.set(key.id, {
      kind: "long-term key",
      accountId: sandboxAccounts.management,
      userName: undefined,
      key: { ...key },
    });
    const settings = as(administrator(sandbox, "management"), { accessKeyId: key.id, secretAccessKey: key.secret });
    const refusal = await refusalOf(new IAM(settings).enableOrganizationsRootSessions({}));
    expect(refusal).to.include({ code: "AccessDenied", status: 403 });
  });
});
