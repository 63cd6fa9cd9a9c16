import { locateEngine, prepareBackend } from "#toolchain";
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { z } from "zod";
import { sandboxPassphrase } from "../../cli/sandbox/environment.ts";

const checkout = dirname(dirname(import.meta.dirname));

describe("a sandbox's Pulumi backend", function () {
  this.timeout(60_000);
  this.slow(5000);

  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "break-glass-backend-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("has an empty stack dev of both projects", async () => {
    const pulumi = await openBackend();
    const stacks = z
      .array(z.object({ name: z.string() }))
      .parse(JSON.parse(pulumi(folder, "stack", "ls", "--all", "--json")));
    expect(stacks.map(({ name }) => name)).to.have.members([
      "organization/aws-break-glass/dev",
      "organization/aws-break-glass-scenarios/dev",
    ]);
  });

  it("costs next to nothing once the engine has made the first", async () => {
    await prepareBackend({ folder: join(folder, "first"), passphrase: sandboxPassphrase });
    const started = performance.now();
    await prepareBackend({ folder: join(folder, "second"), passphrase: sandboxPassphrase });
    expect(performance.now() - started).to.be.below(250);
  });

  for (const [project, source] of [
    ["aws-break-glass", "."],
    ["aws-break-glass-scenarios", "scenarios"],
  ] as const) {
    // The engine refuses a salt that does not fit the passphrase, and adds one to a file that has none.
    it(`fits the salt that the committed settings of ${project} hold`, async () => {
      const pulumi = await openBackend();
      const work = join(folder, "work");
      mkdirSync(work);
      writeFileSync(join(work, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
      const settings = join(work, "Pulumi.dev.yaml");
      copyFileSync(join(checkout, source, "Pulumi.dev.yaml"), settings);
      const [salt] = /^encryptionsalt: .*$/m.exec(readFileSync(settings, "utf8")) ?? [];
      expect(salt, "a salt in the committed settings").to.be.a("string");
      pulumi(work, "config", "set", "--secret", "trial", "value", "--stack", "dev");
      expect(readFileSync(settings, "utf8")).to.contain(salt);
      expect(pulumi(work, "config", "get", "trial", "--stack", "dev").trim()).to.equal("value");
    });
  }

  async function openBackend(): Promise<(cwd: string, ...words: string[]) => string> {
    const engine = locateEngine();
    const { pulumiHome, backendUrl } = await prepareBackend({
      folder: join(folder, "pulumi"),
      passphrase: sandboxPassphrase,
    });
    const env = {
      PATH: [engine.folder, process.env["PATH"] ?? ""].join(delimiter),
      HOME: folder,
      PULUMI_HOME: pulumiHome,
      PULUMI_BACKEND_URL: backendUrl,
      PULUMI_CONFIG_PASSPHRASE: sandboxPassphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    return (cwd, ...words) => execFileSync("pulumi", [...words, "--non-interactive"], { cwd, env, encoding: "utf8" });
  }
});
