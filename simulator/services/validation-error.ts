import { AwsFault } from "../aws-fault.ts";

/** How the services of the query protocol, STS and IAM, refuse a parameter. */
export function validationError(message: string): AwsFault {
  return new AwsFault("ValidationError", message);
}

/**
 * A value outside of what the service's model allows for its member.
 *
 * @example constraintFailed(901, "durationSeconds", "have value less than or equal to 900")
 */
export function constraintFailed(value: string | number, member: string, constraint: string): AwsFault {
  return validationError(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

/** @throws AwsFault ValidationError unless the value lies between the bounds, both included */
export function checkRange(value: number, member: string, least: number, most: number): void {
  if (value < least) throw constraintFailed(value, member, `have value greater than or equal to ${least}`);
  if (value > most) throw constraintFailed(value, member, `have value less than or equal to ${most}`);
}

/** @throws AwsFault ValidationError unless the text's length lies between the bounds, both included */
export function checkLength(text: string, member: string, shortest: number, longest: number): void {
  if (text.length < shortest) throw constraintFailed(text, member, `have length greater than or equal to ${shortest}`);
  if (text.length > longest) throw constraintFailed(text, member, `have length less than or equal to ${longest}`);
}
