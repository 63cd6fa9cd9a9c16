import { AwsFault } from "../../aws-fault.ts";
import { compilePattern, type EventTest } from "../../event-pattern/compile-pattern.ts";
import { EventPatternError } from "../../event-pattern/event-pattern-error.ts";

export function resourceNotFound(message: string): AwsFault {
  return new AwsFault("ResourceNotFoundException", message);
}

/** @throws AwsFault InvalidEventPatternException with AWS's reason */
export function checkedPattern(text: string): EventTest {
  try {
    return compilePattern(text);
  } catch (error) {
    if (!(error instanceof EventPatternError)) throw error;
    throw new AwsFault("InvalidEventPatternException", `Event pattern is not valid. Reason: ${error.message}`);
  }
}
