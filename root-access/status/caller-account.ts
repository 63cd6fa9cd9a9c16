import type { IAMClient } from "@aws-sdk/client-iam";
import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import type { CallerIdentity } from "../caller.ts";
import { callerCheck, managementAccount } from "../preflight/caller-check.ts";
import { type Check, type Look, NeedsPermission } from "../preflight/check.ts";
import { enabledFeatures, NeitherManagementNorDelegate } from "./feature-looks.ts";
import { missing, servicePrincipal } from "./organization-looks.ts";

/** Whoever may not list the delegates still learns from IAM that it is none. */
export function callerAccountLook(organizations: OrganizationsClient, iam: IAMClient, caller: CallerIdentity): Look {
  const { about, look } = callerCheck(organizations, Promise.resolve(caller));
  return {
    about,
    look: async (signal) => {
      try {
        return await look(signal);
      } catch (error) {
        if (!(error instanceof NeedsPermission) || !(await isNeither(iam, signal))) throw error;
        const management = await managementAccount(organizations, signal).catch(() => "");
        return missing(
          `Account ${caller.accountId} may not open root sessions: it is neither the management account nor the delegated administrator of ${servicePrincipal}.`,
          `Use credentials of ${`the management account ${management}`.trim()}, or of a delegated administrator for ${servicePrincipal}.`,
        );
      }
    },
  };
}

/**
 * The same checks; what could not be looked at from an account that may not ask says so, as there no permission would help
 * (docs/aws-behaviour.md, section 3).
 */
export function toldOfAccount(checks: readonly Check[], { accountId }: CallerIdentity): readonly Check[] {
  const account = checks.find(({ about }) => about === "caller's account");
  if (account?.state !== "does not hold") return checks;
  const because = `account ${accountId} is not told: only the management account and delegated administrators are`;
  return checks.map((found) =>
    found.state === "not checked" && found.about !== "organization" ? { ...found, because } : found,
  );
}

async function isNeither(iam: IAMClient, signal: AbortSignal): Promise<boolean> {
  try {
    await enabledFeatures(iam, signal);
    return false;
  } catch (error) {
    return error instanceof NeitherManagementNorDelegate;
  }
}
