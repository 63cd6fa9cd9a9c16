import { expect } from "chai";
import type { Fuzzer } from "./fuzzer.ts";
import { randomHttp } from "./random-http.ts";
import { randomOperations } from "./random-operations.ts";
import { randomPolicies } from "./random-policies.ts";
import { fuzz } from "./rounds.ts";

const seed = 20261125;

/** Of a hundred inputs, how many at least have to end so: otherwise they hardly get past the door. */
interface Sample {
  readonly fuzzer: Fuzzer;
  readonly inputs: number;
  readonly shares: Readonly<Record<string, number>>;
}

const samples: readonly Sample[] = [
  { fuzzer: randomHttp, inputs: 400, shares: { "4xx": 50, closed: 0.1, "501": 0.1 } },
  { fuzzer: randomOperations, inputs: 1200, shares: { "2xx": 5, "400": 20, "403": 5, "404": 5, "501": 5 } },
  {
    fuzzer: randomPolicies,
    inputs: 500,
    shares: { "taken, then allowed": 10, "taken, then denied": 10, "refused: malformed": 20 },
  },
];

describe("the sandbox organization under random inputs", function () {
  this.timeout(120_000);
  this.slow(20_000);

  for (const { fuzzer, inputs, shares } of samples) {
    it(`answers each as AWS does, or refuses it: ${fuzzer.description}`, async () => {
      const { counts, finding } = await fuzz(fuzzer, { seed, inputs, milliseconds: Infinity }, () => undefined);
      if (finding) expect.fail(`${finding.report}\nAgain: npm run fuzz -- --kind ${fuzzer.kind} --seed ${seed}`);
      const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
      expect(all).to.be.at.least(inputs);
      for (const [outcome, share] of Object.entries(shares)) {
        expect(((counts[outcome] ?? 0) * 100) / all, `${outcome} among ${JSON.stringify(counts)}`).to.be.above(share);
      }
    });
  }
});
