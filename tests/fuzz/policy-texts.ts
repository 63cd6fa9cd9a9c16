import fc from "fast-check";
import { conditions } from "../oracle/arbitrary-conditions.ts";
import { nestedTexts } from "./nested-texts.ts";

/** What policies of a place look like when they are right. */
export interface PolicyShape {
  readonly principals?: readonly unknown[];
  readonly effects: readonly string[];
  readonly actions: readonly string[];
  readonly resources?: readonly string[];
}

/** Texts from right ones for the place, over damaged ones, to what has nothing of a policy. */
export function policyTexts(shape: PolicyShape): fc.Arbitrary<string> {
  const right = policies(shape);
  return fc.oneof(
    { weight: 6, arbitrary: right.map((policy) => JSON.stringify(policy)) },
    { weight: 3, arbitrary: fc.tuple(right, damages).map(([policy, damage]) => damagedText(policy, damage)) },
    { weight: 1, arbitrary: fc.oneof(fc.json(), fc.string(), deep) },
  );
}

type Policy = Readonly<Record<string, unknown>>;

function policies({ principals, effects, actions, resources }: PolicyShape): fc.Arbitrary<Policy> {
  const statement = fc
    .record({
      Sid: sometimes(fc.constantFrom("One", "Two", "")),
      Effect: fc.constantFrom(...effects),
      Principal: principals ? fc.constantFrom(...principals) : fc.constant(undefined),
      Action: oneOrMany(actions),
      Resource: resources ? oneOrMany(resources) : fc.constant(undefined),
      Condition: sometimes(conditions),
    })
    .map(present);
  return fc
    .record({
      Version: fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", undefined),
      Id: sometimes(fc.constantFrom("policy", "")),
      Statement: fc.oneof(statement, fc.array(statement, { minLength: 1, maxLength: 3 })),
    })
    .map(present);
}

function oneOrMany(values: readonly string[]): fc.Arbitrary<string | string[]> {
  const value = fc.constantFrom(...values);
  return fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 }));
}

function sometimes<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 1 });
}

function present(members: Policy): Policy {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

const deep = nestedTexts("[", '{"Statement":', '{"Statement":[');

interface PolicyDamage {
  readonly kind: "cut" | "other text" | "other value" | "other name" | "twice";
  readonly at: number;
  readonly value: unknown;
}

const damages: fc.Arbitrary<PolicyDamage> = fc.record({
  kind: fc.constantFrom("cut", "other text", "other value", "other name", "twice"),
  at: fc.nat(500),
  value: fc.oneof(fc.constantFrom<unknown[]>(...hostileValues()), fc.jsonValue({ maxDepth: 2 })),
});

function hostileValues(): unknown[] {
  return [
    null,
    [],
    {},
    "",
    "*",
    "${",
    "${aws:username",
    "a:*".repeat(300),
    "__proto__",
    { AWS: [] },
    { "*": "*" },
    [[]],
    0,
    true,
  ];
}

const names = ["NotAction", "NotResource", "NotPrincipal", "Principal", "Resource", "Condition", "__proto__", "action"];

function damagedText(policy: Policy, { kind, at, value }: PolicyDamage): string {
  const text = JSON.stringify(policy);
  // Names and values of the text; every second one or so is worth replacing.
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)];
  const token = tokens[at % tokens.length];
  const [from, to] = token ? [token.index, token.index + token[0].length] : [0, text.length];
  switch (kind) {
    case "cut":
      return text.slice(0, at % text.length);
    case "other text":
      return `${text.slice(0, from)}${typeof value === "string" ? value : "}"}${text.slice(to)}`;
    case "other value":
      return `${text.slice(0, from)}${JSON.stringify(value)}${text.slice(to)}`;
    case "other name":
      return `${text.slice(0, from)}"${names[at % names.length] ?? ""}"${text.slice(to)}`;
    case "twice":
      return text.replace(/"Effect":"\w+"/, (effect) => `${effect},${effect}`);
  }
}
