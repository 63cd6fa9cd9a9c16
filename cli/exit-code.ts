import type { AwsAnswer } from "#root-access";

/** The documented exit codes of `break-glass`. */
export const exitCode = {
  done: 0,
  checkDidNotHold: 1,
  usage: 2,
  notAuthorised: 3,
  awsFailed: 4,
  refusedByGuardrail: 5,
  cancelled: 8,
  timedOut: 9,
  /** As every shell says of a command that it was to run. */
  notExecutable: 126,
  notFound: 127,
  defect: 255,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What an end is told with, to people and to machines: the same sentences. */
export interface Told {
  /** What happened, to which resource. */
  readonly what: string;
  /** What is different in AWS now, or that nothing is. */
  readonly effect?: string | undefined;
  /** What to do now. */
  readonly next?: string | undefined;
  readonly aws?: AwsAnswer | undefined;
}

/** An end that the command foresaw: one message for people, one exit code for machines. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: ExitCode;
  readonly told: Told;

  constructor(code: ExitCode, told: string | Told) {
    const whole = typeof told === "string" ? { what: told } : told;
    super(linesOf(whole).join("\n  "));
    this.exitCode = code;
    this.told = whole;
  }
}

/** AWS's own words are part of the first sentence; the request id is what AWS Support asks for. */
function linesOf({ what, effect, next, aws }: Told): readonly string[] {
  const request = aws?.requestId === undefined ? undefined : `AWS request id: ${aws.requestId}`;
  return [what, effect, next, request].filter((line) => line !== undefined);
}

/** Before the first request. */
export const nothingChanged = "Nothing has been changed.";
