import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import { endedBy } from "../aws/aws-clients.ts";
import { awsErrorCode, callAws } from "../aws/aws-failure.ts";
import { everyPage } from "../aws/every-page.ts";
import { type Finding, type Look, needing } from "../preflight/check.ts";

export const servicePrincipal = "iam.amazonaws.com";

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

export function inManagementAccount(command: string): string {
  return `In the management account: ${command}; pulumi up of the organization stack does it, too.`;
}
