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

const ownNamespace = "aws-break-glass-scenarios:";

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
  const misspelt = misspeltKeys(values);
  if (!parsed.success || misspelt.length > 0) {
    const wrong = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}.`);
    throw new RootAccessError({ reason: "usage", what: [...wrong, ...misspelt].join(" ") });
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

/** Providers have settings that this stack does not read; of its own there are no others. */
function misspeltKeys(values: ConfigurationValues): string[] {
  const known = Object.keys(schema.shape);
  const own = known.filter((key) => key.startsWith(ownNamespace)).join(", ");
  return Object.keys(values)
    .filter((key) => key.startsWith(ownNamespace) && !known.includes(key))
    .map((key) => `${key}: there is no such setting; known here is ${own}.`);
}
