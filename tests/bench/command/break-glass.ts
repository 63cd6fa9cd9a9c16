import { join } from "node:path";
import { type Timed, timed } from "./timed.ts";

const main = join(import.meta.dirname, "..", "..", "..", "cli", "main.mjs");

/** Runs `break-glass`, the file itself. */
export function breakGlass(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  mayEndWith: readonly number[] = [],
): Timed {
  return timed(process.execPath, [main, ...words], environment, mayEndWith);
}

/** The same; its peak of memory in bytes, too, which it writes as the last line of stderr. */
export function measuredBreakGlass(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  mayEndWith: readonly number[] = [],
): Timed & { readonly peak: number } {
  const watched = ["--import", `data:text/javascript,${encodeURIComponent(watcher)}`, main, ...words];
  const ended = timed(process.execPath, watched, environment, mayEndWith);
  const peak = Number(/PEAK (\d+)\s*$/.exec(ended.stderr)?.[1]) * 1024;
  return { ...ended, peak };
}

const watcher = `process.on("exit", () => process.stderr.write("PEAK " + process.resourceUsage().maxRSS + "\\n"));`;
