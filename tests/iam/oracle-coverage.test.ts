import { expect } from "chai";
import fc from "fast-check";
import { questions } from "../oracle/arbitraries.ts";
import type { Question } from "../oracle/question.ts";

const sample = 3000;

/** What has to come up in random questions, or agreement on them would say nothing about it. */
const operators = [
  ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map(
    (name) => `String${name}`,
  ),
  ...["Numeric", "Date"].flatMap((type) =>
    ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
      (name) => type + name,
    ),
  ),
  ...["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
  ...["Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "Null"],
];
const texts: readonly (readonly [what: string, pattern: RegExp])[] = [
  ...operators.map((name) => [name, new RegExp(`"(?:For\\w+:)?${name}(?:IfExists)?":`)] as const),
  ...["ForAllValues:", "ForAnyValue:"].map((name) => [name, new RegExp(`"${name}`)] as const),
  ["IfExists", /IfExists":/],
  ...["Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal"].map(
    (element) => [element, new RegExp(`"${element}":`)] as const,
  ),
  ["a variable", /\$\{[a-z]/i],
  ["a variable with a default", /\$\{[^}]*'/],
  ["an escaped wildcard", /\$\{\*\}/],
  ["the older version", /2008-10-17/],
];
const situations: readonly (readonly [what: string, holds: (question: Question) => boolean])[] = [
  ...(["root", "user", "assumed-role", "service"] as const).map(
    (kind) => [kind, ({ request }: Question) => request.principal.kind === kind] as const,
  ),
  ...(
    ["session", "permissionsBoundary", "resource", "resourceMustAllow", "serviceControl", "resourceControl"] as const
  ).map((type) => [type, ({ policies }: Question) => policies[type] !== undefined] as const),
  ["another account's resource", isAbroad],
  [
    "a user abroad with a boundary",
    (question) => isAbroad(question) && question.policies.permissionsBoundary !== undefined,
  ],
  [
    "a session abroad with a session policy",
    (question) => isAbroad(question) && question.policies.session !== undefined,
  ],
  [
    "a session in its account with both",
    ({ request, policies }) =>
      request.principal.kind === "assumed-role" && policies.session !== undefined && policies.resource !== undefined,
  ],
];

function isAbroad({ request }: Question): boolean {
  return request.principal.accountId !== request.resourceAccountId;
}

describe("random questions", () => {
  const drawn = fc.sample(questions, { numRuns: sample, seed: 20261125 }).map((question) => ({
    question,
    policies: JSON.stringify(question.policies),
  }));

  for (const [what, pattern] of texts) {
    it(`often have ${what}`, () => {
      expect(drawn.filter(({ policies }) => pattern.test(policies)).length).to.be.greaterThan(sample / 50);
    });
  }
  for (const [what, holds] of situations) {
    it(`are often about ${what}`, () => {
      expect(drawn.filter(({ question }) => holds(question)).length).to.be.greaterThan(sample / 50);
    });
  }
});
