import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

/** The command as it is typed, about what really was refused in a sandbox: Payments denies its root, sessions too. */
describe("break-glass diagnose", function () {
  this.timeout(120_000);

  let sandbox: TestSandbox;
  let audited: Ended;

  before(async () => {
    sandbox = await openTestSandbox({ configured: true });
    const audit = ["audit", "--account", "444444444444", "--profile", "break-glass"];
    audited = expectStatus(await sandbox.run("break-glass", audit), 1);
  });
  after(() => sandbox.close());

  const diagnose = (...words: readonly string[]): Promise<Ended> => sandbox.run("break-glass", ["diagnose", ...words]);

  it("explains what another verb printed: a service control policy, and the condition that exempts root sessions", async () => {
    const { stdout } = expectStatus(await diagnose(audited.stdout), 0);
    expect(stdout)
      .to.include("service control policy")
      .and.include('"aws:AssumedRoot": "true"')
      .and.include("not checked: which statement: organizations:ListPoliciesForTarget");
  });

  it("finds it in CloudTrail of the member account, and the statement in the policy that is given", async () => {
    const file = join(sandbox.folder, "deny-root.json");
    const Condition = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } };
    const statement = { Sid: "DenyRoot", Effect: "Deny", Action: "*", Resource: "*", Condition };
    await writeFile(file, JSON.stringify({ Version: "2012-10-17", Statement: statement }));
    const words = ["--minutes", "30", "--profile", "payments", "--scp", file, "--output", "json"];
    const diagnoses: unknown = JSON.parse(expectStatus(await diagnose(...words), 0).stdout);
    expect(diagnoses).to.have.nested.property("[0].cause", "service-control-policy");
    expect(diagnoses).to.have.nested.property("[0].denials[0].event.rootSession", true);
    expect(diagnoses).to.have.deep.nested.property("[0].changes[0].json", {
      ...statement,
      Condition: { ...Condition, Null: { "aws:AssumedRoot": "true" } },
    });
  });

  it("reads the statement in the organization, for a profile that may", async () => {
    const words = [audited.stdout, "--profile", "management", "--output", "json"];
    const diagnoses: unknown = JSON.parse(expectStatus(await diagnose(...words), 0).stdout);
    expect(diagnoses).to.have.nested.property("[0].because").that.includes("Statement DenyRoot");
    expect(diagnoses).to.have.deep.nested.property("[0].notChecked", []);
    expect(diagnoses).to.have.nested.property("[0].changes[0].json.Condition.Null.aws:AssumedRoot", "true");
    const { stdout } = expectStatus(await diagnose(audited.stdout, "--profile", "break-glass"), 0);
    expect(stdout).to.include("not checked: which statement");
  });

  it("says so when nothing was refused, and when CloudTrail may not be asked", async () => {
    expect(expectStatus(await diagnose("--minutes", "30", "--profile", "orders"), 0).stdout).to.include("no refusal");
    const { stderr } = expectStatus(await diagnose("--minutes", "30", "--profile", "break-glass"), 3);
    expect(stderr).to.include("cloudtrail:LookupEvents");
  });

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ["two sources", ["text", "--minutes", "3"], "give one of"],
    ["a file that is not there", ["--event", "/nowhere/event.json"], "there is no such file"],
    ["a policy that is none", ["text", "--scp", "package.json"], "is no policy"],
    ["too long ago", ["--minutes", "1441"], "whole number from 1 to 1440"],
  ];
  for (const [what, words, sentence] of wrong) {
    it(`refuses ${what} with 2`, async () => {
      expect(expectStatus(await diagnose(...words), 2).stderr).to.include(sentence);
    });
  }

  it("reads CloudTrail's own compressed log file and what PowerShell wrote", async () => {
    const event = { eventName: "AssumeRoot", errorCode: "AccessDenied", errorMessage: "Unknown Operation" };
    const records = JSON.stringify({ Records: [event] });
    const compressed = join(sandbox.folder, "log.json.gz");
    const wide = join(sandbox.folder, "wide.json");
    await writeFile(compressed, gzipSync(records));
    await writeFile(wide, `\uFEFF${records}`, "utf16le");
    for (const file of [compressed, wide]) {
      expect(expectStatus(await diagnose("--event", file), 0).stdout).to.include("global STS endpoint");
    }
    expect(expectStatus(await diagnose("--event", "/bin/true"), 2).stderr).to.include(
      "it holds binary data and no text",
    );
  });

  it("ends with 1 for what stays unexplained, and with 0 where there is nothing", async () => {
    expectStatus(await diagnose("Access Denied"), 1);
    expect(expectStatus(await diagnose(), 0).stdout).to.include("There is no refusal in it.");
  });
});
