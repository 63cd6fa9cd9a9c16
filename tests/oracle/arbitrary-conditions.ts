import fc from "fast-check";

/** A context key: what its values may be in a request, and which values policies compare them with. */
interface ContextKey {
  readonly name: string;
  readonly families: readonly Family[];
  readonly requestValues: fc.Arbitrary<string>;
  readonly policyValues: fc.Arbitrary<string | number | boolean>;
  readonly multivalued?: true;
}

type Family = keyof typeof operators;

const operators = {
  string: [
    "StringEquals",
    "StringNotEquals",
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    "StringLike",
    "StringNotLike",
  ],
  arn: ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
  numeric: [
    "NumericEquals",
    "NumericNotEquals",
    "NumericLessThan",
    "NumericLessThanEquals",
    "NumericGreaterThan",
    "NumericGreaterThanEquals",
  ],
  date: [
    "DateEquals",
    "DateNotEquals",
    "DateLessThan",
    "DateLessThanEquals",
    "DateGreaterThan",
    "DateGreaterThanEquals",
  ],
  bool: ["Bool"],
  binary: ["BinaryEquals"],
  address: ["IpAddress", "NotIpAddress"],
} as const;

const words = fc.constantFrom("ops", "Ops", "team/ops", "ab", "a*b", "", "?");
const patterns = fc.constantFrom(
  "ops",
  "OPS",
  "o?s",
  "*",
  "a*b",
  "team/*",
  "",
  "${*}",
  "${aws:username}",
  "team/${AWS:UserName}",
  "${aws:PrincipalTag/team}",
  "${aws:PrincipalTag/none, 'ops'}",
  "a${*}b",
  "?",
);
const numbers = fc.constantFrom("0", "1", "9.5", "10", "10.0", "-3");
const arns = fc.constantFrom(
  "arn:aws:sns:eu-west-1:333333333333:orders",
  "arn:aws:sns:eu-west-1:444444444444:orders",
  "arn:aws:s3:::orders",
  "arn:aws:lambda:eu-west-1:333333333333:function:ops",
  "arn:aws:some:eu-west-1:999999999999:store/abc:333333333333:orders",
);
const arnPatterns = fc.constantFrom(
  "arn:aws:sns:*:333333333333:orders",
  "arn:aws:sns:eu-west-?:*:*",
  "arn:aws:s3:::ord*",
  "arn:*:*:*:*:*",
  "arn:aws:lambda:*:*:function:${aws:username}",
  "arn:aws:some:*:333333333333:orders",
  "arn:aws:sns:eu-west-1:444444444444:orders",
);

const keys: readonly ContextKey[] = [
  { name: "aws:username", families: ["string"], requestValues: words, policyValues: patterns },
  { name: "aws:PrincipalTag/team", families: ["string"], requestValues: words, policyValues: patterns },
  { name: "aws:TagKeys", families: ["string"], requestValues: words, policyValues: patterns, multivalued: true },
  { name: "aws:SourceArn", families: ["arn", "arn", "string"], requestValues: arns, policyValues: arnPatterns },
  { name: "ex:Arns", families: ["arn"], requestValues: arns, policyValues: arnPatterns, multivalued: true },
  {
    name: "s3:max-keys",
    families: ["numeric"],
    requestValues: numbers,
    policyValues: fc.oneof(numbers, fc.constantFrom(10, 9.5, 0)),
  },
  { name: "ex:Numbers", families: ["numeric"], requestValues: numbers, policyValues: numbers, multivalued: true },
  {
    name: "aws:CurrentTime",
    families: ["date"],
    requestValues: fc.constantFrom("2026-11-24T00:00:00Z", "2026-11-24T09:00:00+09:00", "1795478401", "2026-01-01"),
    policyValues: fc.constantFrom("2026-11-24T00:00:00Z", "2026-11-24", "1795478400", "2026", "2026-11-24T00:00:01Z"),
  },
  {
    name: "aws:SecureTransport",
    families: ["bool", "string"],
    requestValues: fc.constantFrom("true", "false"),
    policyValues: fc.constantFrom<string | boolean>(
      "true",
      "false",
      "True",
      true,
      false,
      "${ex:Secure}",
      "${ex:Secure, 'true'}",
    ),
  },
  {
    name: "ex:Secure",
    families: ["bool"],
    requestValues: fc.constantFrom("true", "FALSE"),
    policyValues: fc.constantFrom("true", "false"),
  },
  {
    name: "ex:Bytes",
    families: ["binary"],
    requestValues: fc.constantFrom("QmluYXJ5", "QQ==", "Qg=="),
    policyValues: fc.constantFrom("QmluYXJ5", "QQ==", ""),
  },
  {
    name: "aws:SourceIp",
    families: ["address"],
    requestValues: fc.constantFrom("203.0.113.7", "203.0.113.200", "198.51.100.1", "2001:db8::9", "2001:DB8:1::9"),
    policyValues: fc.constantFrom(
      "203.0.113.0/24",
      "203.0.113.7",
      "203.0.113.128/25",
      "0.0.0.0/0",
      "2001:db8::/48",
      "2001:DB8:0001::/48",
      "2001:db8::9",
      "::/0",
    ),
  },
];

