import { expect } from "chai";
import { compilePattern } from "../../../simulator/event-pattern/compile-pattern.ts";
import { EventPatternError } from "../../../simulator/event-pattern/event-pattern-error.ts";

/** After the examples of the EventBridge User Guide, "Comparison operators for use in event patterns". */
const cases: readonly [name: string, pattern: object, matching: readonly object[], others: readonly object[]][] = [
  [
    "members are all required, values are alternatives",
    { source: ["aws.sts", "aws.iam"], detail: { eventName: ["AssumeRoot"] } },
    [{ source: "aws.sts", detail: { eventName: "AssumeRoot" }, more: 1 }],
    [{ source: "aws.sts", detail: { eventName: "AssumeRole" } }, { source: "aws.sts" }, { detail: "AssumeRoot" }],
  ],
  [
    "values keep their type",
    { a: [1, null, true, ""] },
    [{ a: 1 }, { a: null }, { a: true }, { a: "" }],
    [{ a: "1" }, {}],
  ],
  [
    "one element of an array suffices",
    { a: ["x"] },
    [{ a: ["w", "x"] }, { a: [["x"]] }],
    [{ a: [] }, { a: { b: "x" } }],
  ],
  [
    "one element of an array of objects matches as a whole",
    { a: { b: [1], c: [2] } },
    [{ a: [{ b: 0 }, { b: 1, c: 2 }] }],
    [{ a: [{ b: 1 }, { c: 2 }] }],
  ],
  ["prefix", { a: [{ prefix: "us-" }] }, [{ a: "us-east-1" }], [{ a: "eu-us-" }, { a: 1 }]],
  ["prefix without case", { a: [{ prefix: { "equals-ignore-case": "US-" } }] }, [{ a: "us-east-1" }], [{ a: "eu" }]],
  ["suffix", { a: [{ suffix: ".png" }] }, [{ a: "x.png" }], [{ a: "x.png.gz" }]],
  ["suffix without case", { a: [{ suffix: { "equals-ignore-case": ".PNG" } }] }, [{ a: "x.png" }], [{ a: "png" }]],
  ["equals-ignore-case", { a: [{ "equals-ignore-case": "Alice" }] }, [{ a: "aLICE" }], [{ a: "Alic" }]],
  ["exists", { a: [{ exists: true }] }, [{ a: null }, { a: [1] }], [{}, { a: {} }, { a: [] }]],
  ["does not exist", { a: { b: [{ exists: false }] } }, [{}, { a: {} }, { a: { c: 1 } }], [{ a: { b: 0 } }]],
  ["anything-but", { a: [{ "anything-but": "x" }] }, [{ a: "y" }, { a: 1 }], [{ a: "x" }, {}]],
  ["anything-but a list", { a: [{ "anything-but": ["x", 2] }] }, [{ a: "y" }, { a: 3 }], [{ a: "x" }, { a: 2 }]],
  ["anything-but prefix", { a: [{ "anything-but": { prefix: ["us-", "eu-"] } }] }, [{ a: "ap-1" }], [{ a: "eu-1" }]],
  ["anything-but suffix", { a: [{ "anything-but": { suffix: ".png" } }] }, [{ a: "x.gif" }], [{ a: "x.png" }]],
  ["anything-but case", { a: [{ "anything-but": { "equals-ignore-case": ["X"] } }] }, [{ a: "y" }], [{ a: "x" }]],
  ["anything-but wildcard", { a: [{ "anything-but": { wildcard: "*/lib/*" } }] }, [{ a: "/bin/x" }], [{ a: "/lib/x" }]],
  ["numeric", { a: [{ numeric: ["=", 100] }] }, [{ a: 100 }], [{ a: 101 }, { a: "100" }]],
  ["numeric range", { a: [{ numeric: [">", 10, "<=", 20] }] }, [{ a: 10.5 }, { a: 20 }], [{ a: 10 }, { a: 21 }]],
  ["cidr", { a: [{ cidr: "10.0.0.0/24" }] }, [{ a: "10.0.0.255" }], [{ a: "10.0.1.0" }, { a: "::1" }, { a: "ten" }]],
  [
    "cidr of IPv6",
    { a: [{ cidr: "2001:db8::/32" }] },
    [{ a: "2001:db8:1::" }],
    [{ a: "2001:db9::" }, { a: "1.2.3.4" }],
  ],
  [
    "wildcard",
    { a: [{ wildcard: "dir/*.p*g" }] },
    [{ a: "dir/x.png" }, { a: "dir/.pg" }],
    [{ a: "dir/x.pn" }, { a: "d" }],
  ],
  ["wildcard, escaped", { a: [{ wildcard: "a\\*\\\\*" }] }, [{ a: "a*\\" }, { a: "a*\\b" }], [{ a: "ab\\" }]],
  [
    "$or among other members",
    { x: [1], $or: [{ a: ["p"] }, { b: { c: [{ numeric: ["<", 0] }] } }] },
    [
      { x: 1, a: "p" },
      { x: 1, b: { c: -1 } },
    ],
    [{ a: "p" }, { x: 1 }, { x: 1, b: { c: 0 } }],
  ],
];

