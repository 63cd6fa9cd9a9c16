import { z } from "zod";
import { parseAccessDenied } from "#iam";
import { consoleRound, consoleSentences } from "./console-rounds.ts";
import type { Denial, DenialEvent } from "./denial.ts";

/**
 * Finds the refusals in what somebody has at hand: an error as a program printed it, a CloudTrail event, a log file of
 * CloudTrail's (`Records`), what `aws cloudtrail lookup-events` answered (`Events`), an EventBridge event, or several
 * of these, one a line. Events that were not refused are passed over.
 *
 * @returns an empty list when there is no refusal in it
 * @example readDenials("An error occurred (AccessDenied) when calling the AssumeRoot operation: User: …")
 */
export function readDenials(text: string): readonly Denial[] {
  const values = jsonValues(text);
  return values === undefined ? inProse(text) : values.flatMap(inValue);
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

const containerSchema = z.union([
  z.object({ Records: z.array(z.unknown()) }).transform(({ Records }) => Records),
  z.object({ Events: z.array(z.unknown()) }).transform(({ Events }) => Events),
  z.object({ CloudTrailEvent: z.string() }).transform(({ CloudTrailEvent }) => [parsedJson(CloudTrailEvent)]),
  z.object({ "detail-type": z.string(), detail: z.object({}).loose() }).transform(({ detail }) => [detail]),
  z.array(z.unknown()),
]);

/** Answers in JSON protocols: `{"__type":"AccessDeniedException","Message":"…"}`. */
const answerSchema = z.union([
  z.object({ __type: z.string(), Message: z.string() }).transform(({ __type, Message }) => [__type, Message] as const),
  z.object({ __type: z.string(), message: z.string() }).transform(({ __type, message }) => [__type, message] as const),
]);

const eventSchema = z.object({
  errorCode: z.string(),
  errorMessage: z.string().default(""),
  eventName: z.string(),
  eventID: z.string().optional(),
  eventTime: z.string().optional(),
  awsRegion: z.string().optional(),
  sessionCredentialFromConsole: z.union([z.string(), z.boolean()]).optional(),
  userIdentity: z
    .object({ sessionContext: z.object({ assumedRoot: z.union([z.string(), z.boolean()]).optional() }).optional() })
    .default({}),
  requestParameters: z
    .object({ taskPolicyArn: z.object({ arn: z.string() }).optional() })
    .nullish()
    .transform((parameters) => parameters ?? {}),
});

type RefusedEvent = z.infer<typeof eventSchema>;

function inValue(value: unknown): readonly Denial[] {
  const contained = containerSchema.safeParse(value).data;
  if (contained !== undefined) return contained.flatMap(inValue);
  const answer = answerSchema.safeParse(value).data;
  if (answer !== undefined) return [denialOf(answer[1], { code: answer[0].split("#").at(-1) ?? answer[0] })];
  const refused = eventSchema.safeParse(value).data;
  return refused === undefined ? [] : [fromEvent(refused)];
}

function fromEvent(refused: RefusedEvent): Denial {
  const { errorCode, errorMessage, eventName } = refused;
  return denialOf(errorMessage, { code: errorCode, operation: eventName, event: eventOf(refused) });
}

function eventOf(refused: RefusedEvent): DenialEvent {
  const { eventID, eventTime, awsRegion, userIdentity, requestParameters, sessionCredentialFromConsole } = refused;
  const taskPolicyArn = requestParameters.taskPolicyArn?.arn;
  return {
    ...(eventID === undefined ? {} : { id: eventID }),
    ...(eventTime === undefined ? {} : { time: eventTime }),
    ...(awsRegion === undefined ? {} : { region: awsRegion }),
    ...(taskPolicyArn === undefined ? {} : { taskPolicyArn }),
    rootSession: String(userIdentity.sessionContext?.assumedRoot) === "true",
    fromConsole: String(sessionCredentialFromConsole) === "true",
  };
}

/** Errors stand anywhere in a log: each begins where the AWS CLI, a denial or the console's sentence begins. */
function inProse(text: string): readonly Denial[] {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line === "") return [];
  const found = line.split(/(?=An error occurred \()/).flatMap(inPassage);
  return found.length > 0 ? found : [denialOf(line, {})];
}

const cliError = /^An error occurred \((?<code>[\w.]+)\) when calling the (?<operation>\w+) operation(?: \([^)]*\))?: /;

function inPassage(passage: string): readonly Denial[] {
  const { code, operation } = cliError.exec(passage)?.groups ?? {};
  if (code !== undefined && operation !== undefined) {
    return [denialOf(passage.replace(cliError, ""), { code, operation })];
  }
  return ["User: arn:", ...consoleSentences]
    .reduce((text, beginning) => text.replaceAll(beginning, `\n${beginning}`), passage)
    .split("\n")
    .filter((part) => parseAccessDenied(part) !== undefined || consoleRound(part) !== undefined)
    .map((part) => denialOf(part, {}));
}

function denialOf(message: string, rest: Pick<Denial, "code" | "operation" | "event">): Denial {
  const said = parseAccessDenied(message);
  return { message: message.trim(), ...rest, ...(said === undefined ? {} : { said }) };
}
