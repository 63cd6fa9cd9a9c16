import type { Denial } from "./denial.ts";
import { denialInEvent } from "./event-denial.ts";
import { denialOf, refusalsInProse } from "./prose-denials.ts";
import { z } from "zod";

/**
 * Finds the refusals in what somebody has at hand: an error as a program printed it, a CloudTrail event, a log file of
 * CloudTrail's (`Records`), what `aws cloudtrail lookup-events` answered (`Events`), an EventBridge event, events as
 * CloudWatch Logs gives them, or several of these, one a line. Events that were not refused are passed over.
 *
 * @returns an empty list when there is no refusal in it
 * @example readDenials("An error occurred (AccessDenied) when calling the AssumeRoot operation: User: …")
 */
export function readDenials(text: string): readonly Denial[] {
  const values = jsonValues(text);
  if (values !== undefined) return values.flatMap(inValue);
  const found = refusalsInProse(text);
  return found.length > 0 || text.trim() === "" ? found : [denialOf(text, {})];
}

/** One JSON value, or one a line; `undefined` when the text is none of both. */
function jsonValues(text: string): readonly unknown[] | undefined {
  const whole = parsedJson(text);
  if (whole !== undefined) return [whole];
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const values = lines.map(parsedJson);
  return values.length > 0 && values.every((value) => value !== undefined) ? values : undefined;
}

/** Only objects and lists: a word or a number that happens to be JSON is prose. */
function parsedJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Answers in JSON protocols: `{"__type":"AccessDeniedException","Message":"…"}`. */
const answerSchema = z.union([
  z.object({ __type: z.string(), Message: z.string() }).transform(({ __type, Message }) => [__type, Message] as const),
  z.object({ __type: z.string(), message: z.string() }).transform(({ __type, message }) => [__type, message] as const),
]);

/** Whatever an event or an error is wrapped in: refusals stand somewhere within, in texts that may be JSON again. */
function inValue(value: unknown): readonly Denial[] {
  if (typeof value === "string") return jsonValues(value)?.flatMap(inValue) ?? refusalsInProse(value);
  if (typeof value !== "object" || value === null) return [];
  const event = denialInEvent(value);
  if (event !== undefined) return event === "not refused" ? [] : [event];
  const answer = answerSchema.safeParse(value).data;
  if (answer !== undefined) return [denialOf(answer[1], { code: answer[0].split("#").at(-1) ?? answer[0] })];
  return Object.values(value).flatMap(inValue);
}
