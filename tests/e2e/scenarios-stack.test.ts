import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod";
import { awsErrorCode, parseBucketTarget, parseQueueTarget, policyOf } from "#root-access";
import { type Drill, findLeftovers, parseDrill, partiesOf, removeLeftovers } from "#scenarios";
import { setEnvironment } from "../set-environment.ts";
import { checkout, type Ended, expectStatus, type TestSandbox } from "./sandbox.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const folder = join(checkout, "scenarios");

describe("the scenarios stack, run by the engine", function () {
  this.timeout(180_000);
  let sandbox: TestSandbox;
  let restore: () => void;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins({ configured: true });
    restore = setEnvironment(sandbox.environment, /^(AWS|BREAK_GLASS)_/);
  });
  after(async () => {
    restore();
    await sandbox.close();
  });

  const pulumi = (...words: readonly string[]): Promise<Ended> =>
    sandbox.run("pulumi", [...words, "--stack", "dev", "--non-interactive"], { folder });

  async function up(): Promise<Drill> {
    expectStatus(await pulumi("up", "--yes", "--skip-preview"), 0);
    return parseDrill(JSON.parse(expectStatus(await pulumi("stack", "output", "--json"), 0).stdout));
  }

  async function destroy(): Promise<string> {
    const { stdout } = expectStatus(await pulumi("destroy", "--yes", "--skip-preview"), 0);
    expect(await resourcesInState()).to.deep.equal([]);
    return stdout;
  }

  async function resourcesInState(): Promise<string[]> {
    const { stdout } = expectStatus(await pulumi("stack", "export"), 0);
    const resources = exportSchema.parse(JSON.parse(stdout)).deployment.resources ?? [];
    return resources.map(({ type }) => type).filter((type) => !/^pulumi:(pulumi|providers):/.test(type));
  }

  it("locks, changes nothing when run again, never locks again what was unlocked, and is destroyed half locked", async () => {
    const drill = await up();
    const { owner } = partiesOf(drill);
    const bucket = await policyOf(owner, parseBucketTarget(drill.bucket.name, drill));
    expect(await codeOf(bucket.read())).to.equal("AccessDenied");
    expectStatus(await pulumi("preview", "--expect-no-changes"), 0);

    const unlock = [
      "unlock",
      "s3",
      drill.bucket.name,
      "--account",
      drill.accountId,
      "--profile",
      "break-glass",
      "--yes",
    ];
    expectStatus(await sandbox.run("break-glass", unlock), 0);
    expectStatus(await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes"), 0);
    expect(await bucket.read()).to.equal(undefined);

    const state = expectStatus(await pulumi("stack", "export"), 0).stdout;
    expect(state).not.to.match(/\b(AKIA|ASIA)[A-Z0-9]|[Ss]ecret_?[Aa]ccess_?[Kk]ey|[Ss]ession_?[Tt]oken/);

    expect(await destroy()).not.to.include("Still there");
    expect(await findLeftovers(owner)).to.deep.equal([]);
  });

  it("survives a refresh that drops the locked bucket: destroy lifts both locks and names what is left over", async () => {
    const drill = await up();
    const { owner, breakGlass } = partiesOf(drill);
    await pulumi("refresh", "--yes", "--skip-preview");
    expect(await resourcesInState()).not.to.include("aws:s3/bucket:Bucket");

    const said = await destroy();
    expect(said).to.include("Still there").and.include(drill.bucket.name).and.include("npx break-glass drill cleanup");
    const leftovers = await findLeftovers(owner, drill.name);
    expect(leftovers.map(({ target, locked }) => [target.name, locked])).to.deep.equal([[drill.bucket.name, false]]);

    await removeLeftovers({ owner, breakGlass, leftovers });
    expect(await findLeftovers(owner)).to.deep.equal([]);
  });

  it("is destroyed when its bucket and queue were deleted out of band", async () => {
    const drill = await up();
    const { owner, breakGlass } = partiesOf(drill);
    await removeLeftovers({ owner, breakGlass, leftovers: await findLeftovers(owner, drill.name) });
    const queue = parseQueueTarget(drill.queue.arn, {});
    expect(await codeOf((await policyOf(owner, queue)).read())).to.equal("QueueDoesNotExist");
    await destroy();
  });

  it("locks nothing where no root session can be had, says why, and leaves a stack that can be destroyed", async () => {
    const config = ["config", "set", "--config-file", join(sandbox.folder, "no-root.yaml")];
    for (const [key, value] of [
      ["aws:profile", "orders"],
      ["aws:region", "ap-northeast-2"],
      ["aws-break-glass-scenarios:breakGlassProfile", "payments"],
    ] as const) {
      expectStatus(await pulumi(...config, key, value), 0);
    }
    const { status, stdout, stderr } = await pulumi("up", "--yes", "--skip-preview", ...config.slice(2));
    expect(status).not.to.equal(0);
    expect(stdout + stderr)
      .to.include("Could not open a root session")
      .and.include("sts:AssumeRoot");
    expect(await destroy()).not.to.include("Still there");
  });
});

const exportSchema = z.object({
  deployment: z.object({ resources: z.array(z.object({ type: z.string() })).optional() }),
});

async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return awsErrorCode(error);
  }
}
