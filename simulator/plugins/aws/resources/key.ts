import {
  CreateKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  type KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { z } from "zod";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { samePolicy } from "../policy-equivalence.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { changeTags, type Tags } from "../tags.ts";
import { retryWhile, waits, waitUntil, waitUntilSteady } from "../waiting.ts";
import { findKey, isNoSuchKey, keyPolicyOf, readKey, rotationOf } from "./read-key.ts";

const inputs = z.object({
  bypassPolicyLockoutSafetyCheck: z.boolean().default(false),
  deletionWindowInDays: z.int().min(7).max(30).optional(),
  description: z.string().max(8192).optional(),
  enableKeyRotation: z.boolean().default(false),
  isEnabled: z.boolean().default(true),
  policy: input.policy.optional(),
  rotationPeriodInDays: z.int().min(90).max(2560).optional(),
  tags: input.tags,
  region: input.region,
});
type Inputs = z.output<typeof inputs>;

/** A symmetric key. Deleting one schedules its deletion; from then on it counts as gone. */
export const key = resourceType({
  token: "aws:kms/key:Key",
  inputs,
  replacedOn: ["region"],
  computedInputs: ["description", "policy", "rotationPeriodInDays"],
  localInputs: ["bypassPolicyLockoutSafetyCheck", "deletionWindowInDays"],
  outputs: ["arn", "keyId", "customerMasterKeySpec", "keyUsage", "multiRegion"],
  policies: ["policy"],
  taggable: true,

  create: (asked, { clients, region, signal }) =>
    describing("creating KMS Key", async () => {
      const command = new CreateKeyCommand({
        BypassPolicyLockoutSafetyCheck: asked.bypassPolicyLockoutSafetyCheck,
        KeySpec: "SYMMETRIC_DEFAULT",
        KeyUsage: "ENCRYPT_DECRYPT",
        Tags: keyTags(asked.tags ?? {}),
        ...(asked.description ? { Description: asked.description } : {}),
        ...(asked.policy ? { Policy: asked.policy } : {}),
      });
      const created = await retryWhile(isMalformedPolicy, waits.iamPropagation, signal, () =>
        clients.kms(region).send(command),
      );
      return { id: created.KeyMetadata?.KeyId ?? "" };
    }),

  settle: async (id, asked, place) => {
    if (asked.enableKeyRotation) await setRotation(id, asked, place);
    if (!asked.isEnabled) await setEnabled(id, false, place);
    if (asked.policy) await waitForPolicy(id, asked.policy, place);
  },

  read: (id, _state, { clients, region }) =>
    describing(`reading KMS Key (${id})`, () => readKey(clients.kms(region), id)),

  update: async (id, { old, new: asked, changed }, place) => {
    const kms = place.clients.kms(place.region);
    if (changed.has("tags")) await changeKeyTags(kms, id, { old: old.tags, asked: asked.tags });
    // A disabled key cannot be changed: it is enabled first and disabled last.
    if (changed.has("isEnabled") && asked.isEnabled) await setEnabled(id, true, place);
    const rotates =
      changed.has("enableKeyRotation") || (asked.enableKeyRotation && changed.has("rotationPeriodInDays"));
    if (rotates) await setRotation(id, asked, place);
    if (changed.has("description")) {
      const command = new UpdateKeyDescriptionCommand({ KeyId: id, Description: asked.description ?? "" });
      await describing(`updating KMS Key (${id}) description`, () => kms.send(command));
    }
    if (changed.has("policy") && asked.policy) await putPolicy(id, asked.policy, asked, place);
    if (changed.has("isEnabled") && !asked.isEnabled) await setEnabled(id, false, place);
  },

  delete: (id, { deletionWindowInDays: days }, { clients, region, signal }) =>
    describing(`deleting KMS Key (${id})`, async () => {
      const kms = clients.kms(region);
      try {
        await kms.send(new ScheduleKeyDeletionCommand({ KeyId: id, ...(days ? { PendingWindowInDays: days } : {}) }));
      } catch (error) {
        if (isNoSuchKey(error) || isPendingDeletion(error)) return;
        throw error;
      }
      await waitUntil(`KMS Key (${id}) to be gone`, waits.key, signal, async () =>
        (await findKey(kms, id)) ? undefined : true,
      );
    }),
});

function keyTags(tags: Tags): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

function changeKeyTags(
  kms: KMSClient,
  id: string,
  change: { readonly old: Tags | undefined; readonly asked: Tags | undefined },
): Promise<void> {
  return changeTags(`KMS Key (${id})`, change, {
    remove: (TagKeys) => kms.send(new UntagResourceCommand({ KeyId: id, TagKeys })),
    add: (tags) => kms.send(new TagResourceCommand({ KeyId: id, Tags: keyTags(tags) })),
  });
}

async function setEnabled(id: string, enabled: boolean, { clients, region, signal }: Place): Promise<void> {
  const kms = clients.kms(region);
  await describing(`${enabled ? "enabling" : "disabling"} KMS Key (${id})`, () =>
    kms.send(enabled ? new EnableKeyCommand({ KeyId: id }) : new DisableKeyCommand({ KeyId: id })),
  );
  await waitUntilSteady(`KMS Key (${id}) update (enabled = ${enabled})`, 15, waits.key, signal, async () => {
    return (await findKey(kms, id))?.Enabled === enabled;
  });
}

async function setRotation(id: string, asked: Inputs, { clients, region, signal }: Place): Promise<void> {
  const kms = clients.kms(region);
  const { enableKeyRotation: enabled, rotationPeriodInDays: days } = asked;
  const period = days === undefined ? {} : { RotationPeriodInDays: days };
  await describing(`${enabled ? "enabling" : "disabling"} KMS Key (${id}) rotation`, () =>
    kms.send(
      enabled ? new EnableKeyRotationCommand({ KeyId: id, ...period }) : new DisableKeyRotationCommand({ KeyId: id }),
    ),
  );
  await waitUntilSteady(`KMS Key (${id}) rotation update`, 5, waits.key, signal, async () => {
    const found = await rotationOf(kms, id);
    return found.enabled === enabled && (days === undefined || !enabled || found.days === days);
  });
}

async function putPolicy(id: string, policy: string, asked: Inputs, place: Place): Promise<void> {
  const command = new PutKeyPolicyCommand({
    KeyId: id,
    PolicyName: "default",
    Policy: policy,
    BypassPolicyLockoutSafetyCheck: asked.bypassPolicyLockoutSafetyCheck,
  });
  await describing(`updating KMS Key (${id}) policy`, () =>
    retryWhile(isMalformedPolicy, waits.iamPropagation, place.signal, () =>
      place.clients.kms(place.region).send(command),
    ),
  );
  await waitForPolicy(id, policy, place);
}

async function waitForPolicy(id: string, policy: string, { clients, region, signal }: Place): Promise<void> {
  const kms = clients.kms(region);
  await describing(`waiting for KMS Key (${id}) policy update`, () =>
    waitUntilSteady(`KMS Key (${id}) policy`, 5, waits.key, signal, async () =>
      samePolicy(await keyPolicyOf(kms, id), policy),
    ),
  );
}

/** AWS answers so while a principal that the policy names is not known everywhere yet. */
function isMalformedPolicy(error: unknown): boolean {
  return failedWith(error, "MalformedPolicyDocumentException");
}

function isPendingDeletion(error: unknown): boolean {
  return failedWith(error, "KMSInvalidStateException") && error.message.includes("is pending deletion");
}
