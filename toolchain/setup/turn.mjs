import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { SetupError } from "./step.mjs";

const pollMilliseconds = 100;
const patienceMilliseconds = 20 * 60_000;

/**
 * Waits until no other process sets this checkout up, and resolves to the function that lets the next one in.
 * A turn whose process is gone (killed, machine switched off) ends by itself.
 */
export async function takeTurn(file) {
  mkdirSync(dirname(file), { recursive: true });
  const deadline = Date.now() + patienceMilliseconds;
  let announced;
  for (;;) {
    if (claim(file)) return leaveOnExit(file);
    const owner = ownerOf(file);
    if (owner !== undefined && !isAlive(owner)) {
      endTurnOf(owner, file);
      continue;
    }
    if (owner !== undefined && owner !== announced) {
      process.stderr.write(`set-up: waiting for another set-up of this checkout (process ${owner}) …\n`);
      announced = owner;
    }
    if (Date.now() > deadline) {
      throw new SetupError(
        `process ${owner} has been setting this checkout up for too long; end it, or remove ${file}.`,
      );
    }
    await wait(pollMilliseconds);
  }
}

/** A file that appears with its content in it: a turn without an owner is never to be seen. */
function claim(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function ownerOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Takes the file away first and looks at it then: between two looks another process may have begun its own turn. */
function endTurnOf(pid, file) {
  const aside = `${file}.ended-${process.pid}`;
  try {
    renameSync(file, aside);
    if (ownerOf(aside) !== pid) linkSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function leaveOnExit(file) {
  const leave = () => {
    if (ownerOf(file) === process.pid) rmSync(file, { force: true });
  };
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ]) {
    process.once(signal, () => {
      leave();
      process.exit(code);
    });
  }
  return leave;
}
