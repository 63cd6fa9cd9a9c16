import type { IAMClient } from "@aws-sdk/client-iam";
import type { RootFeature } from "#iam";
import { endedBy } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";
import { type Look, needing } from "../preflight/check.ts";
import { inManagementAccount, missing } from "./organization-looks.ts";

/** Both features are asked for once. */
export function featureLooks(client: IAMClient): Readonly<Record<RootFeature, Look>> {
  let asked: Promise<readonly string[]> | undefined;
  const enabled = (signal: AbortSignal): Promise<readonly string[]> => (asked ??= enabledFeatures(client, signal));
  const look = (feature: RootFeature, command: string): Look => ({
    about: feature,
    look: async (signal) =>
      (await enabled(signal)).includes(feature)
        ? { state: "holds", because: "enabled" }
        : missing(`${feature} is not enabled.`, inManagementAccount(`aws iam ${command}`)),
  });
  return {
    RootCredentialsManagement: look("RootCredentialsManagement", "enable-organizations-root-credentials-management"),
    RootSessions: look("RootSessions", "enable-organizations-root-sessions"),
  };
}

/**
 * Without trusted access, AWS does not say what is enabled, but nothing works either.
 *
 * @throws NeitherManagementNorDelegate
 */
export async function enabledFeatures(client: IAMClient, signal: AbortSignal): Promise<readonly string[]> {
  const { ListOrganizationsFeaturesCommand } = await import("@aws-sdk/client-iam");
  try {
    const { EnabledFeatures = [] } = await needing("iam:ListOrganizationsFeatures", () =>
      callAws({ doing: "list the root access features" }, () =>
        client.send(new ListOrganizationsFeaturesCommand({}), endedBy(signal)),
      ),
    );
    return EnabledFeatures;
  } catch (error) {
    const code = awsErrorCode(error);
    if (code === "ServiceAccessNotEnabledException") return [];
    throw code === "AccountNotManagementOrDelegatedAdministratorException" ? new NeitherManagementNorDelegate() : error;
  }
}

/** Says who may be told, and by the way that the caller's account is not one of them. */
export class NeitherManagementNorDelegate extends Error {
  override readonly name = "NeitherManagementNorDelegate";

  constructor() {
    super("needs the management account or the delegated administrator");
  }
}
