import type {
  CancelKeyDeletionRequest,
  CancelKeyDeletionResponse,
  ScheduleKeyDeletionRequest,
  ScheduleKeyDeletionResponse,
} from "@aws-sdk/client-kms";
import { checkConstraints } from "../json-refusals.ts";
import type { Decoded, Operation } from "../service.ts";
import { invalidState } from "./faults.ts";
import { keyOf, onKey, usableKey } from "./key-access.ts";

const usualDays = 30;
const dayMilliseconds = 24 * 60 * 60 * 1000;

export const scheduleKeyDeletion: Operation<Decoded<ScheduleKeyDeletionRequest>, ScheduleKeyDeletionResponse> = {
  validate: (input) => {
    checkConstraints(input, { PendingWindowInDays: { least: 7, most: 30 } });
  },
  requires: onKey,
  perform: (input, call) => {
    const key = usableKey(input, call);
    const days = input.PendingWindowInDays ?? usualDays;
    const at = new Date(call.clock.now().getTime() + days * dayMilliseconds);
    key.deletion = { at, days };
    return { KeyId: key.arn, DeletionDate: at, KeyState: "PendingDeletion", PendingWindowInDays: days };
  },
};

/** The key comes back disabled. */
export const cancelKeyDeletion: Operation<Decoded<CancelKeyDeletionRequest>, CancelKeyDeletionResponse> = {
  requires: onKey,
  perform: (input, call) => {
    const key = keyOf(input, call);
    if (!key.deletion) throw invalidState(`${key.arn} is not pending deletion.`);
    key.deletion = undefined;
    key.enabled = false;
    return { KeyId: key.arn };
  },
};
