import { matchesArn } from "./arn-pattern.ts";
import { compileAddressRange } from "./address-range.ts";
import type { WildcardPattern } from "./wildcard.ts";
import { literalPattern, matchesWildcards, patternText, wildcardPattern } from "./wildcard.ts";

/** What an operator does with one value of the policy and one of the request, before set operators and `IfExists`. */
export type Comparison = TextComparison | ValueComparison | PresenceComparison;

/** String and ARN operators and `Bool`: the policy's value may hold variables. */
export interface TextComparison {
  readonly kind: "text";
  /** A negated operator holds when none of its values compares. */
  readonly negated: boolean;
  /** How the text between variables is read: with wildcards or literally. */
  readonly readText: (text: string) => WildcardPattern;
  readonly compare: (pattern: WildcardPattern, requestValue: string) => boolean;
  /** Which texts without variables the operator takes; absent, all. */
  readonly accepts?: RegExp;
}

/** Operators on numbers, dates, addresses and bytes: without variables, so read once and for all. */
export interface ValueComparison {
  readonly kind: "value";
  readonly negated: boolean;
  /** @returns `undefined` when the text is no value of the operator's type */
  readonly compile: (policyValue: string) => ((requestValue: string) => boolean) | undefined;
}

/** `Null`: whether the request has the key at all. */
export interface PresenceComparison {
  readonly kind: "presence";
}

function text(readText: TextComparison["readText"], compare: TextComparison["compare"]) {
  return (negated: boolean): Comparison => ({ kind: "text", negated, readText, compare });
}

function ordered(read: (text: string) => number | undefined, holds: (order: number) => boolean) {
  return (negated: boolean): Comparison => ({
    kind: "value",
    negated,
    compile: (policyText) => {
      const policyValue = read(policyText);
      if (policyValue === undefined) return undefined;
      return (requestText) => {
        const requestValue = read(requestText);
        return requestValue !== undefined && holds(Math.sign(requestValue - policyValue));
      };
    },
  });
}

function value(compile: ValueComparison["compile"]) {
  return (negated: boolean): Comparison => ({ kind: "value", negated, compile });
}

const exactly = text(literalPattern, matchesWildcards);
const ignoringCase = text(literalPattern, sameButForCase);
const like = text(wildcardPattern, matchesWildcards);
const arnLike = text(wildcardPattern, matchesArn);
const inRange = value(compileAddressRange);

const truthValue = /^(?:true|false)$/i;

/** Every condition operator of IAM, without set operator and `IfExists`. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ["StringEquals", exactly(false)],
  ["StringNotEquals", exactly(true)],
  ["StringEqualsIgnoreCase", ignoringCase(false)],
  ["StringNotEqualsIgnoreCase", ignoringCase(true)],
  ["StringLike", like(false)],
  ["StringNotLike", like(true)],
  ["ArnEquals", arnLike(false)],
  ["ArnLike", arnLike(false)],
  ["ArnNotEquals", arnLike(true)],
  ["ArnNotLike", arnLike(true)],
  ...orderOperators("Numeric", readNumber),
  ...orderOperators("Date", readDate),
  ["Bool", { kind: "text", negated: false, readText: literalPattern, compare: sameButForCase, accepts: truthValue }],
  ["BinaryEquals", value(compileBinary)(false)],
  ["IpAddress", inRange(false)],
  ["NotIpAddress", inRange(true)],
  ["Null", { kind: "presence" }],
]);

function orderOperators(
  type: "Numeric" | "Date",
  read: (text: string) => number | undefined,
): readonly (readonly [string, Comparison])[] {
  const equals = ordered(read, (order) => order === 0);
  return [
    [`${type}Equals`, equals(false)],
    [`${type}NotEquals`, equals(true)],
    [`${type}LessThan`, ordered(read, (order) => order < 0)(false)],
    [`${type}LessThanEquals`, ordered(read, (order) => order <= 0)(false)],
    [`${type}GreaterThan`, ordered(read, (order) => order > 0)(false)],
    [`${type}GreaterThanEquals`, ordered(read, (order) => order >= 0)(false)],
  ];
}

function readNumber(text: string): number | undefined {
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

/** ISO 8601 in one of the W3C forms (a year alone, to the day, to the second), or seconds since 1970. */
function readDate(text: string): number | undefined {
  if (/^\d{5,}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  const iso = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/;
  const milliseconds = iso.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

function sameButForCase(pattern: WildcardPattern, requestValue: string): boolean {
  return patternText(pattern).toLowerCase() === requestValue.toLowerCase();
}

function compileBinary(policyValue: string): ((requestValue: string) => boolean) | undefined {
  const wanted = readBase64(policyValue);
  return wanted && ((requestValue) => readBase64(requestValue)?.equals(wanted) ?? false);
}

function readBase64(text: string): Buffer | undefined {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
    ? Buffer.from(text, "base64")
    : undefined;
}
