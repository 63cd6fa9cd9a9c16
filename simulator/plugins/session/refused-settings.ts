import type { z } from "zod";
import type { CheckFailure } from "../protocol/provider.ts";

/** Why a provider's settings do not pass, a failure for each setting, by name. */
export function refusedSettings(plugin: string, issues: readonly z.core.$ZodIssue[]): CheckFailure[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ property: key, reason: unmodelled(plugin, settingName(issue.path, key)) }))
      : [
          {
            property: settingName(issue.path),
            reason: `The provider setting ${settingName(issue.path)}: ${issue.message}.`,
          },
        ],
  );
}

function unmodelled(plugin: string, setting: string): string {
  return `The stand-in for the ${plugin} plugin does not model the provider setting "${setting}" and refuses it: leave it out, or use the official plugin.`;
}

function settingName(path: readonly PropertyKey[], key?: string): string {
  return [...path, ...(key === undefined ? [] : [key])].map(String).join(".");
}
