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

/** An end that the command foresaw: one message for people, one exit code for machines. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: ExitCode;

  constructor(code: ExitCode, message: string) {
    super(message);
    this.exitCode = code;
  }
}
