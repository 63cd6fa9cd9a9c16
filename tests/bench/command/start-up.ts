import { spreadOf } from "../spread.ts";
import { spreadText } from "../table.ts";
import { breakGlass } from "./break-glass.ts";
import { timed } from "./timed.ts";

const rounds = 15;
const goalMilliseconds = 120;

/** How long help takes, beside Node that does nothing. */
export function startUp(print: (text: string) => void): void {
  const help: number[] = [];
  const nothing: number[] = [];
  breakGlass(["--help"], process.env); // Compiles.
  for (let round = 0; round < rounds; round += 1) {
    help.push(breakGlass(["--help"], process.env).milliseconds);
    nothing.push(timed(process.execPath, ["--eval", "0"], process.env).milliseconds);
  }
  print(
    `break-glass --help, in ms, median (least – most) of ${rounds}: ${spreadText(spreadOf(help))}; ` +
      `Node that does nothing: ${spreadText(spreadOf(nothing))}. ${met(spreadOf(help).median < goalMilliseconds)} (under ${goalMilliseconds} ms).`,
  );
}

/** @example met(true) // "Goal met" */
export function met(holds: boolean): string {
  return holds ? "Goal met" : "GOAL NOT MET";
}
