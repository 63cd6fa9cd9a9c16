import type { AwsFault } from "../../aws-fault.ts";
import type { Call, Requirement } from "../service.ts";
import { findKey, type KeyPlace } from "../../state/find-key.ts";
import { keyRequirement } from "./key-access.ts";

/** How a service that encrypts with a key says what is wrong with it. */
export interface KeyFaults {
  readonly denied: AwsFault;
  readonly missing: AwsFault;
  readonly disabled: AwsFault;
}

/**
 * What a caller has to be allowed to do with the key of a topic or queue, through its service.
 *
 * @param reference as the topic or queue has it; empty for one without a key
 * @param service `sns` or `sqs`
 */
export function useOfKey(
  reference: string,
  place: KeyPlace,
  { service, actions, faults }: { service: string; actions: readonly string[]; faults: KeyFaults },
  call: Call,
): readonly Requirement[] {
  if (reference === "") return [];
  const key = findKey(reference, place, call.state, call.clock.now());
  if (!key) throw faults.missing;
  if (!key.enabled || key.deletion) throw faults.disabled;
  return actions.map((action) =>
    keyRequirement(key, call, {
      action: `kms:${action}`,
      context: { "kms:ViaService": `${service}.${place.region}.amazonaws.com` },
      refusal: faults.denied,
    }),
  );
}