const refused: readonly [pattern: string, reason: string][] = [
  ["{", "Invalid JSON"],
  ['"x"', "Filter is not an object"],
  ["{}", "Empty objects are not allowed"],
  ['{"a":[]}', "Empty arrays are not allowed"],
  ['{"a":"x"}', '"a" must be an object or an array'],
  ['{"a":[["x"]]}', "Match value must be String, number, true, false, or null"],
  ['{"a":[{"like":"x"}]}', "Unrecognized match type like"],
  ['{"a":[{"prefix":"x","suffix":"y"}]}', "Only one key allowed in match expression"],
  ['{"a":[{"exists":"yes"}]}', "exists match pattern must be either true or false."],
  ['{"a":[{"prefix":1}]}', "prefix match pattern must be a string"],
  ['{"a":[{"anything-but":[true]}]}', "Inside anything-but list, values must be strings or numbers."],
  ['{"a":[{"anything-but":{"cidr":"10.0.0.0/8"}}]}', "Unsupported anything-but pattern: cidr"],
  ['{"a":[{"numeric":["<",1,">",2]}]}', "Bad numeric range operator"],
  ['{"a":[{"numeric":[">",2,"<",1]}]}', "Bottom must be less than top"],
  ['{"a":[{"numeric":["~",2]}]}', "Unrecognized numeric range operator: ~"],
  ['{"a":[{"cidr":"10.0.0.0"}]}', "Malformed CIDR, one '/' required: 10.0.0.0"],
  ['{"a":[{"cidr":"10.0.0.0/8/8"}]}', "Malformed CIDR, one '/' required: 10.0.0.0/8/8"],
  ['{"a":[{"cidr":"10.0.0.0/"}]}', "Malformed CIDR, mask bits must be an integer: 10.0.0.0/"],
  ['{"a":[{"cidr":"10.0.0.0/x"}]}', "Malformed CIDR, mask bits must be an integer: 10.0.0.0/x"],
  ['{"a":[{"cidr":"10.0.0.0/-1"}]}', "Malformed CIDR, mask bits must not be negative: 10.0.0.0/-1"],
  ['{"a":[{"cidr":"10.0.0.256/8"}]}', "Nonstandard IP address: 10.0.0.256/8"],
  ['{"a":[{"cidr":"10.0.0.0/99"}]}', "IPv4 mask bits must be < 32: 10.0.0.0/99"],
  ['{"a":[{"cidr":"10.0.0.0/32"}]}', "IPv4 mask bits must be < 32: 10.0.0.0/32"],
  ['{"a":[{"cidr":"2001:db8::/128"}]}', "IPv6 mask bits must be < 128: 2001:db8::/128"],
  ['{"a":[{"wildcard":"x**"}]}', "Consecutive wildcard characters at pos 1"],
  ['{"$or":[{"a":["x"]}]}', "There must have at least 2 Objects in $or relationship."],
];

describe("event patterns", () => {
  for (const [name, pattern, matching, others] of cases) {
    it(name, () => {
      const test = compilePattern(JSON.stringify(pattern));
      for (const event of matching) expect(test(event), JSON.stringify(event)).to.equal(true);
      for (const event of others) expect(test(event), JSON.stringify(event)).to.equal(false);
    });
  }

  for (const [pattern, reason] of refused) {
    it(`refuses ${pattern}`, () => {
      expect(() => compilePattern(pattern)).to.throw(EventPatternError, reason);
    });
  }

  it("refuses what is nested deeper than calls can go", () => {
    const nested = (depth: number): string => `${'{"a":'.repeat(depth)}["x"]${"}".repeat(depth)}`;
    expect(() => compilePattern(nested(50_000))).to.throw(EventPatternError, "Nested too deep");
    expect(() => compilePattern(nested(100))).to.not.throw();
  });

  it("looks into lists in lists as deep and as long as an event can have them", () => {
    const test = compilePattern('{"a":["x"]}');
    expect(test({ a: JSON.parse(`${"[".repeat(50_000)}"x"${"]".repeat(50_000)}`) as unknown })).to.equal(true);
    expect(test({ a: [...Array.from({ length: 200_000 }, () => "y"), "x"] })).to.equal(true);
    expect(test({ a: [["y"], [["z"]], {}] })).to.equal(false);
  });
});
