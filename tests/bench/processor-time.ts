import { readFileSync } from "node:fs";

/** Linux counts a process's time in these, whatever the machine's own clock tick. */
const ticksPerSecond = 100;

/**
 * The processor time that a process has used up to now with all its threads, in seconds. Unlike the time on the clock it
 * does not grow when other programs have the core meanwhile.
 *
 * @returns `undefined` where there is no `/proc` to read it from
 */
export function processorSeconds(pid: number): number | undefined {
  return secondsOf(pid, 11);
}

/**
 * The same of every process that this one has started and seen end, with theirs, in seconds.
 *
 * @returns `undefined` where there is no `/proc` to read it from
 */
export function childrenProcessorSeconds(): number | undefined {
  return secondsOf(process.pid, 13);
}

/** User and system time are neighbours among the fields. */
function secondsOf(pid: number, first: number): number | undefined {
  try {
    // The second field is the program's name in parentheses, which may itself hold spaces and parentheses.
    const [, fields = ""] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
    const [userTicks, systemTicks] = fields
      .split(" ")
      .slice(first, first + 2)
      .map(Number);
    return userTicks === undefined || systemTicks === undefined
      ? undefined
      : (userTicks + systemTicks) / ticksPerSecond;
  } catch {
    return undefined;
  }
}
