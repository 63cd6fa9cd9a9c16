import { type FailureReason, RootAccessError } from "#root-access";
import { CommandError, type ExitCode, exitCode } from "./exit-code.ts";

const codes: Readonly<Record<FailureReason, ExitCode>> = {
  usage: exitCode.usage,
  "not-authenticated": exitCode.notAuthorised,
  "not-authorized": exitCode.notAuthorised,
  "aws-failed": exitCode.awsFailed,
  refused: exitCode.refusedByGuardrail,
  cancelled: exitCode.cancelled,
  "timed-out": exitCode.timedOut,
};

/** Runs what may raise a RootAccessError and gives the command's exit code to it: the sentences first, then AWS's own. */
export async function withExitCodes<Value>(action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RootAccessError)) throw error;
    throw new CommandError(codes[error.reason], error.failure);
  }
}
