import { expect } from "chai";
import fc from "fast-check";
import { agreement } from "../fuzz/evaluator.ts";

const pairs = 4000;
const seed = 20261124;

describe("the evaluator and the oracle", function () {
  this.timeout(30_000);

  it(`agree on ${pairs} random requests and policies`, () => {
    const { property, counts } = agreement();
    fc.assert(property, { seed, numRuns: pairs });
    const { undocumented = 0, ...verdicts } = counts();
    // A world in which hardly anything is allowed, or denied in one way only, would prove little.
    for (const [verdict, count] of Object.entries(verdicts)) expect(count, verdict).to.be.greaterThan(pairs / 20);
    expect(Object.keys(verdicts)).to.have.members(["allowed", "explicit deny", "implicit deny"]);
    expect(undocumented, "without an answer in AWS's documentation").to.be.lessThan(pairs / 4);
  });
});
