import type { AlertScope } from "../alert-settings.ts";
import { configurationNamespace } from "../configuration/configuration.ts";

/**
 * Why the alerts are not made: something of the name is there, and this stack does not manage it.
 *
 * @param differences in words
 * @param instead what to do other than to give it the settings configured here
 */
export function leftAlone(
  { accountId, region }: Pick<AlertScope, "accountId" | "region">,
  what: string,
  differences: readonly string[],
  instead: string,
): string {
  return (
    `${configurationNamespace}:rootAccessAlerts: account ${accountId} has ${what} in ${region} that this stack does not manage, with ` +
    `${differences.join(", ")}. It is left alone: ${instead}, or give it the settings configured here and it is taken over.`
  );
}
