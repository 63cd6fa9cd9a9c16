import { AwsFault } from "../../aws-fault.ts";
import { readPropagating } from "../../state/propagating.ts";
import { type KeyFaults, useOfKey } from "../kms/use-of-key.ts";
import type { Call, Requirement } from "../service.ts";
import { queueOf, queueRequirement } from "./queue-access.ts";

interface NamesQueue {
  readonly QueueUrl: string;
}

/** What sending requires: the action on the queue and, where the queue has a key, the use of it. */
export function toSend(action?: string): (input: NamesQueue, call: Call) => readonly Requirement[] {
  return (input, call) => onEncryptedQueue(input, ["GenerateDataKey", "Decrypt"], call, action);
}

export function toReceive(input: NamesQueue, call: Call): readonly Requirement[] {
  return onEncryptedQueue(input, ["Decrypt"], call);
}

function onEncryptedQueue(
  input: NamesQueue,
  actions: readonly string[],
  call: Call,
  action?: string,
): readonly Requirement[] {
  const queue = queueOf(input, call);
  const key = readPropagating(queue.attributes, call.clock.now()).get("KmsMasterKeyId") ?? "";
  return [
    queueRequirement(queue, call, action),
    ...useOfKey(key, queue, { service: "sqs", actions, faults: keyFaults }, call),
  ];
}

const keyFaults: KeyFaults = {
  denied: keyFault(
    "KmsAccessDenied",
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  ),
  missing: keyFault("KmsNotFound", "The specified key does not exist."),
  disabled: keyFault("KmsDisabled", "The specified key is not enabled."),
};

function keyFault(shape: string, message: string): AwsFault {
  return new AwsFault(shape, message, { shape });
}
