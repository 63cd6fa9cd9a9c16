/**
 * The second half of set-up (setup.mjs is the first): what needs a Node that runs TypeScript.
 *
 *     node toolchain/prepare.ts [--with-aws-cli] [--with-moto]
 */
import { parseArgs } from "node:util";
import { awsCli } from "./aws-cli/locate.ts";
import { prepareEngine } from "./engine/prepare.ts";
import { moto } from "./moto/locate.ts";
import { preparePythonEnvironment } from "./python/prepare.ts";
import { SetupError } from "./setup/step.mjs";

// Ends through process.exit, which ends what this process has started, too.
process.once("SIGTERM", () => process.exit(143));

const { values: options } = parseArgs({
  options: { "with-aws-cli": { type: "boolean", default: false }, "with-moto": { type: "boolean", default: false } },
});

try {
  await prepareEngine();
  if (options["with-aws-cli"]) await preparePythonEnvironment(awsCli);
  if (options["with-moto"]) await preparePythonEnvironment(moto);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`Set-up stopped: ${error.message}\n`);
  process.exitCode = 1;
}
