import { type AwsAccess, defaultBackupFolder, localFolder } from "#root-access";
import { type Drill, partiesOf } from "../drill.ts";
import { bucketProofs } from "./bucket-proofs.ts";
import { claimsOf, notShown, type Proof, proofLog, type ProofProgress } from "./proofs.ts";
import { queueProofs } from "./queue-proofs.ts";
import type { Deadlines, ResourceProofs } from "./resource-proofs.ts";
import { proveUnlock, unlockClaims } from "./unlock-proof.ts";

export interface VerifyDrill {
  readonly drill: Drill;
  /** The member account's ordinary principal; by default the drill's own profile. */
  readonly owner?: AwsAccess;
  /** Who opens the root sessions; by default the drill's break-glass profile. */
  readonly breakGlass?: AwsAccess;
  readonly backupFolder?: string;
  readonly deadlines?: Partial<Deadlines>;
  readonly onProgress?: (progress: ProofProgress) => void;
  readonly signal?: AbortSignal | undefined;
}

/** How a drill came out: every proof in its order, the bucket's before the queue's. */
export interface DrillReport {
  readonly drill: string;
  /** Whether every proof held. */
  readonly held: boolean;
  readonly proofs: readonly Proof[];
  /** Files that hold the removed policies. */
  readonly backups: readonly string[];
  readonly milliseconds: number;
}

/**
 * Proves that the drill's bucket and queue are locked, unlocks each through AssumeRoot and proves that everything is as it
 * was. The glass is not broken for a resource whose lock is not proven.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 5 and 6.
 *
 * @returns which proofs held, which did not and why, and how long each took; a proof that fails throws nothing
 * @throws RootAccessError `not-authenticated`, `refused` or `cancelled`
 * @example const { held, proofs } = await verifyDrill({ drill: parseDrill(outputs) });
 */
export async function verifyDrill(request: VerifyDrill): Promise<DrillReport> {
  const { drill, signal } = request;
  const started = performance.now();
  const profiles = partiesOf(drill);
  const { owner = profiles.owner, breakGlass = profiles.breakGlass } = request;
  const deadlines = { ...usualDeadlines, ...request.deadlines };
  const outcomes = [
    await verifyResource(await bucketProofs(drill, owner, deadlines, signal), breakGlass, request),
    await verifyResource(await queueProofs(drill, owner, deadlines, signal), breakGlass, request),
  ];
  const proofs = outcomes.flatMap((outcome) => outcome.proofs);
  return {
    drill: drill.name,
    held: proofs.every(({ outcome }) => outcome === "held"),
    proofs,
    backups: outcomes.flatMap(({ backup }) => backup ?? []),
    milliseconds: performance.now() - started,
  };
}

const usualDeadlines: Deadlines = { bucketMilliseconds: 20_000, queueMilliseconds: 120_000 };

interface ResourceOutcome {
  readonly proofs: readonly Proof[];
  readonly backup?: string;
}

/** Locked, unlocked, recovered: each only where the one before it is proven. */
async function verifyResource(
  resource: ResourceProofs,
  breakGlass: AwsAccess,
  request: VerifyDrill,
): Promise<ResourceOutcome> {
  const { target, locked, recovered } = resource;
  const log = proofLog(`${target.kind} ${target.name}`, request.onProgress);
  if (!(await log.proveAll(locked))) {
    log.leaveOut([...unlockClaims, ...claimsOf(recovered)], notShown(`the ${target.kind} is locked`));
    return log;
  }
  const unlockRequest = {
    target,
    breakGlass,
    backupFolder: request.backupFolder ?? defaultBackupFolder(),
    recordFolder: localFolder("records"),
    why: { reason: `drill ${request.drill.name}` },
    signal: request.signal,
  };
  const backup = await proveUnlock(unlockRequest, log);
  if (backup === undefined) {
    log.leaveOut(claimsOf(recovered), notShown(`the ${target.kind} was unlocked`));
    return log;
  }
  await log.proveAll(recovered);
  return { proofs: log.proofs, backup };
}
