import type { IAMClient } from "@aws-sdk/client-iam";
import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import type { RootFeature } from "#iam";
import { endedBy } from "../aws-clients.ts";
import { awsErrorCode, callAws } from "../aws-failure.ts";
import { everyPage } from "../every-page.ts";
import type { CallerIdentity } from "../caller.ts";
import { callerCheck } from "../preflight/caller-check.ts";
import { type Finding, type Look, needing, NeedsPermission } from "../preflight/check.ts";

const servicePrincipal = "iam.amazonaws.com";

/** What the organization has to be, in the order in which AWS demands it (docs/aws-behaviour.md, section 3). */
export function organizationLook(client: OrganizationsClient): Look {
  return {
    about: "organization",
    look: async (signal) => {
      const { DescribeOrganizationCommand } = await import("@aws-sdk/client-organizations");
      try {
        const { Organization } = await needing("organizations:DescribeOrganization", () =>
          callAws({ doing: "describe the organization" }, () =>
            client.send(new DescribeOrganizationCommand({}), endedBy(signal)),
          ),
        );
        const { Id = "", MasterAccountId = "", FeatureSet } = Organization ?? {};
        if (FeatureSet === "ALL") {
          return { state: "holds", because: `${Id} with all features, management account ${MasterAccountId}` };
        }
        return missing(
          `The organization ${Id} has consolidated billing only.`,
          `In the management account ${MasterAccountId}: aws organizations enable-all-features; every invited account has to accept.`,
        );
      } catch (error) {
        if (awsErrorCode(error) !== "AWSOrganizationsNotInUseException") throw error;
        return missing(
          "The caller's account belongs to no organization.",
          "Use a profile of an organization's account.",
        );
      }
    },
  };
}

export function trustedAccessLook(client: OrganizationsClient): Look {
  return {
    about: "trusted access",
    look: async (signal) => {
      const { ListAWSServiceAccessForOrganizationCommand } = await import("@aws-sdk/client-organizations");
      const services = everyPage(async (NextToken) => {
        const page = await needing("organizations:ListAWSServiceAccessForOrganization", () =>
          callAws({ doing: "list the services with trusted access" }, () =>
            client.send(new ListAWSServiceAccessForOrganizationCommand({ NextToken }), endedBy(signal)),
          ),
        );
        return { items: page.EnabledServicePrincipals, next: page.NextToken };
      });
      for await (const { ServicePrincipal } of services) {
        if (ServicePrincipal === servicePrincipal)
          return { state: "holds", because: `enabled for ${servicePrincipal}` };
      }
      return missing(
        `Trusted access for ${servicePrincipal} is not enabled.`,
        inManagementAccount(`aws organizations enable-aws-service-access --service-principal ${servicePrincipal}`),
      );
    },
  };
}

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
async function enabledFeatures(client: IAMClient, signal: AbortSignal): Promise<readonly string[]> {
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
class NeitherManagementNorDelegate extends Error {
  override readonly name = "NeitherManagementNorDelegate";

  constructor() {
    super("needs the management account or the delegated administrator");
  }
}

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
        return missing(
          `Account ${caller.accountId} may not open root sessions: it is neither the management account nor the delegated administrator of ${servicePrincipal}.`,
          "Use credentials of one of these.",
        );
      }
    },
  };
}

async function isNeither(iam: IAMClient, signal: AbortSignal): Promise<boolean> {
  try {
    await enabledFeatures(iam, signal);
    return false;
  } catch (error) {
    return error instanceof NeitherManagementNorDelegate;
  }
}

/** An account that may open root sessions beside the management account. */
export interface Delegate {
  readonly id: string;
  readonly name: string;
}

export async function delegates(client: OrganizationsClient, signal: AbortSignal): Promise<readonly Delegate[]> {
  const { ListDelegatedAdministratorsCommand } = await import("@aws-sdk/client-organizations");
  const input = { ServicePrincipal: servicePrincipal };
  const { DelegatedAdministrators = [] } = await needing("organizations:ListDelegatedAdministrators", () =>
    callAws({ doing: "list the delegated administrators" }, () =>
      client.send(new ListDelegatedAdministratorsCommand(input), endedBy(signal)),
    ),
  );
  return DelegatedAdministrators.map(({ Id = "", Name = "" }) => ({ id: Id, name: Name }));
}

/** None is no fault: a delegate is optional. */
export function delegatesLook(client: OrganizationsClient): Look {
  return {
    about: "delegated administrator",
    look: async (signal) => {
      const all = await delegates(client, signal);
      const because =
        all.length > 0
          ? all.map(({ id, name }) => `${id} (${name})`).join(", ")
          : "none: only the management account may open root sessions";
      return { state: "holds", because };
    },
  };
}

export function missing(what: string, next: string): Finding {
  return { state: "does not hold", what, next };
}

function inManagementAccount(command: string): string {
  return `In the management account: ${command}; pulumi up of the organization stack does it, too.`;
}
