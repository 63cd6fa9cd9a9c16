import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod";
import {
  type AccountDeletion,
  type AwsAccess,
  deleteInAccounts,
  type DeletionRequest,
  parseAccountChoice,
  parseRecordLine,
  recordedRun,
  type RunningRecord,
} from "#root-access";
import { type FaultRule, sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { setEnvironment } from "../set-environment.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";

const { audit: delegate, orders, payments, closed } = sandboxAccounts;
const named = {
  keys: ["access key …OT01", "access key …OT02"],
  certificate: "signing certificate SANDBOXSIGNINGCERTIFICATE0000001",
  mfa: "MFA device root-account-mfa-device",
};
const everything = [...named.keys, named.certificate, "password", named.mfa];

describe("deleting root credentials", function () {
  this.timeout(60_000);
  this.slow(5_000);

  let sandbox: SandboxOrganization;
  let alice: AwsAccess;
  let folder: string;
  let close: () => Promise<void>;

  async function organizationWith(...rules: readonly FaultRule[]): Promise<void> {
    sandbox = await startSandboxOrganization({ configured: true, accounts: 1, faults: { seed: 3, rules } });
    const restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    close = async () => {
      restoreEnvironment();
      await sandbox.close();
      close = () => Promise.resolve();
    };
    alice = await aliceIn(sandbox);
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "credentials-"));
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true });
  });

  type Given = Partial<Omit<DeletionRequest, "choice">> & { readonly onChanging?: () => void };

  /** Every result, as it came; what ends the run ends it. */
  async function deletion(
    accounts: readonly string[],
    { onChanging, ...given }: Given = {},
  ): Promise<AccountDeletion[]> {
    const results: AccountDeletion[] = [];
    const run = { folder: join(folder, "records"), what: { verb: "credentials delete" } };
    const watched = (record: RunningRecord): RunningRecord => ({
      ...record,
      changing: async (change) => {
        await record.changing(change);
        onChanging?.();
      },
    });
    await recordedRun(run, async (record) => {
      const request = { breakGlass: alice, folder, choice: parseAccountChoice(accounts, []), record: watched(record) };
      for await (const result of deleteInAccounts({ ...request, ...given })) results.push(result);
    });
    return results;
  }

  function rootUser() {
    const user = sandbox.state.iam.get(orders)?.rootUser;
    if (user === undefined) throw new Error("Orders has a root user");
    return user;
  }

  function isEmpty(): boolean {
    const { loginProfile, accessKeys, signingCertificates, mfaDevices } = rootUser();
    return !loginProfile && accessKeys.length + signingCertificates.length + mfaDevices.length === 0;
  }

  /** What root sessions have done in Orders, without an error, in order. */
  function writes(): readonly string[] {
    return sandbox.state.trail
      .filter(({ accountId, eventName, record }) => {
        return accountId === orders && /^(Delete|Deactivate)/.test(eventName) && !record.includes('"errorCode"');
      })
      .map(({ eventName }) => eventName);
  }

  /** The invariant: a device goes only when there is no password any more. */
  function expectNoPasswordWithoutItsMfa(): void {
    const order = writes();
    const deactivated = order.indexOf("DeactivateMFADevice");
    if (deactivated >= 0) expect(order.indexOf("DeleteLoginProfile")).to.be.within(0, deactivated - 1);
    expect(rootUser().loginProfile !== undefined && rootUser().mfaDevices.length === 0).to.equal(false);
  }

  it("deletes keys and certificates, then the password, then its MFA, and AWS confirms that nothing is left", async () => {
    await organizationWith();
    expect(await deletion([orders])).to.deep.equal([
      { account: orders, name: "Orders", outcome: "deleted", deleted: everything },
    ]);
    expect(isEmpty()).to.equal(true);
    expect(writes()).to.deep.equal([
      "DeleteAccessKey",
      "DeleteAccessKey",
      "DeleteSigningCertificate",
      "DeleteLoginProfile",
      "DeactivateMFADevice",
      "DeleteVirtualMFADevice",
    ]);
    const last = sandbox.state.trail.filter(({ accountId }) => accountId === orders).slice(-4);
    expect(last.map(({ eventName }) => eventName)).to.have.members([
      "GetLoginProfile",
      "ListAccessKeys",
      "ListSigningCertificates",
      "ListMFADevices",
    ]);
  });

  it("reads by the audit task first, and opens a session that can delete only where something is", async () => {
    await organizationWith();
    const outcomes = (await deletion([])).map(({ account, outcome }) => `${account} ${outcome}`);
    expect(outcomes).to.have.members([
      `${delegate} nothing to delete`,
      `${orders} deleted`,
      `${payments} failed`,
      `${closed} skipped`,
      "600000000001 nothing to delete",
    ]);
    const opened = sandbox.state.trail.filter(({ eventName }) => eventName === "AssumeRoot");
    const parameters = z.object({
      requestParameters: z.object({ targetPrincipal: z.string(), taskPolicyArn: z.object({ arn: z.string() }) }),
    });
    const tasks = opened.map(({ record }) => parameters.parse(JSON.parse(record)).requestParameters);
    const deleting = tasks.filter(({ taskPolicyArn }) => taskPolicyArn.arn.endsWith("IAMDeleteRootUserCredentials"));
    expect(deleting.map(({ targetPrincipal }) => targetPrincipal)).to.deep.equal([orders]);
  });

  it("done again, finds nothing to delete", async () => {
    await organizationWith();
    await deletion([orders]);
    const before = writes().length;
    expect(await deletion([orders])).to.deep.equal([{ account: orders, name: "Orders", outcome: "nothing to delete" }]);
    expect(writes()).to.have.length(before);
  });

  it("writes nothing when it is a dry run, or is not confirmed, and shows what would go", async () => {
    await organizationWith();
    const [result] = await deletion([orders], { dryRun: true, confirm: () => Promise.reject(new Error("asked")) });
    expect(result).to.have.nested.property("credentials.accessKeys").with.length(2);
    expect(result).to.include({ outcome: "would be deleted" });
    let asked: readonly string[] = [];
    const confirm: DeletionRequest["confirm"] = (findings) => {
      asked = findings.map(({ account }) => account);
      return Promise.resolve(false);
    };
    const error = await rejection(deletion([orders, delegate], { confirm }));
    expect(error.reason).to.equal("cancelled");
    expect(error.message).to.include("Nothing has been changed.");
    expect(asked).to.deep.equal([orders]);
    expect(writes()).to.deep.equal([]);
  });

  it("deletes the MFA device of a root user without a password, and a hardware device", async () => {
    await organizationWith();
    const { mfaDevices } = rootUser();
    delete rootUser().loginProfile;
    mfaDevices.push({ serialNumber: "GAHT12345678", enabled: new Date() });
    const [result] = await deletion([orders]);
    expect(result).to.deep.include({
      outcome: "deleted",
      deleted: [...named.keys, named.certificate, named.mfa, "MFA device GAHT12345678"],
    });
    expect(writes().filter((name) => name === "DeleteVirtualMFADevice")).to.have.length(1);
    expect(isEmpty()).to.equal(true);
  });

  it("keeps a record of what is about to go before the first of it goes, without a key's id", async () => {
    await organizationWith();
    let before = -1;
    await deletion([orders], { onChanging: () => (before = writes().length) });
    expect(before).to.equal(0);
    const month = new Date().toISOString().slice(0, 7);
    const text = await readFile(join(folder, "records", `records-${month}.jsonl`), "utf8");
    const changing = text.split("\n").flatMap((line) => parseRecordLine(line) ?? []);
    expect(changing.find(({ event }) => event === "changing")).to.have.deep.property("change", {
      account: orders,
      deletes: everything,
    });
    expect(text).not.to.include("AKIA");
  });

  const operations = [
    "ListAccessKeys",
    "GetLoginProfile",
    "DeleteAccessKey",
    "DeleteSigningCertificate",
    "DeleteLoginProfile",
    "DeactivateMFADevice",
    "DeleteVirtualMFADevice",
  ];
  const passing: readonly FaultRule[] = [
    { fault: "throttled", calls: [1, 2] },
    { fault: "internal-error", calls: [1] },
    { fault: "cut-before", calls: [1] },
    { fault: "cut-after", calls: [1] },
  ];
  for (const operation of operations) {
    it(`is done although ${operation} is throttled, fails or is cut off in passing`, async () => {
      for (const rule of passing) {
        await organizationWith({ ...rule, service: "iam", operation });
        expect((await deletion([orders]))[0], rule.fault).to.include({ outcome: "deleted" });
        expect(isEmpty(), rule.fault).to.equal(true);
        expectNoPasswordWithoutItsMfa();
        await close();
      }
    });

    it(`never tells an account as done whose ${operation} keeps failing; the next run finishes it`, async () => {
      for (const fault of ["internal-error", "cut-before", "cut-after"] as const) {
        await organizationWith();
        // Every request of a root session in Orders, but none while the account is read by the audit task.
        let takeBack: (() => void) | undefined;
        const onChanging = (): void => {
          takeBack = sandbox.faults?.add({ fault, service: "iam", operation });
        };
        const [result] = await deletion([orders], { onChanging });
        expectNoPasswordWithoutItsMfa();
        // Cut off after the work, the work is done: then it may be told as done.
        const told = z.object({ outcome: z.enum(["failed", "deleted"]), why: z.string().optional() }).parse(result);
        if (fault !== "cut-after") expect(told.outcome, fault).to.equal("failed");
        if (told.outcome === "deleted") expect(isEmpty(), fault).to.equal(true);
        else expect(told.why).to.match(/in 333333333333/);
        takeBack?.();
        expect((await deletion([orders]))[0]?.outcome).to.be.oneOf(["deleted", "nothing to delete"]);
        expect(isEmpty(), fault).to.equal(true);
        await close();
      }
    });
  }

  it("leaves the MFA device where the password may not be deleted, deletes the rest, and says so", async () => {
    await organizationWith();
    deny("iam:DeleteLoginProfile");
    const [result] = await deletion([orders]);
    expect(result).to.deep.include({
      outcome: "failed",
      deleted: [...named.keys, named.certificate],
      left: ["password", named.mfa],
    });
    expect(result).to.have.property("why").that.includes("explicit deny in a service control policy");
    expectNoPasswordWithoutItsMfa();
  });

  it("is done when AWS lets a session deactivate a device and not delete it", async () => {
    await organizationWith();
    deny("iam:DeleteVirtualMFADevice");
    expect((await deletion([orders]))[0]).to.include({ outcome: "deleted" });
    expect(isEmpty()).to.equal(true);
  });

  it("tells what is left when the session expires in the middle; the next run finishes", async () => {
    await organizationWith();
    const expire = (): void => {
      for (const [id, credential] of sandbox.state.credentials) {
        if (credential.kind === "root session") {
          sandbox.state.credentials.set(id, { ...credential, expires: new Date(0) });
        }
      }
    };
    const [result] = await deletion([orders], { onChanging: expire });
    expect(result).to.deep.include({ outcome: "failed", deleted: [], left: everything });
    expect(result).to.have.property("why").that.includes("Expired").and.not.includes("Sign in again");
    expect((await deletion([orders]))[0]).to.include({ outcome: "deleted" });
  });

  it("tells what an account has come to when it is interrupted, and ends as cancelled", async () => {
    await organizationWith({ fault: "slow", service: "iam", operation: "DeleteLoginProfile", milliseconds: 5_000 });
    const controller = new AbortController();
    const results: AccountDeletion[] = [];
    const changing = async (): Promise<void> => {
      await Promise.resolve();
      setTimeout(() => {
        controller.abort();
      }, 1_000);
    };
    const error = await rejection(
      recordedRun({ folder: join(folder, "records"), what: { verb: "test" } }, async (record) => {
        const watched = { ...record, changing };
        const request = { breakGlass: alice, folder, choice: parseAccountChoice([orders], []), record: watched };
        for await (const result of deleteInAccounts({ ...request, signal: controller.signal })) results.push(result);
      }),
    );
    expect(error.reason).to.equal("cancelled");
    expect(results[0]).to.deep.include({
      outcome: "failed",
      deleted: [...named.keys, named.certificate],
      left: ["password", named.mfa],
    });
    expectNoPasswordWithoutItsMfa();
  });

  it("stops with one sentence where the feature is off; an account that cannot be read fails", async () => {
    await organizationWith();
    expect((await deletion([payments]))[0]).to.include({ outcome: "failed" });
    sandbox.state.organization.rootFeatures.delete("RootCredentialsManagement");
    const error = await rejection(deletion([orders]));
    expect(error.message).to.include("Root credentials management feature is not enabled");
    expect(isEmpty()).to.equal(false);
  });

  /** A service control policy on Orders that denies one action. */
  function deny(action: string): void {
    const { policies, attachments } = sandbox.state.organization;
    const full = policies.get("p-FullAWSAccess");
    if (full === undefined) throw new Error("FullAWSAccess is always there");
    const content = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: action, Resource: "*" }],
    });
    policies.set("p-deny", { ...full, id: "p-deny", name: "Deny", awsManaged: false, content });
    attachments.set(orders, new Set([...(attachments.get(orders) ?? []), "p-deny"]));
  }
});
