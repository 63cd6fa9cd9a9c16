import type {
  DisableKeyRotationRequest,
  EnableKeyRotationRequest,
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse,
} from "@aws-sdk/client-kms";
import type { Decoded, Operation } from "../service.ts";
import { enabledKey, keyOf, onKey } from "./key-access.ts";

const usualDays = 365;
const dayMilliseconds = 24 * 60 * 60 * 1000;

export const enableKeyRotation: Operation<Decoded<EnableKeyRotationRequest>, object> = {
  requires: onKey,
  perform: (input, call) => {
    const key = enabledKey(input, call);
    key.rotation = { days: input.RotationPeriodInDays ?? key.rotation?.days ?? usualDays, since: call.clock.now() };
    return {};
  },
};

export const disableKeyRotation: Operation<Decoded<DisableKeyRotationRequest>, object> = {
  requires: onKey,
  perform: (input, call) => {
    enabledKey(input, call).rotation = undefined;
    return {};
  },
};

export const getKeyRotationStatus: Operation<Decoded<GetKeyRotationStatusRequest>, GetKeyRotationStatusResponse> = {
  requires: onKey,
  perform: (input, call) => {
    const { arn, rotation, deletion } = keyOf(input, call);
    if (!rotation || deletion) return { KeyId: arn, KeyRotationEnabled: false };
    return {
      KeyId: arn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: rotation.days,
      NextRotationDate: new Date(rotation.since.getTime() + rotation.days * dayMilliseconds),
    };
  },
};
