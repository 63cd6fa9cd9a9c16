import { EventPatternError } from "./event-pattern-error.ts";

type Comparison = (value: number, bound: number) => boolean;

const comparisons: ReadonlyMap<unknown, Comparison> = new Map<unknown, Comparison>([
  ["=", (value, bound) => value === bound],
  ["<", (value, bound) => value < bound],
  ["<=", (value, bound) => value <= bound],
  [">", (value, bound) => value > bound],
  [">=", (value, bound) => value >= bound],
]);

const largest = 5e9;

/** `["=", 1]`, `["<", 1]` or a range: `[">", 0, "<=", 5]`. @throws EventPatternError */
export function compileNumeric(operand: unknown): (value: unknown) => boolean {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) throw new EventPatternError("Invalid member in numeric match");
  const [first, lower, second, upper] = parts;
  const tests = [bound(first, lower)];
  if (parts.length === 4) {
    const isRange = /^>=?$/.test(String(first)) && /^<=?$/.test(String(second));
    if (!isRange) throw new EventPatternError("Bad numeric range operator");
    tests.push(bound(second, upper));
    if (Number(lower) >= Number(upper)) throw new EventPatternError("Bottom must be less than top");
  }
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function bound(operator: unknown, value: unknown): (value: number) => boolean {
  const compare = comparisons.get(operator);
  if (!compare) throw new EventPatternError(`Unrecognized numeric range operator: ${String(operator)}`);
  if (typeof value !== "number") throw new EventPatternError(`Value of ${String(operator)} must be numeric`);
  if (Math.abs(value) > largest) throw new EventPatternError("Value must be between -5.0E9 and 5.0E9");
  return (candidate) => compare(candidate, value);
}
