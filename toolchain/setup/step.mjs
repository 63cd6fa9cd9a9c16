import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";

/** Something that whoever runs the set-up has to put right; its message says how. */
export class SetupError extends Error {
  name = "SetupError";
}

const heartbeatMilliseconds = 30_000;
const linesShownOnFailure = 25;

/** Announces a step, says every now and then that it is still going on, and how long it took. */
export async function step(title, work) {
  const started = performance.now();
  const say = (text) => process.stderr.write(`set-up: ${title}${text}\n`);
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  say(" …");
  const heartbeat = setInterval(() => say(` … still at it (${elapsed()})`), heartbeatMilliseconds);
  try {
    const result = await work();
    say(`: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Runs a program with everything it prints going to a log file.
 * @throws SetupError with the end of the log when it does not exit with 0
 */
export async function runLogged(command, args, { log, cwd, env = process.env }) {
  mkdirSync(dirname(log), { recursive: true });
  const output = createWriteStream(log);
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    child.on("error", reject);
    child.on("close", resolve);
    endWithThisProcess(child);
  });
  await new Promise((resolve) => output.end(resolve));
  if (code !== 0) throw new SetupError(describeFailure([command, ...args].join(" "), code, log));
}

/** So that a set-up that is told to end leaves nothing running. */
export function endWithThisProcess(child) {
  const end = () => child.kill();
  process.once("exit", end);
  child.once("close", () => process.off("exit", end));
}

function describeFailure(command, code, log) {
  const end = readFileSync(log, "utf8").trimEnd().split("\n").slice(-linesShownOnFailure).join("\n");
  return `${command} failed (exit code ${code}). The end of ${relative(process.cwd(), log)}:\n\n${end}\n`;
}
