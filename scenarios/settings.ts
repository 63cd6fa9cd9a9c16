import { z } from "zod";
import { RootAccessError } from "#root-access";

/** What a drill is set up with. Profiles are names from the AWS configuration files, never credentials. */
export interface DrillSettings {
  /** The drill's Region, for the bucket, the queue and the STS endpoint. */
  readonly region: string;
  /** The ordinary principal of the member account; `undefined` is the default credential chain. */
  readonly profile?: string;
  /** Who may open root sessions. */
  readonly breakGlassProfile: string;
}

/** Raw values by their full configuration key, `undefined` where a key is not set. */
export type ConfigurationValues = Readonly<Record<string, string | undefined>>;

/** The keys that {@link parseSettings} reads. */
export const configurationKeys = ["aws:region", "aws:profile", "aws-break-glass-scenarios:breakGlassProfile"] as const;

const schema = z.object({
  "aws:region": z
    .string({ error: "is not set: say in which Region the drill takes place, for example ap-northeast-2" })
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: "is not a Region: an example of one is ap-northeast-2" }),
  "aws:profile": z
    .string()
    .trim()
    .min(1, { error: "is empty: name the profile of the member account, or remove it" })
    .optional(),
  "aws-break-glass-scenarios:breakGlassProfile": z
    .string()
    .trim()
    .min(1, { error: "is empty: name the profile that may open root sessions" })
    .default("break-glass"),
});

/**
 * Reads the scenarios stack's configuration.
 *
 * @throws RootAccessError `usage`, one sentence for each key that is wrong
 * @example parseSettings({ "aws:region": "ap-northeast-2", "aws:profile": "orders" })
 */
export function parseSettings(values: ConfigurationValues): DrillSettings {
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}.`);
    throw new RootAccessError({ reason: "usage", what: sentences.join(" ") });
  }
  const profile = parsed.data["aws:profile"];
  const breakGlassProfile = parsed.data["aws-break-glass-scenarios:breakGlassProfile"];
  if (profile === breakGlassProfile) {
    const what = `aws:profile and aws-break-glass-scenarios:breakGlassProfile are both "${profile}".`;
    const next = "The first belongs to the member account, the second to the account that opens root sessions.";
    throw new RootAccessError({ reason: "usage", what, next });
  }
  return { region: parsed.data["aws:region"], ...(profile === undefined ? {} : { profile }), breakGlassProfile };
}
