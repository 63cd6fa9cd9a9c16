import type { Constraints } from "../constraints.ts";
import { checkParameters } from "../query-refusals.ts";

/**
 * Members of the same name obey the same rules in every operation of SNS; the rules are AWS's own. What tags may say, SNS
 * checks in words of its own.
 */
const constraints: Constraints = {
  ResourceArn: { shortest: 1, longest: 1011 },
  TagKeys: { shortest: 1, longest: 128 },
  Tags: { members: { Key: { required: true }, Value: { required: true } } },
};

/** @throws AwsFault ValidationError that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkParameters(input, constraints);
}
