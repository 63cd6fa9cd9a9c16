import type { Constraint, Constraints } from "../constraints.ts";
import { checkConstraints } from "../json-refusals.ts";

const entryId: Constraint = {
  shortest: 1,
  longest: 47,
  pattern: /([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}/,
};

const attributePath: Constraint = {
  shortest: 1,
  longest: 255,
  pattern: /\p{L}+:\p{L}+:\p{L}+(?:\.\p{L}+){0,3}|\p{L}+(?:\.\p{L}+){0,2}/u,
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
  MemberId: { members: { UserId: entryId } },
  GroupIds: { ...entryId, fewest: 1, mostItems: 100 },
  AlternateIdentifier: { members: { UniqueAttribute: { members: { AttributePath: attributePath } } } },
  Filters: {
    members: {
      AttributePath: attributePath,
      AttributeValue: { shortest: 1, longest: 1024, pattern: /[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r \u00a0\u3000]+/u },
    },
  },
  MaxResults: { least: 1, most: 100 },
  NextToken: { shortest: 1, longest: 65_535, pattern: /[-a-zA-Z0-9+=/:_]*/ },
};

/** @throws AwsFault ValidationException that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkConstraints(input, constraints);
}
