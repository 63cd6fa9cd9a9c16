import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";

const checkout = dirname(dirname(import.meta.dirname));

const reportSchema = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** A small house: what each file imports. */
const files = {
  // Right:
  "index.ts": ["#components"],
  "iam/index.ts": ["./evaluate.ts"],
  "iam/evaluate.ts": [],
  "root-access/index.ts": ["#iam"],
  "components/index.ts": ["#iam", "#root-access"],
  "scenarios/index.ts": ["#iam", "#root-access"],
  "simulator/index.ts": ["#iam"],
  "simulator/services/queue.ts": ["../delivery/to-queue.ts"],
  "simulator/delivery/to-queue.ts": ["../state/queues.ts"],
  "simulator/state/queues.ts": ["#iam"],
  "toolchain/index.ts": [],
  "cli/main.ts": ["#iam", "#root-access", "#scenarios", "#simulator", "#toolchain"],
  "tests/iam/evaluate.test.ts": ["../../iam/evaluate.ts", "#simulator"],
  "tests/oracle/judge.ts": ["./question.ts"],
  "tests/oracle/question.ts": [],
  // Wrong:
  "iam/knows-somebody.ts": ["#root-access"],
  "root-access/knows-the-sandbox.ts": ["#simulator"],
  "simulator/knows-what-it-checks.ts": ["#root-access"],
  "simulator/state/knows-a-service.ts": ["../services/queue.ts"],
  "simulator/delivery/knows-a-service.ts": ["../services/queue.ts"],
  "components/knows-the-sandbox.ts": ["#simulator"],
  "cli/knows-components.ts": ["#components"],
  "cli/by-the-window.ts": ["../iam/evaluate.ts"],
  "scenarios/relative.ts": ["../iam/index.ts"],
  "toolchain/knows-the-command.ts": ["#cli"],
  "simulator/knows-tests.ts": ["../tests/iam/evaluate.test.ts"],
  "tests/oracle/agrees-with-itself.ts": ["#iam", "../../iam/evaluate.ts", "../iam/evaluate.test.ts"],
  "iam/round.ts": ["./about.ts"],
  "iam/about.ts": ["./round.ts"],
  "cli/lost.ts": ["./nowhere.ts"],
  "cli/undeclared.ts": ["undeclared"],
};

describe("room arrows", function () {
  this.timeout(30_000);
  this.slow(5000);

  it("are drawn for every wrong import, and for no right one", () => {
    const folder = mkdtempSync(join(tmpdir(), "break-glass-arrows-"));
    try {
      build(folder);
      expect(violations(folder)).to.have.deep.members([
        "arrows-from-iam: iam/knows-somebody.ts → root-access/index.ts",
        "arrows-from-root-access: root-access/knows-the-sandbox.ts → simulator/index.ts",
        "arrows-from-simulator: simulator/knows-what-it-checks.ts → root-access/index.ts",
        "state-below-everything: simulator/state/knows-a-service.ts → simulator/services/queue.ts",
        "delivery-below-services: simulator/delivery/knows-a-service.ts → simulator/services/queue.ts",
        "arrows-from-components: components/knows-the-sandbox.ts → simulator/index.ts",
        "arrows-from-cli: cli/knows-components.ts → components/index.ts",
        "front-door-only: cli/by-the-window.ts → iam/evaluate.ts",
        "no-relative-import-out-of-a-room: cli/by-the-window.ts → iam/evaluate.ts",
        "no-relative-import-out-of-a-room: scenarios/relative.ts → iam/index.ts",
        "arrows-from-toolchain: toolchain/knows-the-command.ts → cli/main.ts",
        "front-door-only: toolchain/knows-the-command.ts → cli/main.ts",
        "rooms-know-no-tests: simulator/knows-tests.ts → tests/iam/evaluate.test.ts",
        "oracle-by-itself: tests/oracle/agrees-with-itself.ts → iam/index.ts",
        "oracle-by-itself: tests/oracle/agrees-with-itself.ts → iam/evaluate.ts",
        "oracle-by-itself: tests/oracle/agrees-with-itself.ts → tests/iam/evaluate.test.ts",
        "no-cycle: iam/about.ts → iam/round.ts",
        "resolvable: cli/lost.ts → ./nowhere.ts",
        "dependency-declared: cli/undeclared.ts → node_modules/undeclared/index.js",
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  function build(folder: string): void {
    for (const [file, imports] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), imports.map((name) => `import "${name}";\n`).join(""));
    }
    const rooms = ["iam", "root-access", "components", "scenarios", "simulator", "toolchain"];
    const doors = new Map(rooms.map((room) => [`#${room}`, `./${room}/index.ts`])).set("#cli", "./cli/main.ts");
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", imports: Object.fromEntries(doors) }));
    for (const name of ["tsconfig.json", ".dependency-cruiser.mjs"]) cpSync(join(checkout, name), join(folder, name));
    mkdirSync(join(folder, "node_modules", "undeclared"), { recursive: true });
    writeFileSync(join(folder, "node_modules", "undeclared", "index.js"), "");
    cpSync(join(checkout, "node_modules", "@tsconfig"), join(folder, "node_modules", "@tsconfig"), { recursive: true });
  }

  function violations(folder: string): string[] {
    const { stdout, stderr } = spawnSync(
      join(checkout, "node_modules", ".bin", "depcruise"),
      ["--config", ".dependency-cruiser.mjs", "--output-type", "json", "."],
      { cwd: folder, encoding: "utf8" },
    );
    expect(stderr).to.equal("");
    const { summary } = reportSchema.parse(JSON.parse(stdout));
    return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  }
});
