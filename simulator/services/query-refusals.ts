import { AwsFault } from "../aws-fault.ts";
import { brokenConstraints, type Constraints, missingMembers } from "./constraints.ts";
import type { DenialStyle } from "./service.ts";

/** How the services of the query protocol, STS and IAM, refuse: a denial has AccessDenied, action and ARN as they are. */
export const queryDenial: DenialStyle = {
  code: "AccessDenied",
  status: 403,
  shape: "AccessDenied",
  actionText: (action) => action,
  resourceText: (resource) => resource,
};

export function validationError(message: string): AwsFault {
  return new AwsFault("ValidationError", message);
}

/** Required members that a request leaves out. */
export function missingParameters(members: readonly string[]): AwsFault {
  return validationError(missingMembers(members));
}

/**
 * Checks an input against the constraints of its service's model, as AWS does before it looks at permissions.
 *
 * @param place of the input inside the request, `taskPolicyArn.` for example
 * @throws AwsFault ValidationError that lists every member at fault
 * @example checkParameters({ DurationSeconds: 901 }, { DurationSeconds: { least: 0, most: 900 } })
 */
export function checkParameters(input: object, constraints: Constraints, place = ""): void {
  const broken = brokenConstraints(input, constraints, place);
  if (broken !== undefined) throw validationError(broken);
}
