import type { Constraint, Constraints } from "../constraints.ts";
import { checkConstraints } from "../json-refusals.ts";

const keyId: Constraint = { shortest: 1, longest: 2048 };
const tagKey: Constraint = { shortest: 1, longest: 128 };

/** Members of the same name obey the same rules in every operation of KMS; the rules are AWS's own. */
const constraints: Constraints = {
  KeyId: keyId,
  TargetKeyId: keyId,
  AliasName: { shortest: 1, longest: 256, pattern: /[a-zA-Z0-9:/_-]+/ },
  Description: { longest: 8192 },
  Policy: { shortest: 1, longest: 131_072, pattern: /[\t\n\r\u0020-\u00FF]+/ },
  PolicyName: { shortest: 1, longest: 128, pattern: /[\w]+/ },
  Marker: { shortest: 1, longest: 1024, pattern: /[\u0020-\u00FF]*/ },
  RotationPeriodInDays: { least: 90, most: 2560 },
  TagKeys: tagKey,
  Tags: { members: { TagKey: { ...tagKey, required: true }, TagValue: { longest: 256, required: true } } },
};

/** @throws AwsFault ValidationException that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkConstraints(input, constraints);
}
