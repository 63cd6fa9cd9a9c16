import { setTimeout as delay } from "node:timers/promises";
import { endSession, withDenial } from "../faults/caller-faults.ts";
import { internalError, throttled, unavailable } from "../faults/aws-failures.ts";
import type { FaultSource } from "../faults/fault-source.ts";
import { isRead } from "../read-operations.ts";
import type { Call } from "../services/service.ts";
import type { Work } from "./operate.ts";
import { signatureFaults } from "./signature-faults.ts";

/** The connection ends without an answer, on purpose. */
export class ConnectionCut extends Error {
  override readonly name = "ConnectionCut";
}

/** Faults on purpose: which requests go wrong, and what reads answered before. */
export interface Disturbances {
  readonly source: FaultSource;
  /** Answers to the latest questions, for reads that are to be stale. */
  readonly earlier: Map<string, object>;
}

export function disturbances(source: FaultSource): Disturbances {
  return { source, earlier: new Map() };
}

const usualDelay = 2000;
const rememberedAnswers = 1000;

/**
 * Does the work, or lets it go wrong as the first matching rule says.
 *
 * @throws AwsFault for a throttled or failing service, a denial, an expired session
 * @throws ConnectionCut before the work, or after it is done
 */
export async function disturb(
  { source, earlier }: Disturbances,
  { service, operation, input }: Pick<Work, "service" | "operation" | "input">,
  call: Call,
  work: (call: Call) => Promise<object>,
): Promise<object> {
  const { caller, region, clock } = call;
  const at = clock.now().getTime();
  const rule = source.next({ service: service.name, operation, account: caller.accountId, at });
  switch (rule?.fault) {
    case "throttled":
    case "rate-limited":
      throw throttled(service.name);
    case "internal-error":
      throw internalError(service.name);
    case "unavailable":
      throw unavailable(service.name);
    case "access-denied":
      return work(withDenial(call));
    case "session-expired":
      if (!endSession(call)) return workAndRemember();
      throw signatureFaults(service.name).expiredToken();
    case "cut-before":
      throw new ConnectionCut("before the work");
    case "cut-after":
      await workAndRemember();
      throw new ConnectionCut("after the work");
    case "slow":
      await delay(rule.milliseconds ?? usualDelay);
      return workAndRemember();
    case "stale-read":
      return earlier.get(question()) ?? workAndRemember();
    case undefined:
      return workAndRemember();
  }

  async function workAndRemember(): Promise<object> {
    const output = await work(call);
    if (isRead(operation)) remember(earlier, question(), output);
    return output;
  }

  function question(): string {
    return JSON.stringify([service.name, operation, caller.accountId, region, input]);
  }
}

function remember(earlier: Map<string, object>, question: string, answer: object): void {
  earlier.delete(question);
  earlier.set(question, answer);
  const [oldest] = earlier.keys();
  if (earlier.size > rememberedAnswers && oldest !== undefined) earlier.delete(oldest);
}
