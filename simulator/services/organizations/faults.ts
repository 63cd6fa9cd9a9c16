import { AwsFault } from "../../aws-fault.ts";

/** Organizations speaks JSON: whatever is wrong with a request, the status is 400. */

export function accessDenied(): AwsFault {
  return new AwsFault("AccessDeniedException", "You don't have permissions to access this resource.");
}

export function invalidInput(reason: string, message: string): AwsFault {
  return new AwsFault("InvalidInputException", message, { members: { Reason: reason } });
}

export function invalidPattern(): AwsFault {
  return invalidInput("INVALID_PATTERN", "You provided a value that does not match the required pattern.");
}

export function tooShort(): AwsFault {
  return invalidInput("MIN_LENGTH_EXCEEDED", "You provided a value that is shorter than the minimum length.");
}

export function tooLong(): AwsFault {
  return invalidInput("MAX_LENGTH_EXCEEDED", "You provided a value that is longer than the maximum length.");
}

export function constraintViolation(reason: string, message: string): AwsFault {
  return new AwsFault("ConstraintViolationException", message, { members: { Reason: reason } });
}

/** What can be named in a request and not be there, with AWS's words for it. */
const missing = {
  AccountNotFoundException: "an account",
  ChildNotFoundException: "a child",
  OrganizationalUnitNotFoundException: "an organizational unit",
  ParentNotFoundException: "a parent",
  PolicyNotFoundException: "a policy",
  RootNotFoundException: "a root",
  TargetNotFoundException: "a target",
} as const;

export function notFound(code: keyof typeof missing): AwsFault {
  return new AwsFault(code, `You specified ${missing[code]} that doesn't exist.`);
}
