import type { Constraints } from "../constraints.ts";
import { checkConstraints } from "../json-refusals.ts";

/** The rules are AWS's own. */
const constraints: Constraints = {
  PaginationToken: { longest: 2048 },
  ResourcesPerPage: { least: 1, most: 100 },
  TagFilters: {
    mostItems: 50,
    members: { Key: { shortest: 1, longest: 128 }, Values: { longest: 256, mostItems: 20 } },
  },
  ResourceTypeFilters: { longest: 256, pattern: /[\s\S]*/ },
};

/** @throws AwsFault ValidationException that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkConstraints(input, constraints);
}