type ConditionText = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A `Condition` element of one to three tests, or none: then more requests meet the statement. */
export const conditions: fc.Arbitrary<ConditionText> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...keys).chain(test), { minLength: 1, maxLength: 3 }).map(joined) },
);

interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: unknown;
}

function test(key: ContextKey): fc.Arbitrary<Test> {
  const values = fc.oneof(
    { weight: 2, arbitrary: key.policyValues },
    { weight: 1, arbitrary: fc.array(key.policyValues, { minLength: 1, maxLength: 3 }) },
  );
  const comparison = fc.record({
    operator: fc.tuple(setOperator(key), fc.constantFrom(...key.families.flatMap((name) => operators[name])), ifExists),
    key: anyCase(key.name),
    values,
  });
  const presence = fc.record({
    key: anyCase(key.name),
    values: fc.constantFrom<unknown[]>("true", "false", true, false),
  });
  return fc.oneof(
    { weight: 6, arbitrary: comparison.map(({ operator, ...rest }) => ({ ...rest, operator: operator.join("") })) },
    { weight: 1, arbitrary: presence.map((rest) => ({ ...rest, operator: "Null" })) },
  );
}

const ifExists = fc.constantFrom("", "", "", "IfExists");

/** "Multivalued context keys require a condition set operator"; with the others they only are not recommended. */
function setOperator({ multivalued }: ContextKey): fc.Arbitrary<string> {
  const sets = ["ForAllValues:", "ForAnyValue:"];
  return multivalued ? fc.constantFrom(...sets) : fc.constantFrom("", "", "", "", ...sets);
}

function anyCase(name: string): fc.Arbitrary<string> {
  return fc.constantFrom(name, name, name.toUpperCase(), name.toLowerCase());
}

function joined(tests: readonly Test[]): ConditionText {
  const text: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, values } of tests) text[operator] = { ...text[operator], [key]: values };
  return text;
}

/** The keys of a request. Each is there, or not, or has nothing in it. */
export const contexts: fc.Arbitrary<Readonly<Record<string, readonly string[]>>> = fc
  .tuple(...keys.map((key) => fc.option(contextValues(key), { nil: undefined, freq: 3 })))
  .map((drawn) => Object.fromEntries(drawn.flatMap((values, index) => entry(keys[index]?.name, values))));

function contextValues({ requestValues, multivalued }: ContextKey): fc.Arbitrary<readonly string[]> {
  return fc.array(requestValues, multivalued ? { maxLength: 3 } : { minLength: 1, maxLength: 1 });
}

function entry(
  name: string | undefined,
  values: readonly string[] | undefined,
): (readonly [string, readonly string[]])[] {
  return name === undefined || values === undefined ? [] : [[name, values]];
}
