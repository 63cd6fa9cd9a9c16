// Sets a fresh checkout up. Plain JavaScript, because it runs on the machine's own Node, which may be too old for TypeScript:
// it ends by handing over to prepare.ts, which runs on the Node it has just installed.
//
//   node toolchain/setup.mjs [--with-aws-cli] [--with-moto]
import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkMachine } from "./setup/machine.mjs";
import { checkout, localFolder, nodeForTypeScript, prepareNode } from "./setup/node-packages.mjs";
import { endWithThisProcess, SetupError } from "./setup/step.mjs";
import { takeTurn } from "./setup/turn.mjs";

let leave = () => {};
try {
  checkMachine();
  leave = await takeTurn(join(localFolder, "setup.lock"));
  await prepareNode();
  process.exitCode = await prepareTheRest(process.argv.slice(2));
} catch (error) {
  process.exitCode = report(error);
} finally {
  leave();
}

/** The Pulumi engine and whatever the arguments ask for; resolves to the exit code. */
async function prepareTheRest(options) {
  const child = spawn(nodeForTypeScript(), [join(checkout, "toolchain", "prepare.ts"), ...options], {
    stdio: "inherit",
    // The downloads in there honour a proxy like npm's do.
    env: { ...process.env, NODE_USE_ENV_PROXY: "1" },
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
    endWithThisProcess(child);
  });
}

function report(error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`Set-up stopped: ${error.message}\n`);
  return 1;
}
