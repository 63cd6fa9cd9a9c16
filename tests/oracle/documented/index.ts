import { boundaries } from "./boundaries.ts";
import { buckets } from "./buckets.ts";
import { conditionOperators } from "./condition-operators.ts";
import { conditionPolicies } from "./condition-policies.ts";
import { conditionsWithManyValues } from "./conditions-with-many-values.ts";
import { elements } from "./elements.ts";
import { evaluationLogic } from "./evaluation-logic.ts";
import type { Example } from "./example.ts";
import { organizations } from "./organizations.ts";
import { principals } from "./principals.ts";
import { queues } from "./queues.ts";
import { variables } from "./variables.ts";

/** Every worked example, by the pages they stand on. */
export const documentedExamples: readonly Example[] = [
  ...evaluationLogic,
  ...boundaries,
  ...elements,
  ...conditionOperators,
  ...conditionsWithManyValues,
  ...conditionPolicies,
  ...variables,
  ...organizations,
  ...buckets,
  ...queues,
  ...principals,
];
