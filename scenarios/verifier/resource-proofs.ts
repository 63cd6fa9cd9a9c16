import type { Target } from "#root-access";
import type { ProofStep } from "./proofs.ts";

/** What is to be proven about one resource, before the glass is broken for it and after. */
export interface ResourceProofs {
  readonly target: Target;
  readonly locked: readonly ProofStep[];
  readonly recovered: readonly ProofStep[];
}

/** How long a change in AWS may take to have its effect. */
export interface Deadlines {
  /** Bucket policies: usually at once. */
  readonly bucketMilliseconds: number;
  /** Queue attributes: up to 60 s (docs/aws-behaviour.md, section 6). */
  readonly queueMilliseconds: number;
}
