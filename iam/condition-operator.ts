import { type Comparison, comparisons } from "./condition-comparisons.ts";

/** A condition operator taken apart: `ForAnyValue:StringNotLikeIfExists` and the like. */
export interface ConditionOperator {
  readonly quantifier?: "ForAllValues" | "ForAnyValue";
  readonly comparison: Comparison;
  readonly ifExists: boolean;
}

/** @returns `undefined` when IAM has no operator of that name */
export function parseOperator(name: string): ConditionOperator | undefined {
  const [, quantifier, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const comparison = comparisons.get(base);
  if (!comparison || (base === "Null" && (quantifier ?? ifExists) !== undefined)) return undefined;
  return {
    ...(quantifier === "ForAllValues" || quantifier === "ForAnyValue" ? { quantifier } : {}),
    comparison,
    ifExists: ifExists !== undefined,
  };
}
