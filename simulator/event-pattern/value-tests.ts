import { compileCidr } from "./cidr.ts";
import { EventPatternError } from "./event-pattern-error.ts";
import { compileNumeric } from "./numeric.ts";
import { compileWildcard } from "./wildcard.ts";

/** Looks at all the values that an event has in one place; none, where it has nothing there. */
export type LeafTest = (leaves: readonly unknown[]) => boolean;

/** Looks at one of them. */
type ValueTest = (value: unknown) => boolean;

/** @throws EventPatternError */
export function compileValueTest(alternative: unknown): LeafTest {
  if (Array.isArray(alternative)) throw notAValue();
  if (typeof alternative !== "object" || alternative === null) return any((value) => value === alternative);
  const { operator, operand } = operatorOf(alternative);
  if (operator === "exists") return compileExists(operand);
  return any(compileOperator(operator, operand));
}

function any(test: ValueTest): LeafTest {
  return (leaves) => leaves.some(test);
}

function operatorOf(expression: object): { operator: string; operand: unknown } {
  const members: readonly (readonly [string, unknown])[] = Object.entries(expression);
  const [first, ...others] = members;
  if (!first) throw new EventPatternError("Empty match expression");
  if (others.length > 0) throw new EventPatternError("Only one key allowed in match expression");
  return { operator: first[0], operand: first[1] };
}

function compileExists(operand: unknown): LeafTest {
  if (typeof operand !== "boolean") {
    throw new EventPatternError("exists match pattern must be either true or false.");
  }
  return (leaves) => leaves.length > 0 === operand;
}

function compileOperator(operator: string, operand: unknown): ValueTest {
  switch (operator) {
    case "prefix":
      return affix("prefix", operand, (value, text) => value.startsWith(text));
    case "suffix":
      return affix("suffix", operand, (value, text) => value.endsWith(text));
    case "equals-ignore-case":
      return ignoringCase(operator, operand, (value, text) => value === text);
    case "wildcard":
      return onText(compileWildcard(textOf(operator, operand)));
    case "cidr":
      return onText(compileCidr(textOf(operator, operand)));
    case "numeric":
      return compileNumeric(operand);
    case "anything-but":
      return compileAnythingBut(operand);
    default:
      throw new EventPatternError(`Unrecognized match type ${operator}`);
  }
}

type Comparison = (value: string, text: string) => boolean;

function affix(operator: string, operand: unknown, compare: Comparison): ValueTest {
  if (typeof operand === "object" && operand !== null && !Array.isArray(operand)) {
    const { operator: inner, operand: text } = operatorOf(operand);
    if (inner !== "equals-ignore-case") throw new EventPatternError(`Unsupported ${operator} pattern: ${inner}`);
    return ignoringCase(operator, text, compare);
  }
  const text = textOf(operator, operand);
  return onText((value) => compare(value, text));
}

function ignoringCase(operator: string, operand: unknown, compare: Comparison): ValueTest {
  const text = textOf(operator, operand).toLowerCase();
  return onText((value) => compare(value.toLowerCase(), text));
}

/** Values, a list of them, or one of the operators on text with a value or a list of them. */
function compileAnythingBut(operand: unknown): ValueTest {
  if (typeof operand === "object" && operand !== null && !Array.isArray(operand)) {
    const { operator, operand: inner } = operatorOf(operand);
    if (!["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(operator)) {
      throw new EventPatternError(`Unsupported anything-but pattern: ${operator}`);
    }
    return noneOf(listOf(inner).map((one) => compileOperator(operator, one)));
  }
  const excluded = listOf(operand);
  if (excluded.some((value) => typeof value !== "string" && typeof value !== "number")) {
    throw new EventPatternError("Inside anything-but list, values must be strings or numbers.");
  }
  return noneOf(excluded.map((one) => (value) => value === one));
}

function listOf(operand: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw new EventPatternError("Empty arrays are not allowed");
  return list;
}

function noneOf(tests: readonly ValueTest[]): ValueTest {
  return (value) => !tests.some((test) => test(value));
}

function onText(test: (value: string) => boolean): ValueTest {
  return (value) => typeof value === "string" && test(value);
}

function textOf(operator: string, operand: unknown): string {
  if (typeof operand === "string" && operand !== "") return operand;
  throw new EventPatternError(`${operator} match pattern must be a string`);
}

function notAValue(): EventPatternError {
  return new EventPatternError("Match value must be String, number, true, false, or null");
}
