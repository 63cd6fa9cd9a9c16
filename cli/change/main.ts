/**
 * `npm run preview:change -- --base REF | --stack NAME [--output FILE]`: what the working tree changes, as a text for people
 * who review it.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { CommandError, exitCode } from "../exit-code.ts";
import { changeText } from "./change-text.ts";
import { previewAgainstBase } from "./preview-against-base.ts";
import { previewStack } from "./preview-stack.ts";

const usage = "npm run preview:change -- --base REF | --stack NAME [--output FILE]";

try {
  const { base, stack, output } = options();
  const previews = base === undefined ? [await previewStack(stack ?? "")] : await previewAgainstBase(base, note);
  const text = changeText(previews);
  if (output === undefined) process.stdout.write(text);
  else await writeFile(output, text);
  if (previews.some(({ outcome }) => outcome !== "previewed")) process.exitCode = exitCode.checkDidNotHold;
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  note(error.message);
  process.exitCode = error.exitCode;
}

function options(): { readonly base?: string; readonly stack?: string; readonly output?: string } {
  const { values } = parseArgs({
    options: { base: { type: "string" }, stack: { type: "string" }, output: { type: "string" } },
  });
  if ((values.base === undefined) === (values.stack === undefined)) {
    throw new CommandError(exitCode.usage, `either --base or --stack says what to compare with: ${usage}`);
  }
  return values;
}

function note(line: string): void {
  process.stderr.write(`preview:change: ${line}\n`);
}
