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

/** The same; the most bytes of heap that were in use at once, too, garbage left out: looked at four times a second. */
export function measuredBreakGlass(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  mayEndWith: readonly number[] = [],
): Timed & { readonly liveBytes: number } {
  const watched = ["--expose-gc", "--import", `data:text/javascript,${encodeURIComponent(watcher)}`, main, ...words];
  const ended = timed(process.execPath, watched, environment, mayEndWith);
  return { ...ended, liveBytes: Number(/LIVE (\d+)\s*$/.exec(ended.stderr)?.[1]) };
}

const watcher = `
  let most = 0;
  const look = () => { gc(); most = Math.max(most, process.memoryUsage().heapUsed); };
  setInterval(look, 250).unref();
  process.on("exit", () => process.stderr.write("LIVE " + most + "\\n"));
`;
