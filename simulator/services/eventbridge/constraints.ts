import type { Constraint, Constraints } from "../constraints.ts";
import { checkConstraints } from "../json-refusals.ts";

const name: Constraint = { shortest: 1, longest: 64, pattern: /[.\-_A-Za-z0-9]+/ };
const arn: Constraint = { shortest: 1, longest: 1600 };
const tagKey: Constraint = { shortest: 1, longest: 128 };

/** Members of the same name obey the same rules in every operation of EventBridge; the rules are AWS's own. */
const constraints: Constraints = {
  Name: name,
  NamePrefix: name,
  Rule: name,
  EventBusName: {
    shortest: 1,
    longest: 1600,
    pattern: /(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/.\-_A-Za-z0-9]+/,
  },
  Description: { longest: 512 },
  EventPattern: { longest: 4096 },
  State: { oneOf: ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"] },
  Limit: { least: 1, most: 100 },
  NextToken: { shortest: 1, longest: 2048 },
  ResourceARN: arn,
  Ids: { ...name, fewest: 1, mostItems: 100 },
  Targets: {
    fewest: 1,
    members: {
      Id: { ...name, required: true },
      Arn: { ...arn, required: true },
      RoleArn: arn,
      Input: { longest: 8192 },
      InputPath: { longest: 256 },
      InputTransformer: { members: { InputTemplate: { shortest: 1, longest: 8192, required: true } } },
    },
  },
  TagKeys: tagKey,
  Tags: { members: { Key: { ...tagKey, required: true }, Value: { longest: 256, required: true } } },
};

/** @throws AwsFault ValidationException that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkConstraints(input, constraints);
}
