/** `npm run deploy:stack -- --stack NAME`: `pulumi up` with the working tree, unattended, with this checkout's engine. */
import { parseArgs } from "node:util";
import { CommandError, exitCode } from "../exit-code.ts";
import { runForeground } from "../foreground-child.ts";
import { engineEnvironment } from "./run-engine.ts";

try {
  const { values } = parseArgs({ options: { stack: { type: "string" } } });
  if (values.stack === undefined) throw new CommandError(exitCode.usage, "--stack NAME is missing.");
  const words = ["up", "--yes", "--diff", "--non-interactive", "--stack", values.stack];
  process.exitCode = await runForeground("pulumi", words, engineEnvironment());
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`deploy:stack: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
