import { RootAccessError } from "#root-access";

/** One thing that the drill set out to show about one resource, and how it came out. */
export interface Proof {
  /** `bucket break-glass-drill-5f0c91ab-bucket` */
  readonly resource: string;
  /** A statement that is true if the proof holds. */
  readonly claim: string;
  readonly outcome: "held" | "failed" | "not attempted";
  readonly milliseconds: number;
  /** Why it failed or was not attempted; what was seen, where that is worth saying. */
  readonly detail?: string;
}

/** Told as it happens: `started` once, then the outcome. */
export interface ProofProgress extends Omit<Proof, "outcome"> {
  readonly state: "started" | Proof["outcome"];
}

/** What a check found: that the claim holds, or why it does not. */
export type Finding =
  { readonly holds: true; readonly detail?: string } | { readonly holds: false; readonly why: string };

export interface ProofStep {
  readonly claim: string;
  readonly check: () => Promise<Finding>;
}

/** The proofs of one resource, in their order. */
export interface ProofLog {
  readonly proofs: readonly Proof[];
  /** Starts a proof. What it returns ends it, and says whether the claim holds. */
  readonly begin: (claim: string) => (finding: Finding) => boolean;
  /** One proof after the other; those after one that does not hold are not attempted. Whether all hold. */
  readonly proveAll: (steps: readonly ProofStep[]) => Promise<boolean>;
  readonly leaveOut: (claims: readonly string[], why: string) => void;
}

export function proofLog(resource: string, onProgress?: (progress: ProofProgress) => void): ProofLog {
  const proofs: Proof[] = [];

  const record = (proof: Proof): void => {
    proofs.push(proof);
    const { outcome, ...told } = proof;
    onProgress?.({ ...told, state: outcome });
  };

  const begin = (claim: string) => {
    onProgress?.({ resource, claim, state: "started", milliseconds: 0 });
    const started = performance.now();
    return (finding: Finding): boolean => {
      record({ resource, claim, milliseconds: performance.now() - started, ...outcomeOf(finding) });
      return finding.holds;
    };
  };

  const leaveOut = (claims: readonly string[], why: string): void => {
    for (const claim of claims) record({ resource, claim, outcome: "not attempted", milliseconds: 0, detail: why });
  };

  const proveAll = async (steps: readonly ProofStep[]): Promise<boolean> => {
    for (const [index, { claim, check }] of steps.entries()) {
      const end = begin(claim);
      if (end(await findingOf(check))) continue;
      leaveOut(claimsOf(steps.slice(index + 1)), notShown(claim));
      return false;
    }
    return true;
  };

  return { proofs, begin, proveAll, leaveOut };
}

export function claimsOf(steps: readonly ProofStep[]): string[] {
  return steps.map(({ claim }) => claim);
}

/** Why the proofs after a failed one are left out. */
export function notShown(claim: string): string {
  return `not attempted, because it was not shown that ${claim}`;
}

/**
 * A proof that fails is a finding, not an exception. Three kinds of failure stay exceptions, because nothing is proven or
 * disproven by them: cancelled, refused by a guardrail, and credentials that do not work.
 */
export function findingFrom(error: unknown): Finding {
  if (!(error instanceof RootAccessError)) throw error;
  if (["cancelled", "refused", "not-authenticated"].includes(error.reason)) throw error;
  return { holds: false, why: error.message };
}

async function findingOf(check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    return findingFrom(error);
  }
}

function outcomeOf(finding: Finding): Pick<Proof, "outcome" | "detail"> {
  if (!finding.holds) return { outcome: "failed", detail: finding.why };
  return { outcome: "held", ...(finding.detail === undefined ? {} : { detail: finding.detail }) };
}
