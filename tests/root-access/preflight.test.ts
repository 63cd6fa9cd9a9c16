import { expect } from "chai";
import { once } from "node:events";
import { breakGlassPolicy, parseAccountId } from "#iam";
import { type AwsAccess, type Check, checkSentence, preflight, type PreflightQuestion } from "#root-access";
import { type FaultRule, sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { check } from "../../root-access/preflight/check.ts";
import { targetCheck } from "../../root-access/preflight/target-check.ts";
import { setEnvironment } from "../set-environment.ts";
import { administrator } from "../simulator/clients.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";

const { orders, payments, closed, management, audit } = sandboxAccounts;

describe("who am I and may I", function () {
  this.timeout(20_000);

  let sandbox: SandboxOrganization;
  let restoreEnvironment: () => void;

  async function organization(...rules: readonly FaultRule[]): Promise<void> {
    sandbox = await startSandboxOrganization({ configured: true, accounts: 30, faults: { seed: 1, rules } });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
  }
  afterEach(async () => {
    restoreEnvironment();
    await sandbox.close();
  });

  function asAdministrator(account: "management" | "orders" | "audit"): AwsAccess {
    const { credentials } = administrator(sandbox, account);
    return { region: "ap-northeast-2", label: account, credentials: () => Promise.resolve(credentials) };
  }

  async function asked(
    breakGlass: AwsAccess,
    account: string,
    more: Partial<PreflightQuestion> = {},
  ): Promise<ReadonlyMap<string, Check>> {
    const accountId = parseAccountId(account);
    if (accountId === undefined) throw new Error(`${account} is no account`);
    const mustDo = ["s3:GetBucketPolicy"];
    const { checks } = await preflight({ breakGlass, accountId, task: "S3UnlockBucketPolicy", mustDo, ...more });
    return new Map(checks.map((found) => [found.about, found]));
  }

  function states(checks: ReadonlyMap<string, Check>): readonly string[] {
    return [...checks.values()].map(({ state }) => state);
  }

  it("is answered with the permission set of the guides; what it may not ask is not checked, and says what it needs", async () => {
    await organization();
    const checks = await asked(await aliceIn(sandbox), orders);
    expect([...checks.values()].map(checkSentence)).to.deep.equal([
      "caller's account: delegated administrator of iam.amazonaws.com",
      "root access features: RootSessions is enabled",
      "target account: Orders, an active member",
      "service control policies: not checked: needs organizations:ListPoliciesForTarget",
      "resource control policies: not checked: needs organizations:ListPoliciesForTarget",
    ]);
  });

  it("sends nothing but reads, and opens no root session", async () => {
    await organization();
    const before = sandbox.state.trail.length;
    await asked(await aliceIn(sandbox), orders);
    const names = sandbox.state.trail.slice(before).map(({ eventName }) => eventName);
    expect(names).not.to.include("AssumeRoot");
    for (const name of names) expect(name).to.match(/^(Get|List|Describe)/);
  });

  it("is asked of an administrator of the management account, policies included", async () => {
    await organization();
    expect(states(await asked(asAdministrator("management"), orders))).to.deep.equal(Array(5).fill("holds"));
  });

  it("is not known of a plain member account, which may not list the delegates", async () => {
    await organization();
    const found = (await asked(asAdministrator("orders"), orders)).get("caller's account");
    expect(found).to.deep.include({ state: "not checked", because: "needs organizations:ListDelegatedAdministrators" });
  });

  it("does not hold for a former delegate that may still read", async () => {
    await organization();
    const { delegatedAdministrators } = sandbox.state.organization;
    delegatedAdministrators.set("cloudtrail.amazonaws.com", new Map(delegatedAdministrators.get("iam.amazonaws.com")));
    delegatedAdministrators.delete("iam.amazonaws.com");
    const found = (await asked(asAdministrator("audit"), orders)).get("caller's account");
    if (found?.state !== "does not hold") throw new Error(JSON.stringify(found));
    expect(found.what).to.include(`Account ${audit} may not open root sessions`);
    expect(found.next).to.include(management);
  });

  it("does not hold where the feature of the task is off, or trusted access", async () => {
    await organization();
    const alice = await aliceIn(sandbox);
    sandbox.state.organization.rootFeatures.delete("RootSessions");
    const off = await asked(alice, orders);
    expect(off.get("root access features")).to.include({
      state: "does not hold",
      what: "Root sessions are not enabled in the organization.",
    });
    const other = await asked(alice, orders, { task: "IAMAuditRootUserCredentials" });
    expect(other.get("root access features")?.state).to.equal("holds");
    sandbox.state.organization.trustedServices.delete("iam.amazonaws.com");
    expect((await asked(alice, orders)).get("root access features")).to.deep.include({
      state: "does not hold",
      what: "Trusted access for iam.amazonaws.com is not enabled in the organization.",
    });
  });

  const targets = [
    { account: management, says: "is the management account" },
    { account: closed, says: "(Closed) is not active but suspended" },
    { account: "999999999999", says: "is not in the organization" },
  ];
  for (const { account, says } of targets) {
    it(`does not hold for a target that ${says}`, async () => {
      await organization();
      const found = (await asked(await aliceIn(sandbox), account)).get("target account");
      if (found?.state !== "does not hold") throw new Error(JSON.stringify(found));
      expect(found.what).to.include(says);
    });
  }

  it("names the service control policy that would deny the session its work, to whoever may read it", async () => {
    await organization();
    const found = (await asked(asAdministrator("management"), payments)).get("service control policies");
    if (found?.state !== "does not hold") throw new Error(JSON.stringify(found));
    expect(found.what).to.match(/^The service control policy \S+ \(.+\) denies s3:GetBucketPolicy to root sessions/);
    expect(found.next).to.include("Null aws:AssumedRoot true");
  });

  it("is enough with the preflight reads of the permission set", async () => {
    await organization();
    const account = sandbox.state.organization.delegatedAdministrators.get("iam.amazonaws.com");
    expect([...(account?.keys() ?? [])]).to.deep.equal([audit]);
    const { Statement } = breakGlassPolicy({ preflight: true });
    expect(JSON.stringify(Statement))
      .to.include("organizations:ListPoliciesForTarget")
      .and.include("organizations:DescribePolicy");
    const checks = await asked(asAdministrator("audit"), payments);
    expect(checks.get("service control policies")?.state).to.equal("does not hold");
  });

  const rcp = (Condition?: object, Action = "s3:PutBucketPolicy"): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Guard", Effect: "Deny", Principal: "*", Action, Resource: "*", ...(Condition ? { Condition } : {}) },
      ],
    });

  async function withResourceControlPolicy(Content: string): Promise<void> {
    await organization();
    const organizations = new OrganizationsClient(administrator(sandbox, "management"));
    const RootId = sandbox.state.organization.root.id;
    await organizations.send(new EnablePolicyTypeCommand({ RootId, PolicyType: "RESOURCE_CONTROL_POLICY" }));
    const { Policy } = await organizations.send(
      new CreatePolicyCommand({ Name: "buckets", Description: "", Type: "RESOURCE_CONTROL_POLICY", Content }),
    );
    const PolicyId = Policy?.PolicySummary?.Id;
    await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: orders }));
  }

  it("finds a resource control policy that denies what has to be done, and only that", async () => {
    await withResourceControlPolicy(rcp());
    const management = asAdministrator("management");
    const put = await asked(management, orders, { mustDo: ["s3:GetBucketPolicy", "s3:PutBucketPolicy"] });
    expect(put.get("resource control policies")?.state).to.equal("does not hold");
    const other = await asked(management, orders);
    expect(other.get("resource control policies")).to.include({ state: "not checked" });
    expect(other.get("service control policies")?.state).to.equal("holds");
  });

  it("does not decide by what it cannot know, such as where the request comes from", async () => {
    await withResourceControlPolicy(rcp({ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "s3:GetBucketPolicy"));
    const found = (await asked(asAdministrator("management"), orders)).get("resource control policies");
    expect(found?.state).to.equal("not checked");
    expect(JSON.stringify(found)).to.include("depends on aws:SourceIp");
  });

  it("never stops at what AWS does not answer", async () => {
    await organization(
      { fault: "internal-error", service: "organizations" },
      { fault: "internal-error", service: "iam" },
    );
    const checks = await asked(await aliceIn(sandbox), orders);
    expect(states(checks)).to.deep.equal(Array(5).fill("not checked"));
    for (const found of checks.values()) expect(checkSentence(found)).to.match(/not checked: Could not .+/);
  });

  it("ends at once when it is cancelled", async () => {
    await organization();
    const error = await rejection(asked(await aliceIn(sandbox), orders, { signal: AbortSignal.abort() }));
    expect(error.reason).to.equal("cancelled");
  });
});

describe("the search for the target account", () => {
  it("leaves the account to the person where the organization is too large to be searched in time", async () => {
    const accountId = parseAccountId(orders);
    if (accountId === undefined) throw new Error("Orders has an account id");
    const neverEnding = (signal: AbortSignal): Promise<undefined> =>
      once(signal, "abort").then(() => Promise.reject(new Error("ended by its signal")));
    const found = await check({ ...targetCheck(accountId, neverEnding), deadlineMilliseconds: 10 });
    expect(checkSentence(found)).to.equal(
      "target account: not checked: make sure that --account 333333333333 is the right one: " +
        "the organization was not searched to its end within 0.01 s",
    );
  });
});
