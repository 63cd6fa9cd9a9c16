import { InvalidArgumentError, Option } from "commander";

/** `--output`: `table` or `json` unless other formats are named; `table` when nothing is asked. */
export function outputOption(...formats: readonly string[]): Option {
  const choices = formats.length > 0 ? formats : ["table", "json"];
  return new Option("--output <format>", "form of the result on stdout; json of a failure, too")
    .choices(choices)
    .default("table");
}

/** `--reason` and `--ticket`, for every verb that opens root sessions. */
export const reasonOption = ["--reason <text>", "why the glass is broken, for the record", notBlank] as const;
export const ticketOption = [
  "--ticket <id>",
  "the ticket or incident that it belongs to, for the record",
  notBlank,
] as const;

/** Whoever gives it wants it in the record: an empty one comes from a variable that is not set. */
function notBlank(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It says nothing: give words for the record, or leave the option out.");
}

/** An empty name would be the working directory, and comes from a variable that is not set. */
export function folder(text: string): string {
  if (text.trim() !== "") return text;
  throw new InvalidArgumentError("It names no folder.");
}

/** A whole number, both bounds included. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It has to be a whole number from ${minimum} to ${maximum}.`);
  };
}

/** Seconds from 0 to 600, fractions too. */
export function seconds(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value <= 600) return value;
  throw new InvalidArgumentError("It has to be a number of seconds from 0 to 600, for example 0.5.");
}

/**
 * An option that may be repeated.
 *
 * @param otherwise what is meant without it
 */
export function repeatable(flags: string, description: string, otherwise: string): Option {
  const oneMore = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  return new Option(flags, `${description}; may be repeated`).argParser(oneMore).default([], otherwise);
}
