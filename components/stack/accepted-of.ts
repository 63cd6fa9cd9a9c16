import { RunError } from "@pulumi/pulumi";
import type { Reviewed } from "../review.ts";

/**
 * What a review accepted; the run ends here where it was refused, before anything is registered.
 *
 * @param preflight lines about the checks, for below the problems
 * @throws RunError with all problems, one sentence each; the engine prints it without a stack
 */
export function acceptedOf<T>(reviewed: Reviewed<T>, preflight: readonly string[] = []): T {
  if ("accepted" in reviewed) return reviewed.accepted;
  const problems = ["Nothing was changed. Please correct:", ...reviewed.problems].join("\n  ");
  const checks = preflight.length === 0 ? "" : `\n${["Preflight:", ...preflight].join("\n  ")}`;
  throw new RunError(problems + checks);
}
