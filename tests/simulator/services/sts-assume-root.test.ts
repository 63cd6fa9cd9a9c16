import { DisableOrganizationsRootSessionsCommand, GetAccountSummaryCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  DeregisterDelegatedAdministratorCommand,
  DisableAWSServiceAccessCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { AssumeRootCommand, type AssumeRootRequest, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { type TaskName, taskNames, taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator, as } from "../clients.ts";
import { type Refusal, refusalOf } from "../refusal.ts";
import { enableRootAccess, identityOf, rootSession } from "../root-session.ts";

const { management, audit, orders, payments, closed } = sandboxAccounts;

describe("sts:AssumeRoot", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
  });

  afterEach(() => sandbox.close());

  const send = (request: Partial<AssumeRootRequest>, account: AccountName = "management") =>
    new STSClient(administrator(sandbox, account)).send(new AssumeRootCommand(request as AssumeRootRequest));
  const open = (TargetPrincipal: string, task: TaskName, account?: AccountName) =>
    send({ TargetPrincipal, TaskPolicyArn: { arn: taskPolicyArn(task) } }, account);
  const refused = (request: Partial<AssumeRootRequest>, account?: AccountName): Promise<Refusal> =>
    refusalOf(send(request, account));
  const notAuthorized = (callerId: string, target: string): Refusal => ({
    code: "AccessDenied",
    message: `User: arn:aws:iam::${callerId}:user/administrator is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${target}:root`,
    status: 403,
    reason: undefined,
  });

  describe("section 1: parameters", () => {
    const valid = { TargetPrincipal: orders, TaskPolicyArn: { arn: taskPolicyArn("S3UnlockBucketPolicy") } };
    const cases: readonly [string, Partial<AssumeRootRequest>, string][] = [
      [
        "a duration of 901 seconds",
        { ...valid, DurationSeconds: 901 },
        "1 validation error detected: Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
      ],
      [
        "no task policy",
        { TargetPrincipal: orders },
        "1 validation error detected: Value null at 'taskPolicyArn' failed to satisfy constraint: Member must not be null",
      ],
      [
        "a user's ARN as target",
        { ...valid, TargetPrincipal: `arn:aws:iam::${orders}:user/someone` },
        "Request must contain a valid target principal",
      ],
      [
        "another policy's ARN",
        { ...valid, TaskPolicyArn: { arn: "arn:aws:iam::aws:policy/AdministratorAccess" } },
        "Request must contain valid AWS managed task policy ARN",
      ],
      [
        "a target that is too short",
        { ...valid, TargetPrincipal: "33333" },
        "1 validation error detected: Value '33333' at 'targetPrincipal' failed to satisfy constraint: Member must have length greater than or equal to 12",
      ],
      [
        "two members at fault, naming both,",
        { ...valid, TargetPrincipal: "33333", DurationSeconds: 901 },
        "2 validation errors detected: Value '33333' at 'targetPrincipal' failed to satisfy constraint: Member must have length greater than or equal to 12; Value '901' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 900",
      ],
    ];
    for (const [name, request, message] of cases) {
      it(`refuses ${name} before anything else is looked at`, async () => {
        expect(await refused(request)).to.include({ code: "ValidationError", status: 400, message });
      });
    }

    it("takes the account id and the root user's ARN as target", async () => {
      await enableRootAccess(sandbox);
      for (const target of [orders, `arn:aws:iam::${orders}:root`]) {
        const { Credentials } = await open(target, "S3UnlockBucketPolicy");
        expect(Credentials?.SessionToken).to.be.a("string").and.not.equal("");
      }
    });
  });

  describe("section 1: caller and target", () => {
    beforeEach(() => enableRootAccess(sandbox));

    it("refuses the management account as a target", async () => {
      const refusal = await refusalOf(open(management, "S3UnlockBucketPolicy"));
      expect(refusal).to.deep.equal(notAuthorized(management, management));
    });

    it("refuses a member account as caller", async () => {
      const refusal = await refusalOf(open(payments, "S3UnlockBucketPolicy", "orders"));
      expect(refusal).to.deep.equal(notAuthorized(orders, payments));
    });

    it("refuses accounts outside of the organization and suspended ones", async () => {
      for (const target of ["999999999999", closed]) {
        const refusal = await refusalOf(open(target, "S3UnlockBucketPolicy"));
        expect(refusal).to.deep.equal(notAuthorized(management, target));
      }
    });

    it("lets the delegated administrator in, until it is deregistered", async () => {
      await open(orders, "S3UnlockBucketPolicy", "audit");
      await new OrganizationsClient(administrator(sandbox, "management")).send(
        new DeregisterDelegatedAdministratorCommand({ AccountId: audit, ServicePrincipal: "iam.amazonaws.com" }),
      );
      const refusal = await refusalOf(open(orders, "S3UnlockBucketPolicy", "audit"));
      expect(refusal).to.deep.equal(notAuthorized(audit, orders));
    });

    it("never lets a root user in", async () => {
      const key = sandbox.state.iam.get(orders)?.rootUser.accessKeys[0];
      const settings = as(administrator(sandbox, "orders"), {
        accessKeyId: key?.id ?? "",
        secretAccessKey: key?.secret ?? "",
      });
      sandbox.state.organization.delegatedAdministrators.get("iam.amazonaws.com")?.set(orders, sandbox.clock.now());
      const request = { TargetPrincipal: audit, TaskPolicyArn: { arn: taskPolicyArn("S3UnlockBucketPolicy") } };
      const refusal = await refusalOf(new STSClient(settings).send(new AssumeRootCommand(request)));
      expect(refusal).to.include({
        code: "AccessDenied",
        message: `User: arn:aws:iam::${orders}:root is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${audit}:root`,
      });
    });
  });

  describe("section 1: trusted access and features", () => {
    const denial = { code: "AccessDenied", status: 403 };

    it("is refused while trusted access is off", async () => {
      const refusal = await refusalOf(open(orders, "S3UnlockBucketPolicy"));
      expect(refusal).to.include({ ...denial, message: "Service not enabled for AWS Organizations." });
    });

    for (const task of taskNames) {
      const feature = task.startsWith("IAM") ? "RootCredentialsManagement" : "RootSessions";
      const name = task.startsWith("IAM") ? "Root credentials management" : "Root sessions";

      it(`opens ${task} with ${feature} alone, and not without it`, async () => {
        await enableRootAccess(sandbox);
        const { rootFeatures } = sandbox.state.organization;
        rootFeatures.delete(feature);
        expect(await refusalOf(open(orders, task))).to.include({
          ...denial,
          message: `${name} feature is not enabled for your AWS Organization.`,
        });
        rootFeatures.clear();
        rootFeatures.add(feature);
        await open(orders, task);
      });
    }

    it("keeps what is open when delegate, features and trusted access go", async () => {
      await enableRootAccess(sandbox);
      const session = await rootSession(sandbox, "orders", "IAMAuditRootUserCredentials");
      const settings = administrator(sandbox, "management");
      const ServicePrincipal = "iam.amazonaws.com";
      await new IAMClient(settings).send(new DisableOrganizationsRootSessionsCommand({}));
      const organizations = new OrganizationsClient(settings);
      await organizations.send(new DeregisterDelegatedAdministratorCommand({ AccountId: audit, ServicePrincipal }));
      await organizations.send(new DisableAWSServiceAccessCommand({ ServicePrincipal }));
      const { SummaryMap } = await new IAMClient(session).send(new GetAccountSummaryCommand({}));
      expect(SummaryMap).to.include({ AccountPasswordPresent: 1 });
    });
  });

  describe("the session", () => {
    beforeEach(() => enableRootAccess(sandbox));

    it("section 1: is the member account's root", async () => {
      const session = await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy");
      const identity = await new STSClient(session).send(new GetCallerIdentityCommand({}));
      expect(identity).to.include({ Account: orders, UserId: orders, Arn: `arn:aws:iam::${orders}:root` });
    });

    it("section 7: is subject to the member account's service control policies", async () => {
      const session = await rootSession(sandbox, "payments", "IAMAuditRootUserCredentials");
      const refusal = await refusalOf(new IAMClient(session).send(new GetAccountSummaryCommand({})));
      expect(refusal).to.include({
        code: "AccessDenied",
        message: `User: arn:aws:iam::${payments}:root is not authorized to perform: iam:GetAccountSummary on resource: * with an explicit deny in a service control policy`,
      });
      const identity = await new STSClient(session).send(new GetCallerIdentityCommand({}));
      expect(identity.Account).to.equal(payments);
    });

    it("section 7: gets through once the policy exempts root sessions", async () => {
      const policy = sandbox.state.organization.policies.get("p-denyroot");
      if (!policy) expect.fail("The sandbox has the policy that denies root users.");
      policy.content = policy.content.replace('"Condition":{', '"Condition":{"Null":{"aws:AssumedRoot":"true"},');
      const session = await rootSession(sandbox, "payments", "IAMAuditRootUserCredentials");
      await new IAMClient(session).send(new GetAccountSummaryCommand({}));
    });

    it("section 1: lasts fifteen minutes at most, by the simulator's clock", async () => {
      const { Credentials } = await send({
        TargetPrincipal: orders,
        TaskPolicyArn: { arn: taskPolicyArn("S3UnlockBucketPolicy") },
        DurationSeconds: 60,
      });
      const settings = as(administrator(sandbox, "management"), identityOf(Credentials));
      await new STSClient(settings).send(new GetCallerIdentityCommand({}));
      sandbox.clock.advance(61_000);
      const refusal = await refusalOf(new STSClient(settings).send(new GetCallerIdentityCommand({})));
      expect(refusal).to.include({
        code: "ExpiredToken",
        status: 403,
        message: "The security token included in the request is expired",
      });
    });

    it("section 1: cannot open another one", async () => {
      const session = await rootSession(sandbox, "orders", "S3UnlockBucketPolicy");
      const request = { TargetPrincipal: audit, TaskPolicyArn: { arn: taskPolicyArn("S3UnlockBucketPolicy") } };
      const refusal = await refusalOf(new STSClient(session).send(new AssumeRootCommand(request)));
      expect(refusal.code).to.equal("AccessDenied");
    });
  });
});
