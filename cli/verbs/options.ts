import { InvalidArgumentError, Option } from "commander";

/** `--output`: `table` or `json` unless other formats are named; `table` when nothing is asked. */
export function outputOption(...formats: readonly string[]): Option {
  const choices = formats.length > 0 ? formats : ["table", "json"];
  return new Option("--output <format>", "form of the result on stdout").choices(choices).default("table");
}

/** `--reason` and `--ticket`, for every verb that opens root sessions. */
export const reasonOption = ["--reason <text>", "why the glass is broken, for the record"] as const;
export const ticketOption = ["--ticket <id>", "the ticket or incident that it belongs to, for the record"] as const;

/** A whole number from 0 to the maximum. */
export function wholeNumber(maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value <= maximum) return value;
    throw new InvalidArgumentError(`It has to be a whole number from 0 to ${maximum}.`);
  };
}

/** Seconds from 0 to 600, fractions too. */
export function seconds(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value <= 600) return value;
  throw new InvalidArgumentError("It has to be a number of seconds from 0 to 600, for example 0.5.");
}

/** For an option that may be repeated. */
export function oneMore(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
