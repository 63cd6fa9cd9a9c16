import type {
  GetKeyPolicyRequest,
  GetKeyPolicyResponse,
  ListKeyPoliciesRequest,
  ListKeyPoliciesResponse,
  PutKeyPolicyRequest,
} from "@aws-sdk/client-kms";
import { AwsFault } from "../../aws-fault.ts";
import type { Decoded, Operation } from "../service.ts";
import { notFound } from "./faults.ts";
import { keyOf, keyRequirement, onKey, usableKey } from "./key-access.ts";
import { markerPage } from "./marker-page.ts";
import { checkKeyPolicy, lockoutCheck } from "./key-policy-text.ts";

const onlyName = "default";

export const getKeyPolicy: Operation<Decoded<GetKeyPolicyRequest>, GetKeyPolicyResponse> = {
  validate: checkName,
  requires: onKey,
  perform: (input, call) => ({ Policy: keyOf(input, call).policy, PolicyName: onlyName }),
};

export const putKeyPolicy: Operation<Decoded<PutKeyPolicyRequest>, object> = {
  validate: (input, { state }) => {
    checkName(input);
    checkKeyPolicy(input.Policy, state);
  },
  requires: (input, call) => {
    const key = usableKey(input, call);
    const check = input.BypassPolicyLockoutSafetyCheck ? [] : [lockoutCheck(key, input.Policy, call)];
    return [keyRequirement(key, call), ...check];
  },
  perform: (input, call) => {
    const key = usableKey(input, call);
    if (key.manager === "AWS") throw new AwsFault("AccessDeniedException", `${key.arn} is managed by AWS.`);
    key.policy = input.Policy;
    return {};
  },
};

export const listKeyPolicies: Operation<Decoded<ListKeyPoliciesRequest>, ListKeyPoliciesResponse> = {
  requires: onKey,
  perform: (input, call) => {
    const { items, more } = markerPage([onlyName], input, call, 1);
    return { PolicyNames: items, ...more };
  },
};

function checkName({ PolicyName: name = onlyName }: { readonly PolicyName?: string | undefined }): void {
  if (name !== onlyName) throw notFound("No such policy exists");
}
