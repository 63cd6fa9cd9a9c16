import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  type KMSClient,
  paginateListResourceTags,
} from "@aws-sdk/client-kms";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { tagProperties } from "../tags.ts";

export async function readKey(kms: KMSClient, id: string): Promise<PropertyBag | undefined> {
  const found = await findKey(kms, id);
  if (!found) return undefined;
  const policy = await keyPolicyOf(kms, id);
  const rotation = await rotationOf(kms, id);
  return {
    arn: found.Arn ?? "",
    keyId: found.KeyId ?? "",
    customerMasterKeySpec: found.KeySpec ?? "",
    description: found.Description ?? "",
    enableKeyRotation: rotation.enabled,
    isEnabled: found.Enabled ?? false,
    keyUsage: found.KeyUsage ?? "",
    multiRegion: found.MultiRegion ?? false,
    policy,
    ...(rotation.days === undefined ? {} : { rotationPeriodInDays: rotation.days }),
    ...tagProperties(await tagsOf(kms, id)),
  };
}

/** The key; `undefined` when there is none, or it is waiting for its deletion. */
export async function findKey(kms: KMSClient, id: string): Promise<KeyMetadata | undefined> {
  try {
    const { KeyMetadata: found } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    return found?.KeyState === "PendingDeletion" ? undefined : found;
  } catch (error) {
    if (isNoSuchKey(error)) return undefined;
    throw error;
  }
}

export async function keyPolicyOf(kms: KMSClient, id: string): Promise<string> {
  const command = new GetKeyPolicyCommand({ KeyId: id, PolicyName: "default" });
  return (await kms.send(command)).Policy ?? "";
}

export async function rotationOf(
  kms: KMSClient,
  id: string,
): Promise<{ readonly enabled: boolean; readonly days: number | undefined }> {
  const found = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
  return { enabled: found.KeyRotationEnabled ?? false, days: found.RotationPeriodInDays };
}

export function isNoSuchKey(error: unknown): boolean {
  return failedWith(error, "NotFoundException");
}

async function tagsOf(kms: KMSClient, id: string): Promise<Record<string, string>> {
  const tags: Record<string, string> = {};
  for await (const page of paginateListResourceTags({ client: kms }, { KeyId: id })) {
    for (const { TagKey = "", TagValue = "" } of page.Tags ?? []) tags[TagKey] = TagValue;
  }
  return tags;
}
