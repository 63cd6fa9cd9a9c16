import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { AccountId } from "#iam";
import { allowRecovery, recordedRun, type RecoveryRequest, type RecoveryResult } from "#root-access";
import { type FaultRule, sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { setEnvironment } from "../set-environment.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";

const { audit: clean, orders, payments, closed, management } = sandboxAccounts;

describe("allowing password recovery", function () {
  this.timeout(30_000);

  let sandbox: SandboxOrganization;
  let folder: string;
  let restoreEnvironment: () => void;

  async function organizationWith(...rules: readonly FaultRule[]): Promise<void> {
    sandbox = await startSandboxOrganization({ configured: true, faults: { seed: 3, rules } });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "recovery-"));
  });
  afterEach(async () => {
    restoreEnvironment();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function recovery(accountId: AccountId, given: Partial<RecoveryRequest> = {}): Promise<RecoveryResult> {
    const breakGlass = await aliceIn(sandbox);
    return recordedRun({ folder, what: { verb: "credentials allow-recovery" } }, (record) =>
      allowRecovery({ breakGlass, accountId, record, ...given }),
    );
  }

  function profileOf(account: AccountId): unknown {
    return sandbox.state.iam.get(account)?.rootUser.loginProfile;
  }

  function created(): number {
    return sandbox.state.trail.filter(({ eventName }) => eventName === "CreateLoginProfile").length;
  }

  it("looks first by the audit task, makes the login profile, and sees that it is there", async () => {
    await organizationWith();
    const { outcome, account } = await recovery(clean);
    expect(outcome).to.equal("allowed");
    expect(account).to.include({ id: clean, name: "Audit" });
    expect(account.email).to.match(/@/);
    expect(profileOf(clean)).not.to.equal(undefined);
    const done = sandbox.state.trail
      .filter(
        ({ accountId, userName, eventName }) =>
          (accountId === clean && userName === "root") || eventName === "AssumeRoot",
      )
      .map(({ eventName }) => eventName);
    expect(done).to.deep.equal([
      "AssumeRoot",
      "GetAccountSummary",
      "AssumeRoot",
      "CreateLoginProfile",
      "GetLoginProfile",
    ]);
  });

  it("done again, writes nothing", async () => {
    await organizationWith();
    await recovery(clean);
    expect((await recovery(clean)).outcome).to.equal("already allowed");
    expect(created()).to.equal(1);
  });

  it("is refused where the root user has credentials, and where the account is suspended", async () => {
    await organizationWith();
    const withCredentials = await rejection(recovery(orders));
    expect(withCredentials.reason).to.equal("refused");
    expect(withCredentials.message).to.include(`break-glass credentials delete --account ${orders}`);
    const suspended = await rejection(recovery(closed));
    expect(suspended.reason).to.equal("not-authorized");
    expect(suspended.message).to.include("is not active but suspended");
    expect((await rejection(recovery(management))).reason).to.equal("not-authorized");
    expect(created()).to.equal(0);
  });

  it("asks when the account is known to have nothing, and writes nothing without consent or in a dry run", async () => {
    await organizationWith();
    const asked: (string | undefined)[] = [];
    const confirm: RecoveryRequest["confirm"] = ({ email }) => {
      asked.push(email);
      return Promise.resolve(false);
    };
    expect((await rejection(recovery(clean, { confirm }))).reason).to.equal("cancelled");
    await rejection(recovery(orders, { confirm }));
    expect((await recovery(clean, { confirm, dryRun: true })).outcome).to.equal("would be allowed");
    expect(asked).to.have.length(1);
    expect(created()).to.equal(0);
  });

  it("says what stands in the way of the whole task", async () => {
    await organizationWith();
    expect((await rejection(recovery(payments))).message).to.include("explicit deny in a service control policy");
    sandbox.state.organization.rootFeatures.delete("RootCredentialsManagement");
    const off = await rejection(recovery(clean));
    expect(off.message).to.include("Enable root credentials management");
    expect(created()).to.equal(0);
  });

  for (const fault of ["throttled", "internal-error", "cut-before", "cut-after"] as const) {
    it(`is done although CreateLoginProfile is ${fault} in passing`, async () => {
      await organizationWith({ fault, service: "iam", operation: "CreateLoginProfile", calls: [1] });
      expect((await recovery(clean)).outcome).to.equal("allowed");
      expect(profileOf(clean)).not.to.equal(undefined);
    });
  }

  it("never tells recovery as allowed that AWS keeps failing at", async () => {
    await organizationWith({ fault: "internal-error", service: "iam", operation: "CreateLoginProfile" });
    const error = await rejection(recovery(clean));
    expect(error.reason).to.equal("aws-failed");
    expect(error.message).to.include("may or may not have been allowed");
    expect(profileOf(clean)).to.equal(undefined);
  });
});
