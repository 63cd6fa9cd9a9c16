import { agreement } from "./evaluator.ts";
import type { Fuzzer } from "./fuzzer.ts";

/** Random requests and policies before the evaluator and the oracle. */
export const evaluatorPairs: Fuzzer = {
  kind: "evaluator",
  description: "random requests and policies, the evaluator against the oracle",
  runsPerRound: 10_000,
  start: () => Promise.resolve({ ...agreement(), stop: () => Promise.resolve() }),
};
