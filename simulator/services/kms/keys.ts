import { randomUUID } from "node:crypto";
import type {
  CreateKeyRequest,
  CreateKeyResponse,
  DescribeKeyRequest,
  DescribeKeyResponse,
  DisableKeyRequest,
  EnableKeyRequest,
  KeyMetadata,
  ListKeysRequest,
  ListKeysResponse,
  UpdateKeyDescriptionRequest,
} from "@aws-sdk/client-kms";
import { notImplemented } from "../../aws-fault.ts";
import { keyArn } from "../../state/find-key.ts";
import type { KmsKey } from "../../state/kms.ts";
import { checkConstraints } from "../json-refusals.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { describedKey, keyRequirement, onKey, usableKey } from "./key-access.ts";
import { checkKeyPolicy, defaultKeyPolicy, lockoutCheck } from "./key-policy-text.ts";
import { markerPage } from "./marker-page.ts";
import { tagMap } from "./tag-rules.ts";

const largestPage = 1000;
const usualPage = 100;

const createMembers = [
  "Policy",
  "Description",
  "KeyUsage",
  "KeySpec",
  "Origin",
  "BypassPolicyLockoutSafetyCheck",
  "Tags",
  "MultiRegion",
] as const satisfies (keyof CreateKeyRequest)[];

/** Symmetric keys of AWS KMS's own making: everything else is refused as not modelled. */
export const createKey: Operation<CreateKeyRequest, CreateKeyResponse> = {
  validate: (input, call) => {
    refuseUnmodelled("kms:CreateKey", input, createMembers);
    const { KeyUsage = "ENCRYPT_DECRYPT", KeySpec = "SYMMETRIC_DEFAULT", Origin = "AWS_KMS", MultiRegion } = input;
    const isPlain = KeyUsage === "ENCRYPT_DECRYPT" && KeySpec === "SYMMETRIC_DEFAULT" && Origin === "AWS_KMS";
    if (!isPlain || MultiRegion) {
      throw notImplemented("A KMS key other than a symmetric one of a single Region");
    }
    if (input.Policy !== undefined) checkKeyPolicy(input.Policy, call.state);
    tagMap(input.Tags ?? []);
  },
  requires: (input, call) => [
    { resource: "*" },
    ...(input.Tags && input.Tags.length > 0 ? [{ resource: "*", action: "kms:TagResource" }] : []),
    ...(input.Policy === undefined || input.BypassPolicyLockoutSafetyCheck
      ? []
      : [lockoutCheck(newKey(input, input.Policy, call), input.Policy, call)]),
  ],
  perform: (input, call) => {
    const key = newKey(input, input.Policy ?? defaultKeyPolicy(call.caller.accountId), call);
    call.state.keys.set(key.arn, key);
    return { KeyMetadata: metadata(key) };
  },
};

function newKey({ Description = "", Tags = [] }: CreateKeyRequest, policy: string, call: Call): KmsKey {
  const { caller, region, clock } = call;
  const id = randomUUID();
  return {
    id,
    arn: keyArn(id, { accountId: caller.accountId, region }),
    accountId: caller.accountId,
    region,
    created: clock.now(),
    manager: "CUSTOMER",
    description: Description,
    policy,
    enabled: true,
    deletion: undefined,
    rotation: undefined,
    tags: tagMap(Tags),
  };
}

export const describeKey: Operation<Decoded<DescribeKeyRequest>, DescribeKeyResponse> = {
  validate: (input) => {
    refuseUnmodelled("kms:DescribeKey", input, ["KeyId"]);
  },
  requires: (input, call) => [keyRequirement(describedKey(input, call), call)],
  perform: (input, call) => ({ KeyMetadata: metadata(describedKey(input, call)) }),
};

export const listKeys: Operation<ListKeysRequest, ListKeysResponse> = {
  validate: (input) => {
    checkConstraints(input, { Limit: { least: 1, most: largestPage } });
  },
  perform: (input, call) => {
    const { state, caller, region, clock } = call;
    const now = clock.now();
    const keys = [...state.keys.values()].filter(
      (key) => key.accountId === caller.accountId && key.region === region && (!key.deletion || key.deletion.at > now),
    );
    const { items, more } = markerPage(keys, input, call, usualPage);
    return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...more };
  },
};

export const updateKeyDescription: Operation<Decoded<UpdateKeyDescriptionRequest>, object> = {
  requires: onKey,
  perform: (input, call) => {
    usableKey(input, call).description = input.Description;
    return {};
  },
};

export const enableKey: Operation<Decoded<EnableKeyRequest>, object> = {
  requires: onKey,
  perform: (input, call) => {
    usableKey(input, call).enabled = true;
    return {};
  },
};

export const disableKey: Operation<Decoded<DisableKeyRequest>, object> = {
  requires: onKey,
  perform: (input, call) => {
    usableKey(input, call).enabled = false;
    return {};
  },
};

function metadata(key: KmsKey): KeyMetadata {
  return {
    AWSAccountId: key.accountId,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.created,
    Enabled: key.enabled && !key.deletion,
    Description: key.description,
    KeyUsage: "ENCRYPT_DECRYPT",
    KeyState: key.deletion ? "PendingDeletion" : key.enabled ? "Enabled" : "Disabled",
    ...(key.deletion ? { DeletionDate: key.deletion.at } : {}),
    Origin: "AWS_KMS",
    KeyManager: key.manager,
    KeySpec: "SYMMETRIC_DEFAULT",
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    MultiRegion: false,
  };
}
