import type { Constraint, Constraints } from "../constraints.ts";
import { checkConstraints } from "../json-refusals.ts";

const entryId: Constraint = {
  shortest: 1,
  longest: 47,
  pattern: /([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}/,
};

/** Members of the same name obey the same rules in every operation of the identity store; the rules are AWS's own. */
const constraints: Constraints = {
  IdentityStoreId: {
    shortest: 1,
    longest: 36,
    pattern: /d-[0-9a-f]{10}$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  },
  UserId: entryId,
  GroupId: entryId,
  MembershipId: entryId,
  MaxResults: { least: 1, most: 100 },
};

/** @throws AwsFault ValidationException that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkConstraints(input, constraints);
}
