import { z } from "zod";
import { parsedJson } from "../../json-text.ts";
import { readOnlyType, tagsOf, unlessDenied } from "./read-only-type.ts";
import { HandlerFailure } from "./resource-type.ts";

/**
 * A KMS key, to be read only. One that waits for its deletion counts as gone; a policy, rotation or tags that the caller
 * may not see are left out.
 */
export const keyType = readOnlyType({
  name: "AWS::KMS::Key",
  identifier: "KeyId",
  readOnly: ["Arn", "KeyId"],
  service: {
    name: "kms",
    label: "Kms",
    codes: { NotFoundException: "NotFound", AccessDeniedException: "AccessDenied" },
  },
  read: async (KeyId, ask) => {
    const { KeyMetadata: key } = await ask("DescribeKey", { KeyId }, keyAnswer);
    if (key.KeyState === "PendingDeletion") throw new HandlerFailure("NotFound", `Key ${key.Arn} is pending deletion`);
    const policy = await unlessDenied(ask("GetKeyPolicy", { KeyId, PolicyName: "default" }, policyAnswer));
    const rotation = await unlessDenied(ask("GetKeyRotationStatus", { KeyId }, rotationAnswer));
    const tags = await unlessDenied(ask("ListResourceTags", { KeyId }, tagsAnswer));
    return {
      KeyId: key.KeyId,
      Arn: key.Arn,
      Description: key.Description,
      Enabled: key.Enabled,
      KeyUsage: key.KeyUsage,
      KeySpec: key.KeySpec,
      MultiRegion: key.MultiRegion,
      Origin: key.Origin,
      ...(policy ? { KeyPolicy: parsedJson(policy.Policy) } : {}),
      ...(rotation ? { EnableKeyRotation: rotation.KeyRotationEnabled } : {}),
      ...(rotation?.RotationPeriodInDays ? { RotationPeriodInDays: rotation.RotationPeriodInDays } : {}),
      ...tagsOf(Object.fromEntries((tags?.Tags ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue]))),
    };
  },
});

const keyAnswer = z.object({
  KeyMetadata: z.object({
    KeyId: z.string(),
    Arn: z.string(),
    KeyState: z.string(),
    Description: z.string(),
    Enabled: z.boolean(),
    KeyUsage: z.string(),
    KeySpec: z.string(),
    MultiRegion: z.boolean(),
    Origin: z.string(),
  }),
});
const policyAnswer = z.object({ Policy: z.string() });
const rotationAnswer = z.object({ KeyRotationEnabled: z.boolean(), RotationPeriodInDays: z.number().optional() });
const tagsAnswer = z.object({ Tags: z.array(z.object({ TagKey: z.string(), TagValue: z.string() })) });
