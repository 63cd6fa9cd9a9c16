import { z } from "zod";
import type { CheckFailure } from "../protocol/provider.ts";
import type { PropertyBag } from "../protocol/property-bag.ts";
import { refusedSettings } from "../session/refused-settings.ts";
import {
  assumedRole,
  jsonText,
  type SessionSettings,
  sharedSessionSettings,
  sharedSettings,
} from "../session/settings.ts";

/** The settings of an `aws` provider that the stand-in models. */
export interface AwsSettings {
  readonly session: SessionSettings;
  readonly s3UsePathStyle: boolean;
}

const schema = z.strictObject({
  ...sharedSettings,
  assumeRoles: jsonText(z.array(assumedRole)).optional(),
  endpoints: jsonText(z.array(z.record(z.string(), z.string()))).optional(),
  s3UsePathStyle: jsonText(z.boolean()).optional(),
});

/** @returns the settings, or why they are refused */
export function parseAwsSettings(bag: PropertyBag): AwsSettings | { readonly failures: CheckFailure[] } {
  const parsed = schema.safeParse(bag);
  if (!parsed.success) return { failures: refusedSettings("aws", parsed.error.issues) };
  const settings = parsed.data;
  return {
    session: {
      ...sharedSessionSettings(settings),
      assumeRoles: settings.assumeRoles ?? [],
      endpoints: Object.assign({}, ...(settings.endpoints ?? [])) as Record<string, string>,
    },
    s3UsePathStyle: settings.s3UsePathStyle ?? false,
  };
}
