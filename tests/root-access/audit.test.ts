import { spawnSync } from "node:child_process";
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod";
import { breakGlassPolicy, parseAccountId } from "#iam";
import {
  type AccountAudit,
  auditedAccounts,
  type AuditRequest,
  type AwsAccess,
  openAudit,
  parseAccountChoice,
} from "#root-access";
import { type FaultRule, sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { setEnvironment } from "../set-environment.ts";
import { aliceIn } from "./alice.ts";
import { rejection } from "./rejection.ts";

const { audit: delegate, orders, payments, closed, management } = sandboxAccounts;
const everyAccount = parseAccountChoice([], []);

describe("an audit", function () {
  this.timeout(30_000);

  let sandbox: SandboxOrganization;
  let alice: AwsAccess;
  let folder: string;
  let restoreEnvironment: () => void;

  async function organizationWith(accounts: number, ...rules: readonly FaultRule[]): Promise<void> {
    sandbox = await startSandboxOrganization({ configured: true, accounts, faults: { seed: 3, rules } });
    restoreEnvironment = setEnvironment({ AWS_ENDPOINT_URL: sandbox.endpoint });
    alice = await aliceIn(sandbox);
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "audit-"));
  });
  afterEach(async () => {
    restoreEnvironment();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function audited(
    choice: AuditRequest["choice"],
    more: Partial<AuditRequest> = {},
  ): Promise<ReadonlyMap<string, AccountAudit>> {
    const audit = await openAudit({ breakGlass: alice, folder, choice, ...more });
    const results = new Map<string, AccountAudit>();
    for await (const result of audit.run()) results.set(result.account, result);
    return results;
  }

  /** What alice and the root sessions have called about an account, in order. */
  function callsAbout(account: string): readonly string[] {
    const target = parseAccountId(account);
    return sandbox.state.trail
      .filter(({ accountId, eventName, record, userName }) =>
        eventName === "AssumeRoot"
          ? parametersIn(record).includes(account)
          : accountId === target && userName === "root",
      )
      .map(({ eventName }) => eventName);
  }

  function outcomes(results: ReadonlyMap<string, AccountAudit>): Record<string, string> {
    return Object.fromEntries([...results].map(([account, { outcome }]): [string, string] => [account, outcome]));
  }

  async function journalText(): Promise<string> {
    const [name = ""] = await readdir(folder);
    return readFile(join(folder, name), "utf8");
  }

  it("says of every member account what its root user has, and why one could not be read", async () => {
    await organizationWith(2);
    const results = await audited(everyAccount);
    expect(outcomes(results)).to.deep.equal({
      [delegate]: "clean",
      [orders]: "findings",
      [payments]: "not read",
      [closed]: "skipped",
      "600000000001": "clean",
      "600000000002": "clean",
    });
    const created = "2026-01-05T09:00:00.000Z";
    expect(results.get(orders)).to.deep.equal({
      account: orders,
      name: "Orders",
      outcome: "findings",
      credentials: {
        password: true,
        accessKeys: [
          { idEndsWith: "OT01", active: true, created },
          { idEndsWith: "OT02", active: true, created },
        ],
        signingCertificates: [{ id: "SANDBOXSIGNINGCERTIFICATE0000001", active: true, uploaded: created }],
        mfaDevices: [{ serialNumber: `arn:aws:iam::${orders}:mfa/root-account-mfa-device`, enabled: created }],
      },
    });
    const unread = results.get(payments);
    expect(unread && "why" in unread && unread.why)
      .to.include("iam:GetAccountSummary on resource: * with an explicit deny in a service control policy")
      .and.include("Exempt root sessions");
    expect(results.get(closed)).to.include({ why: "suspended" });
  });

  it("makes two calls for a clean account, detail calls where something is there, none for a suspended one", async () => {
    await organizationWith(1);
    await audited(everyAccount);
    expect(callsAbout("600000000001")).to.deep.equal(["AssumeRoot", "GetAccountSummary"]);
    expect(callsAbout(orders)).to.deep.equal([
      "AssumeRoot",
      "GetAccountSummary",
      "ListAccessKeys",
      "GetAccessKeyLastUsed",
      "GetAccessKeyLastUsed",
      "ListSigningCertificates",
      "ListMFADevices",
    ]);
    expect(callsAbout(closed)).to.deep.equal([]);
    expect(callsAbout(management)).to.deep.equal([]);
  });

  it("lists accounts by the calls that the permission set allows, page by page", async () => {
    await organizationWith(45);
    const results = await audited(everyAccount);
    expect(results.size).to.equal(49);
    const asked = sandbox.state.trail.filter(({ eventSource }) => eventSource === "organizations.amazonaws.com");
    expect(new Set(asked.map(({ eventName }) => eventName))).to.deep.equal(
      new Set(["ListRoots", "ListAccountsForParent", "ListOrganizationalUnitsForParent"]),
    );
    expect(asked.filter(({ record }) => record.includes('"errorCode"'))).to.deep.equal([]);
  });

  it("asks for a task that can only read", async () => {
    await organizationWith(0);
    await audited(everyAccount);
    const opened = sandbox.state.trail.filter(({ eventName }) => eventName === "AssumeRoot");
    expect(opened).to.have.length(3);
    for (const { record } of opened) {
      expect(parametersIn(record)).to.include("root-task/IAMAuditRootUserCredentials");
    }
  });

  it("tells the last use of an access key, and a password without MFA", async () => {
    await organizationWith(0);
    const rootUser = sandbox.state.iam.get(orders)?.rootUser;
    const [first, second] = rootUser?.accessKeys ?? [];
    if (!rootUser || !first || !second) throw new Error("Orders should have two root access keys");
    rootUser.mfaDevices.splice(0);
    second.status = "Inactive";
    first.lastUsed = { at: new Date("2026-11-01T02:03:04Z"), service: "s3", region: "eu-west-1" };
    const result = (await audited(parseAccountChoice([orders], []))).get(orders);
    expect(result).to.have.nested.property("credentials.mfaDevices").that.is.empty;
    expect(result).to.have.deep.nested.property("credentials.accessKeys[0].lastUsed", {
      at: "2026-11-01T02:03:04.000Z",
      service: "s3",
      region: "eu-west-1",
    });
    expect(result).to.have.nested.property("credentials.accessKeys[1].active", false);
  });

  it("takes chosen accounts and organizational units, each account once", async () => {
    await organizationWith(1);
    const chosen = async (accounts: readonly string[], units: readonly string[]): Promise<readonly string[]> => [
      ...(await audited(parseAccountChoice(accounts, units))).keys(),
    ];
    expect(await chosen([orders, orders], [])).to.deep.equal([orders]);
    expect(await chosen([], ["Security"])).to.deep.equal([delegate]);
    expect(await chosen([], ["ou-sbox-security"])).to.deep.equal([delegate]);
    expect(await chosen([orders], ["/Workloads/"])).to.have.members([orders, closed, "600000000001"]);
  });

  it("refuses what is not there before a root session is opened and a journal begun", async () => {
    await organizationWith(0);
    const refusals: readonly (readonly [readonly string[], readonly string[], string])[] = [
      [["999999999999"], [], "Account 999999999999 is not in the organization."],
      [[management], [], `Account ${management} is the management account`],
      [[orders, closed], [], `Account ${closed} (Closed) is not active but suspended.`],
      [[], ["Workloads/Production"], 'no organizational unit "Production" below Workloads'],
      [[], ["workloads"], "there are: Security, Workloads, Restricted."],
      [[], ["ou-sbox-missing0"], "There is no organizational unit ou-sbox-missing0"],
    ];
    for (const [accounts, units, sentence] of refusals) {
      const error = await rejection(audited(parseAccountChoice(accounts, units)));
      expect(error.reason).to.equal(accounts.length > 0 ? "not-authorized" : "usage");
      expect(error.message).to.include(sentence);
    }
    expect(await readdir(folder)).to.deep.equal([]);
    expect(sandbox.state.trail.some(({ eventName }) => eventName === "AssumeRoot")).to.equal(false);
    expect(() => parseAccountChoice(["12345"], [])).to.throw('"12345" is not an AWS account id');
    expect(() => parseAccountChoice([], ["/"])).to.throw("names no organizational unit");
  });

  it("reads accounts by id for a caller who may not list them, and says what was not checked", async () => {
    await organizationWith(0);
    const inline = JSON.stringify(breakGlassPolicy({ accountListing: "none" }));
    for (const set of sandbox.state.identityCenter.permissionSets.values()) {
      for (const [account, role] of set.provisioned) set.provisioned.set(account, { ...role, inlinePolicy: inline });
    }
    for (const role of sandbox.state.iam.get(delegate)?.roles.values() ?? []) {
      for (const name of role.inlinePolicies.keys()) role.inlinePolicies.set(name, inline);
    }
    const notes: string[] = [];
    const onNote = (sentence: string): number => notes.push(sentence);
    const results = await audited(parseAccountChoice([orders], []), { onNote });
    expect(outcomes(results)).to.deep.equal({ [orders]: "findings" });
    expect(results.get(orders)).not.to.have.property("name");
    expect(notes).to.deep.equal(["Names and states of the accounts: not checked: needs organizations:ListRoots."]);
    expect((await rejection(audited(everyAccount))).reason).to.equal("not-authorized");
  });

  it("reads every account although AWS throttles and fails now and then", async () => {
    await organizationWith(
      20,
      { fault: "throttled", service: "sts", operation: "AssumeRoot", calls: [1, 2, 3, 9, 17, 20] },
      { fault: "throttled", service: "organizations", calls: [1, 4, 5] },
      { fault: "throttled", service: "iam", probability: 0.2 },
      { fault: "internal-error", service: "iam", calls: [2, 5] },
      { fault: "cut-after", service: "sts", operation: "AssumeRoot", calls: [4] },
    );
    const counts = Object.groupBy((await audited(everyAccount)).values(), ({ outcome }) => outcome);
    expect(counts.clean).to.have.length(21);
    expect(counts.findings).to.have.length(1);
    expect(counts["not read"]).to.have.length(1);
  });

  it("never takes an account for clean that AWS keeps failing for", async () => {
    await organizationWith(1, { fault: "internal-error", service: "iam", account: "600000000001" });
    const result = (await audited(parseAccountChoice(["600000000001"], []))).get("600000000001");
    expect(result).to.include({ outcome: "not read" });
    expect(result && "why" in result && result.why).to.include("InternalFailure");
  });

  it("stops with one sentence at what concerns every account", async () => {
    await organizationWith(30);
    sandbox.state.organization.rootFeatures.delete("RootCredentialsManagement");
    const error = await rejection(audited(everyAccount));
    expect(error.reason).to.equal("not-authorized");
    expect(error.message).to.include("Root credentials management feature is not enabled");
    expect(await journalText()).not.to.include('"not read"');
  });

  it("keeps each result on disk, for its owner alone, before giving it, and no credential with it", async () => {
    await organizationWith(3);
    const audit = await openAudit({ breakGlass: alice, folder: join(folder, "audits"), choice: everyAccount });
    for await (const result of audit.run()) {
      expect(await readFile(audit.path, "utf8")).to.include(`${JSON.stringify(result)}\n`);
    }
    expect((await stat(audit.path)).mode & 0o777).to.equal(0o600);
    expect((await stat(join(folder, "audits"))).mode & 0o777).to.equal(0o700);
    const kept = await readFile(audit.path, "utf8");
    expect(kept).not.to.match(/ASIA|AKIA|secret|token/i);
    for (const key of sandbox.state.credentials.keys()) expect(kept).not.to.include(key);
  });

  it("keeps what is done when it is cancelled; resumed, it reads the rest and only the rest", async () => {
    await organizationWith(60);
    const controller = new AbortController();
    const audit = await openAudit({ breakGlass: alice, folder, choice: everyAccount, signal: controller.signal });
    const first: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const { account } of audit.run()) if (first.push(account) === 5) controller.abort();
      })(),
    );
    expect(error.reason).to.equal("cancelled");
    expect(first.length).to.be.within(5, 63);
    const done = (await journalText()).split("\n").filter((line) => line.includes('"outcome"'));
    expect(done.length).to.be.at.least(first.length);

    const second = await openAudit({ breakGlass: alice, folder, choice: "latest" });
    expect(second.path).to.equal(audit.path);
    const rest: string[] = [];
    for await (const { account } of second.run()) rest.push(account);
    expect(rest.length).to.be.at.least(1);
    for (const line of done) {
      const account = /"account":"(\d+)"/.exec(line)?.[1] ?? "";
      const opened = callsAbout(account).filter((name) => name === "AssumeRoot");
      expect(opened.length, account).to.be.at.most(account === payments ? 2 : 1);
    }

    const all: string[] = [];
    for await (const { account } of second.results()) all.push(account);
    expect(all.length).to.equal(64);
    expect(new Set(all).size).to.equal(64);
  });

  it("does not write a journal that another run is writing, and says so in a sentence", async () => {
    await organizationWith(5);
    const controller = new AbortController();
    const audit = await openAudit({ breakGlass: alice, folder, choice: everyAccount, signal: controller.signal });
    const error = await rejection(openAudit({ breakGlass: alice, folder, choice: "latest" }));
    expect(error.reason).to.equal("refused");
    expect(error.message).to.include(`Another break-glass audit is writing ${audit.path}.`);
    controller.abort();
    await rejection(
      (async () => {
        for await (const result of audit.run()) expect(result).to.have.property("account");
      })(),
    );
    expect((await audited("latest")).size).to.be.greaterThan(0);
    expect((await readdir(folder)).filter((name) => name.includes(".lock-"))).to.deep.equal([]);
  });

  it("takes no notice of a dead process's lock, and respects one of another host", async () => {
    await organizationWith(0);
    await audited(everyAccount);
    const [name = ""] = await readdir(folder);
    const gone = spawnSync(process.execPath, ["--version"]).pid;
    const lock = join(folder, `${name}.lock-left`);
    await writeFile(lock, JSON.stringify({ pid: gone, host: hostname() }));
    await audited("latest");
    await writeFile(lock, JSON.stringify({ pid: gone, host: "elsewhere" }));
    const error = await rejection(audited("latest"));
    expect(error.message).to.include(`delete ${lock}`);
    await rm(lock);
    await audited("latest");
  });

  it("resumes after a kill that left half a line, and tries again what could not be read", async () => {
    await organizationWith(0);
    await audited(everyAccount);
    const [name = ""] = await readdir(folder);
    await appendFile(join(folder, name), '{"account":"2222');
    sandbox.state.organization.attachments.set(
      payments,
      new Set([...sandbox.state.organization.policies.keys()].filter((id) => id === "p-FullAWSAccess")),
    );
    sandbox.state.organization.attachments.set("ou-sbox-restrict", new Set(["p-FullAWSAccess"]));
    const results = await audited("latest");
    expect(outcomes(results)).to.deep.equal({ [payments]: "clean" });
    for (const line of (await journalText()).trim().split("\n"))
      expect(() => JSON.parse(line) as unknown).not.to.throw();
    const nothingLeft = await rejection(audited("latest"));
    expect(nothingLeft.reason).to.equal("usage");
    expect(nothingLeft.message).to.include("There is no audit to go on with");
  });

  it("says what it would read without opening a root session", async () => {
    await organizationWith(0);
    const members: string[] = [];
    for await (const { id, state } of auditedAccounts({ breakGlass: alice, choice: everyAccount })) {
      members.push(`${id} ${state ?? ""}`);
    }
    expect(members).to.have.members([
      `${delegate} ACTIVE`,
      `${orders} ACTIVE`,
      `${payments} ACTIVE`,
      `${closed} SUSPENDED`,
    ]);
    expect(sandbox.state.trail.some(({ eventName }) => eventName === "AssumeRoot")).to.equal(false);
    expect(await readdir(folder)).to.deep.equal([]);
  });
});

/** The request parameters of a CloudTrail record, as text. */
function parametersIn(record: string): string {
  return JSON.stringify(z.object({ requestParameters: z.unknown() }).parse(JSON.parse(record)).requestParameters);
}
