import { checkParameters, validationError } from "../query-refusals.ts";

/**
 * Checks the name of a user, a role or a policy.
 *
 * @param member the request's member, as IAM's message names it: `userName`
 * @throws AwsFault ValidationError
 */
export function checkName(name: string, member: "userName" | "roleName" | "policyName"): void {
  checkParameters({ [member]: name }, { [member]: { shortest: 1, longest: member === "policyName" ? 128 : 64 } });
  if (/^[\w+=,.@-]+$/.test(name)) return;
  throw validationError(
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
}

/** @throws AwsFault ValidationError */
export function checkPath(path: string): void {
  if (path.length <= 512 && /^\/([!-.0-~]+\/)*$/.test(path)) return;
  throw validationError(
    "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
  );
}
