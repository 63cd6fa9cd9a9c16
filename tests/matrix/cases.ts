import { type AwsCall, type MatrixFault, matrixFaults } from "./faults.ts";
import type { Scenario } from "./scenarios/scenario.ts";

/** A scenario whose run without faults has been recorded. */
export interface RecordedScenario {
  readonly scenario: Scenario;
  readonly calls: readonly AwsCall[];
  /** Of a run as a process of its own: searches side by side end a call earlier or later there. */
  readonly callsAsProcess: readonly AwsCall[];
  /** What it makes of what it works on. */
  readonly done: string;
}

/** One run that is to go wrong: this scenario, at this call, in this way. */
export interface MatrixCase extends RecordedScenario {
  readonly call: AwsCall;
  readonly fault: MatrixFault;
}

/** Every scenario at every call in every way that concerns it. */
export function everyCase(recorded: readonly RecordedScenario[]): readonly MatrixCase[] {
  return recorded.flatMap((one) =>
    matrixFaults
      .filter((fault) => !fault.blocksPublicPolicy || one.scenario.blockPublicPolicy)
      .flatMap((fault) =>
        (fault.kills ? one.callsAsProcess : one.calls)
          .filter((call) => fault.concerns(call))
          .map((call) => ({ ...one, call, fault })),
      ),
  );
}

/** The same number of cases of each scenario and fault, drawn with a seed. */
export function sampleOf(cases: readonly MatrixCase[], ofEach: number, seed: number): readonly MatrixCase[] {
  const groups = Map.groupBy(cases, ({ scenario, fault }) => `${scenario.name} ${fault.name}`);
  const draw = drawing(seed);
  return [...groups.values()].flatMap((group) =>
    group
      .map((one) => ({ one, lot: draw() }))
      .toSorted((a, b) => a.lot - b.lot)
      .slice(0, ofEach)
      .map(({ one }) => one),
  );
}

/** @example "unlock s3 strip: access denied at the 1st s3:GetBucketPolicy of 333333333333" */
export function caseName({ scenario, call: { service, operation, account, nth }, fault }: MatrixCase): string {
  return `${scenario.name}: ${fault.name} at call ${nth} of ${service}:${operation} by ${account}`;
}

/** A linear congruential generator with the constants of Numerical Recipes. */
function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 0x1_0000_0000;
}
