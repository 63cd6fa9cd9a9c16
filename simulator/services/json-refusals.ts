import { AwsFault } from "../aws-fault.ts";
import { brokenConstraints, type Constraints, missingMembers } from "./constraints.ts";
import { queryDenial } from "./query-refusals.ts";
import type { DenialStyle } from "./service.ts";

/** How Organizations, Identity Center and the others that speak JSON refuse: whatever is wrong, the status is 400. */
export const jsonDenial: DenialStyle = {
  ...queryDenial,
  code: "AccessDeniedException",
  status: 400,
  shape: "AccessDeniedException",
};

export function validationException(message: string): AwsFault {
  return new AwsFault("ValidationException", message);
}

/** Required members that a request leaves out. */
export function missingFromJson(members: readonly string[]): AwsFault {
  return validationException(missingMembers(members));
}

/**
 * Checks an input against the constraints of its service's model, as AWS does before it looks at permissions.
 *
 * @param place of the input inside the request, `filter.` for example
 * @throws AwsFault ValidationException that lists every member at fault
 * @example checkConstraints({ Name: "x y" }, { Name: { pattern: /[\w+=,.@-]+/u } })
 */
export function checkConstraints(input: object, constraints: Constraints, place = ""): void {
  const broken = brokenConstraints(input, constraints, place);
  if (broken !== undefined) throw validationException(broken);
}
