import { z } from "zod";
import type { PropertyBag } from "../protocol/property-bag.ts";
import type { CheckFailure } from "../protocol/provider.ts";
import { refusedSettings } from "../session/refused-settings.ts";
import {
  assumedRole,
  jsonText,
  type SessionSettings,
  sharedSessionSettings,
  sharedSettings,
} from "../session/settings.ts";

/** The settings of an `aws-native` provider that the stand-in models. */
export interface NativeSettings {
  readonly session: SessionSettings;
}

const schema = z.strictObject({
  ...sharedSettings,
  assumeRole: jsonText(assumedRole).optional(),
  endpoints: jsonText(z.record(z.string(), z.string())).optional(),
  sharedCredentialsFile: z.string().optional(),
  skipGetEc2Platforms: jsonText(z.boolean()).optional(),
});

/** @returns the settings, or why they are refused */
export function parseNativeSettings(bag: PropertyBag): NativeSettings | { readonly failures: CheckFailure[] } {
  const parsed = schema.safeParse(bag);
  if (!parsed.success) return { failures: refusedSettings("aws-native", parsed.error.issues) };
  const settings = parsed.data;
  return {
    session: {
      ...sharedSessionSettings(settings),
      assumeRoles: settings.assumeRole ? [settings.assumeRole] : [],
      endpoints: settings.endpoints ?? {},
    },
  };
}
