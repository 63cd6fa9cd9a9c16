import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

const checkout = dirname(import.meta.dirname);
const manifest = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")));
const checks = Object.keys(manifest.scripts).filter((name) => name.startsWith("lint:"));

describe("lint", function () {
  this.timeout("5 minutes");
  this.slow(60_000);

  for (const check of checks) {
    it(check.slice("lint:".length), () => {
      const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", check], {
        cwd: checkout,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`npm run ${check} found:\n${stdout}${stderr}`);
    });
  }
});
