import { parsedJson } from "../json-text.ts";
import { EventPatternError } from "./event-pattern-error.ts";
import { compileValueTest, type LeafTest } from "./value-tests.ts";

/** Whether an event, parsed from JSON, is one of those that a pattern means. */
export type EventTest = (event: unknown) => boolean;

/** No rule or filter comes near it; calls can go no deeper than thousands. */
const deepest = 100;

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads an event pattern of EventBridge, or a filter policy of SNS, which speaks the same language: members are all
 * required, the values of a member are alternatives, `$or` holds alternatives of whole patterns.
 *
 * Source: Amazon EventBridge User Guide, "Comparison operators for use in event patterns".
 *
 * @throws EventPatternError for what AWS refuses
 * @example compilePattern('{"source":["aws.sts"]}')({ source: "aws.sts" }) // true
 */
export function compilePattern(text: string): EventTest {
  const pattern = parsedJson(text);
  if (pattern === undefined) throw new EventPatternError("Invalid JSON");
  if (!isObject(pattern)) throw new EventPatternError("Filter is not an object");
  return compileObject(pattern, 1);
}

function compileObject(pattern: JsonObject, depth: number): EventTest {
  if (depth > deepest) throw new EventPatternError("Nested too deep");
  const members = Object.entries(pattern);
  if (members.length === 0) throw new EventPatternError("Empty objects are not allowed");
  const tests = members.map(([name, value]) =>
    name === "$or" ? compileOr(value, depth) : compileMember(name, value, depth),
  );
  return (event) => tests.every((test) => test(event));
}

function compileOr(value: unknown, depth: number): EventTest {
  const alternatives = Array.isArray(value) ? value.filter(isObject) : [];
  if (!Array.isArray(value) || alternatives.length < value.length || alternatives.length < 2) {
    throw new EventPatternError("There must have at least 2 Objects in $or relationship.");
  }
  const tests = alternatives.map((alternative) => compileObject(alternative, depth + 1));
  return (event) => tests.some((test) => test(event));
}

function compileMember(name: string, value: unknown, depth: number): EventTest {
  if (Array.isArray(value)) return compileLeaf(name, value);
  if (!isObject(value)) throw new EventPatternError(`"${name}" must be an object or an array`);
  const test = compileObject(value, depth + 1);
  // Of an array in the event one element has to match as a whole.
  return (event) => {
    const inner = memberOf(event, name);
    return Array.isArray(inner) ? inner.some(test) : test(inner);
  };
}

function compileLeaf(name: string, alternatives: readonly unknown[]): EventTest {
  if (alternatives.length === 0) throw new EventPatternError("Empty arrays are not allowed");
  const tests: readonly LeafTest[] = alternatives.map(compileValueTest);
  return (event) => {
    const leaves = leavesOf(memberOf(event, name));
    return tests.some((test) => test(leaves));
  };
}

function memberOf(event: unknown, name: string): unknown {
  return isObject(event) && Object.hasOwn(event, name) ? event[name] : undefined;
}

/** Objects are no leaves: `exists` does not see them. An event may hold lists in lists deeper than calls can go. */
function leavesOf(value: unknown): readonly unknown[] {
  const leaves: unknown[] = [];
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (const inner of next) open.push(inner);
    else if (next !== undefined && !isObject(next)) leaves.push(next);
  }
  return leaves;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
