import { expect } from "chai";
import { type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

/** The command as it is typed, before and after the organization is configured. */
describe("break-glass status", function () {
  this.timeout(120_000);
  this.slow(10_000);

  let configured: TestSandbox;
  let bare: TestSandbox;

  before(async () => {
    configured = await openTestSandbox({ configured: true });
    bare = await openTestSandbox();
  });
  after(async () => {
    await configured.close();
    await bare.close();
  });

  const status = (sandbox: TestSandbox, profile: string, ...words: readonly string[]): Promise<Ended> =>
    sandbox.run("break-glass", ["status", "--profile", profile, ...words]);

  it("ends with 0 where nothing is missing, as whoever would break the glass, and is aligned", async () => {
    const { stdout, stderr } = expectStatus(await status(configured, "break-glass"), 0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).to.match(
      /^ok {11}caller {29}arn:aws:sts::222222222222:assumed-role\/AWSReservedSSO_BreakGlassAssumeRoot/,
    );
    expect(lines).to.include("not checked  permission sets                    needs sso:ListPermissionSets");
    expect(lines.at(-1)).to.equal("7 ok, 0 missing, 7 not checked.");
    const widths = lines.slice(0, -1).map((line) => /^(?:ok|not checked) +\S.*? {2,}(?=\S)/.exec(line)?.[0].length);
    expect(new Set(widths)).to.deep.equal(new Set([48]));
    expect(stderr).to.equal("");
  });

  it("ends with 1 and says how to get it where something is missing", async () => {
    const { stdout } = expectStatus(await status(bare, "management"), 1);
    expect(stdout).to.match(
      /^missing +trusted access +Trusted access for iam.amazonaws.com is not enabled.\n +fix: .*enable-aws-service-access/m,
    );
    expect(stdout).to.include("10 missing, 0 not checked.");
  });

  it("tells the same as JSON, by --json and by --output json", async () => {
    const { stdout } = expectStatus(await status(bare, "management", "--json"), 1);
    const told: unknown = JSON.parse(stdout);
    expect(told).to.have.property("ok", false);
    expect(told).to.have.nested.property("caller.accountId", "111111111111");
    expect(told)
      .to.have.property("checks")
      .that.deep.includes({ about: "caller's account", state: "ok", because: "the management account" });
    expect(told).to.have.property("checks").with.length(14);
    const other = expectStatus(await status(bare, "management", "--output", "json"), 1).stdout;
    expect(JSON.parse(other)).to.deep.equal(told);
  });

  it("ends with 3 where nobody is signed in", async () => {
    const { stderr } = expectStatus(await status(bare, "break-glass"), 3);
    expect(stderr).to.include("there are no usable credentials");
  });
});
