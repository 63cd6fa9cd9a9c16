import { expect } from "chai";
import { caseName, everyCase, sampleOf } from "./cases.ts";
import { recordScenario, runCase } from "./run-case.ts";
import { everyScenario } from "./scenarios/every-scenario.ts";

const seed = 20_261_125;

/** One case of each fault, always the same ones; `npm run test:matrix` runs them all. */
describe("a sample of the fault matrix", function () {
  this.timeout("5 minutes");
  this.slow(60_000);

  for (const scenario of everyScenario) {
    it(`${scenario.name}: nothing is lost, and what is said is true`, async () => {
      const cases = sampleOf(everyCase([await recordScenario(scenario)]), 1, seed);
      expect(cases.length).to.be.greaterThan(9);
      const wrong: string[] = [];
      for (const one of cases) {
        const { problems, said } = await runCase(one);
        if (problems.length > 0) wrong.push(`${caseName(one)}: ${problems.join("; ")}\n${said}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});
