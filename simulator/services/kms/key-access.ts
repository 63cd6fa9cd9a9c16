import { heldPolicy } from "../../policy-texts.ts";
import type { KmsKey } from "../../state/kms.ts";
import type { Call, Requirement } from "../service.ts";
import { disabled, invalidState, notFound } from "./faults.ts";
import { aliasArn, findKey, isAlias, keyArn } from "../../state/find-key.ts";

interface NamesKey {
  readonly KeyId: string;
}

/** What an operation on a key requires: its action on the key, allowed by the key's policy whatever else allows it. */
export function onKey(input: NamesKey, call: Call): readonly Requirement[] {
  return [keyRequirement(keyOf(input, call), call)];
}

export function keyRequirement(key: KmsKey, call: Call, more: Partial<Requirement> = {}): Requirement {
  return {
    resource: key.arn,
    resourceAccountId: key.accountId,
    resourcePolicy: { name: `policy of key ${key.id}`, document: heldPolicy(key.policy) },
    resourceMustAllow: true,
    ...more,
    context: { "kms:CallerAccount": call.caller.accountId, ...more.context },
  };
}

/** @throws AwsFault NotFoundException */
export function describedKey({ KeyId: reference }: NamesKey, call: Call): KmsKey {
  const { caller, region, state, clock } = call;
  const place = { accountId: caller.accountId, region };
  const key = findKey(reference, place, state, clock.now());
  if (key) return key;
  const named = reference.startsWith("arn:") ? reference : undefined;
  if (isAlias(reference)) throw notFound(`Alias ${named ?? aliasArn(reference, place)} is not found.`);
  throw notFound(`Key '${named ?? keyArn(reference, place)}' does not exist`);
}

/** For the operations that do not take an alias. @throws AwsFault NotFoundException */
export function keyOf(input: NamesKey, call: Call): KmsKey {
  if (isAlias(input.KeyId)) throw notFound(`Invalid keyId '${input.KeyId}'`);
  return describedKey(input, call);
}

/** @throws AwsFault KMSInvalidStateException for a key that is on its way out */
export function usableKey(input: NamesKey, call: Call): KmsKey {
  const key = keyOf(input, call);
  if (key.deletion) throw invalidState(`${key.arn} is pending deletion.`);
  return key;
}

/** For what AWS does with keys that are enabled alone. @throws AwsFault DisabledException, KMSInvalidStateException */
export function enabledKey(input: NamesKey, call: Call): KmsKey {
  const key = usableKey(input, call);
  if (!key.enabled) throw disabled(`${key.arn} is disabled.`);
  return key;
}
