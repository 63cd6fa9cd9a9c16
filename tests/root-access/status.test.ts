import { expect } from "chai";
import { breakGlassPolicy, parseAccountId, type TaskName, taskNames } from "#iam";
import { type AwsAccess, type Check, checkSentence, status } from "#root-access";
import { type FaultRule, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { permissionSetOf, taskCheck } from "../../root-access/status/task-check.ts";
import { tasksAllowedBy } from "../../root-access/status/permission-sets.ts";
import { setEnvironment } from "../set-environment.ts";
import { administrator } from "../simulator/clients.ts";
import { aliceIn } from "./alice.ts";

describe("the status of centralized root access", function () {
  this.timeout(30_000);

  let sandbox: SandboxOrganization;
  let restoreEnvironment: () => void;

  async function organization(configured: boolean, ...rules: readonly FaultRule[]): Promise<void> {
    sandbox = await startSandboxOrganization({ configured, faults: { seed: 1, rules } });
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

  async function seenBy(breakGlass: AwsAccess): Promise<ReadonlyMap<string, Check>> {
    const { checks } = await status({ breakGlass });
    return new Map(checks.map((found) => [found.about, found]));
  }

  it("is told to the permission set of the guides; what it may not read is not checked, and says what it needs", async () => {
    await organization(true);
    const checks = await seenBy(await aliceIn(sandbox));
    expect([...checks.values()].slice(1).map(checkSentence)).to.deep.equal([
      "organization: o-sandbox0001 with all features, management account 111111111111",
      "caller's account: delegated administrator of iam.amazonaws.com",
      "trusted access: enabled for iam.amazonaws.com",
      "RootCredentialsManagement: enabled",
      "RootSessions: enabled",
      "delegated administrator: 222222222222 (Audit)",
      "permission sets: not checked: needs sso:ListPermissionSets",
      "assignments: not checked: needs the permission sets",
      ...taskNames.map(
        (task) => `task ${task}: not checked: needs sts:AssumeRoot for it, which shows only when a session is opened`,
      ),
    ]);
  });

  it("finds Identity Center in another Region, its permission sets and who holds them", async () => {
    await organization(true);
    const checks = await seenBy(asAdministrator("management"));
    expect(checks.get("permission sets")).to.deep.include({
      state: "holds",
      because: "BreakGlassAssumeRoot for every task",
    });
    expect(checks.get("assignments")).to.include({ because: "BreakGlassAssumeRoot in 222222222222: 1 group" });
  });

  it("opens no root session and writes nothing", async () => {
    await organization(true);
    await seenBy(await aliceIn(sandbox));
    await seenBy(asAdministrator("management"));
    for (const { eventName } of sandbox.state.trail) expect(eventName).to.match(/^(Get|List|Describe)/);
  });

  it("says what is missing and how it is had, where nothing has been enabled", async () => {
    await organization(false);
    const checks = await seenBy(asAdministrator("management"));
    const missing = [...checks.values()].filter(({ state }) => state === "does not hold").map(({ about }) => about);
    expect(missing).to.deep.equal([
      "trusted access",
      "RootCredentialsManagement",
      "RootSessions",
      "permission sets",
      "assignments",
      ...taskNames.map((task) => `task ${task}`),
    ]);
    expect(checks.get("trusted access")).to.have.property("next").that.includes("enable-aws-service-access");
    expect(checks.get("RootSessions")).to.have.property("next").that.includes("enable-organizations-root-sessions");
    expect(checks.get("task S3UnlockBucketPolicy")).to.include({
      what: 'It needs "trusted access" and "RootSessions" first.',
      next: 'See at "trusted access" and "RootSessions".',
    });
    expect(checks.get("delegated administrator")).to.include({ state: "holds" });
  });

  it("tells the two features apart, and the tasks that each is for", async () => {
    await organization(true);
    sandbox.state.organization.rootFeatures.delete("RootSessions");
    const checks = await seenBy(await aliceIn(sandbox));
    const missing = [...checks.values()].filter(({ state }) => state === "does not hold").map(({ about }) => about);
    expect(missing).to.deep.equal(["RootSessions", "task S3UnlockBucketPolicy", "task SQSUnlockQueuePolicy"]);
  });

  it("says to an account that is neither management nor delegate that it is none", async () => {
    await organization(true);
    const checks = await seenBy(asAdministrator("orders"));
    expect(checks.get("caller's account")).to.deep.include({
      state: "does not hold",
      next: "Use credentials of the management account 111111111111, or of a delegated administrator for iam.amazonaws.com.",
    });
    const unseen = ["trusted access", "RootCredentialsManagement", "RootSessions", "delegated administrator"];
    for (const about of [...unseen, "permission sets", "assignments"]) {
      expect(checks.get(about), about).to.include({
        state: "not checked",
        because: "account 333333333333 is not told: only the management account and delegated administrators are",
      });
    }
    expect(checks.get("task S3UnlockBucketPolicy")).to.include({ what: 'It needs "caller\'s account" first.' });
  });

  it("says which permission is missing where the account is the right one", async () => {
    await organization(true);
    const checks = await seenBy(await aliceIn(sandbox));
    expect(checks.get("permission sets")).to.include({ because: "needs sso:ListPermissionSets" });
  });

  it("never takes for missing what AWS fails to answer, and waits out throttling", async () => {
    await organization(
      true,
      { fault: "throttled", service: "iam", calls: [1, 2] },
      { fault: "internal-error", service: "organizations", operation: "ListAWSServiceAccessForOrganization" },
    );
    const checks = await seenBy(await aliceIn(sandbox));
    expect(checks.get("RootSessions")).to.include({ state: "holds" });
    expect(checks.get("trusted access")).to.include({ state: "not checked" });
    expect(checks.get("task S3UnlockBucketPolicy"))
      .to.include({ state: "not checked" })
      .and.to.have.property("because")
      .that.includes("trusted access");
  });
});

describe("what a permission set allows", () => {
  it("is read from its policy, limited to tasks and accounts or not", () => {
    const orders = parseAccountId("333333333333");
    if (orders === undefined) throw new Error("333333333333 is an account id");
    const tasks: readonly TaskName[] = ["S3UnlockBucketPolicy", "SQSUnlockQueuePolicy"];
    expect(tasksAllowedBy(JSON.stringify(breakGlassPolicy()))).to.have.members([...taskNames]);
    expect(tasksAllowedBy(JSON.stringify(breakGlassPolicy({ tasks })))).to.have.members([...tasks]);
    expect(tasksAllowedBy(JSON.stringify(breakGlassPolicy({ tasks, targetAccounts: [orders] })))).to.have.members([
      ...tasks,
    ]);
    const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    expect(tasksAllowedBy(JSON.stringify(everything))).to.have.members([...taskNames]);
    expect(tasksAllowedBy("")).to.deep.equal([]);
    expect(
      tasksAllowedBy(
        JSON.stringify({ ...everything, Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }),
      ),
    ).to.deep.equal([]);
  });

  it("belongs to whoever's session names it", () => {
    const session = "arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_Break_Glass_0123456789abcdef/alice";
    expect(permissionSetOf(session)).to.equal("Break_Glass");
    expect(permissionSetOf("arn:aws:iam::222222222222:user/AWSReservedSSO_x_0123456789abcdef/a")).to.equal(undefined);
  });
});

describe("a task, as far as it is known", () => {
  const needed = ["caller", "caller's account", "trusted access", "RootSessions"];
  const holding = needed.map((about): Check => ({ about, state: "holds", because: "so" }));
  const set = { arn: "arn", name: "BreakGlassUnlock", tasks: ["S3UnlockBucketPolicy"] as const };

  function stateOf(
    task: TaskName,
    changed: readonly Check[],
    own: Pick<Parameters<typeof taskCheck>[1], "ownSet" | "sets">,
  ) {
    return taskCheck(task, { checks: new Map([...holding, ...changed].map((found) => [found.about, found])), ...own });
  }

  it("holds only where everything that it needs is known, the permission set of the caller's session included", () => {
    const own = { ownSet: "BreakGlassUnlock", sets: [set] };
    const found = stateOf("S3UnlockBucketPolicy", [], own);
    expect(found).to.include({ state: "holds", because: "allowed by the permission set BreakGlassUnlock" });
    expect(stateOf("SQSUnlockQueuePolicy", [], own)).to.include({
      state: "does not hold",
      what: "The permission set BreakGlassUnlock does not allow it.",
    });
    for (const unknown of [{}, { ownSet: "BreakGlassUnlock" }, { ownSet: "Other", sets: [set] }, { sets: [set] }]) {
      expect(stateOf("S3UnlockBucketPolicy", [], unknown)).to.include({ state: "not checked" });
    }
  });

  it("is not checked while anything that it needs is not, and is missing while anything is", () => {
    const own = { ownSet: "BreakGlassUnlock", sets: [set] };
    for (const about of needed) {
      const unknown: Check = { about, state: "not checked", because: "needs x:Y" };
      expect(stateOf("S3UnlockBucketPolicy", [unknown], own)).to.include({ state: "not checked", because: about });
      const missing: Check = { about, state: "does not hold", what: "No.", next: "Do it." };
      expect(stateOf("S3UnlockBucketPolicy", [missing], own)).to.include({ what: `It needs "${about}" first.` });
    }
  });
});
