import { z } from "zod";
import { parsedJson } from "../../json-text.ts";

/** What a provider was configured with, in one form for both plugins. */
export interface SessionSettings {
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly accessKey: string | undefined;
  readonly secretKey: string | undefined;
  readonly token: string | undefined;
  /** Assumed one after the other, the last one does the work. */
  readonly assumeRoles: readonly AssumedRole[];
  /** URLs by service, as the provider's `endpoints` names the services. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly skipCredentialsValidation: boolean;
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
  readonly maximumRetries: number;
}

export const assumedRole = z.strictObject({
  roleArn: z.string(),
  sessionName: z.string().optional(),
  externalId: z.string().optional(),
  sourceIdentity: z.string().optional(),
  policy: z.string().optional(),
});

export type AssumedRole = z.infer<typeof assumedRole>;

/** Both plugins retry so often by default (docs/aws-behaviour.md, section 10). */
const defaultMaximumRetries = 25;

/** A setting that is no string: Pulumi sends it as JSON text. */
export function jsonText<Schema extends z.ZodType>(schema: Schema): z.ZodPreprocess<Schema> {
  return z.preprocess((value, context) => {
    if (typeof value !== "string") return value;
    const parsed = parsedJson(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: "custom", message: `is not JSON: ${value}` });
    return z.NEVER;
  }, schema);
}

/** Settings that both plugins know and treat alike. The skips concern checks that the stand-ins never make. */
export const sharedSettings = {
  region: z.string().optional(),
  profile: z.string().optional(),
  accessKey: z.string().optional(),
  secretKey: z.string().optional(),
  token: z.string().optional(),
  maxRetries: jsonText(z.int().nonnegative()).optional(),
  skipCredentialsValidation: jsonText(z.boolean()).optional(),
  allowedAccountIds: jsonText(z.array(z.string())).optional(),
  forbiddenAccountIds: jsonText(z.array(z.string())).optional(),
  skipRegionValidation: jsonText(z.boolean()).optional(),
  skipMetadataApiCheck: jsonText(z.boolean()).optional(),
  skipRequestingAccountId: jsonText(z.boolean()).optional(),
  version: z.string().optional(),
  pluginDownloadURL: z.string().optional(),
};

type SharedSettings = z.output<z.ZodObject<typeof sharedSettings>>;

/** What the shared settings say of a session; roles and endpoints have a form of their own in each plugin. */
export function sharedSessionSettings(settings: SharedSettings): Omit<SessionSettings, "assumeRoles" | "endpoints"> {
  return {
    region: settings.region,
    profile: settings.profile,
    accessKey: settings.accessKey,
    secretKey: settings.secretKey,
    token: settings.token,
    skipCredentialsValidation: settings.skipCredentialsValidation ?? false,
    allowedAccountIds: settings.allowedAccountIds ?? [],
    forbiddenAccountIds: settings.forbiddenAccountIds ?? [],
    maximumRetries: settings.maxRetries ?? defaultMaximumRetries,
  };
}
