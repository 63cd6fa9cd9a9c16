import {
  type Account,
  DescribeOrganizationCommand,
  type Organization,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListAWSServiceAccessForOrganization,
  paginateListRoots,
  type Root,
} from "@aws-sdk/client-organizations";
import { z } from "zod";
import type { PropertyBag } from "../../protocol/property-bag.ts";
import { failedWith } from "../../session/aws-call-failed.ts";
import { timestamp } from "../timestamp.ts";
import { dataSource } from "./data-source.ts";

/** The organization; from a member account, which may not list accounts, the organization alone. */
export const getOrganization = dataSource({
  token: "aws:organizations/getOrganization:getOrganization",
  args: z.strictObject({ returnOrganizationOnly: z.boolean().optional() }),
  read: async ({ returnOrganizationOnly = false }, { clients: { organizations } }) => {
    const { Organization: organization = {} } = await organizations.send(new DescribeOrganizationCommand());
    const members = returnOrganizationOnly ? nothingListed : await listMembers(organizations, organization);
    const master = members.accounts.find(({ Id }) => Id === organization.MasterAccountId);
    return {
      id: organization.Id ?? "",
      arn: organization.Arn ?? "",
      featureSet: organization.FeatureSet ?? "",
      masterAccountArn: organization.MasterAccountArn ?? "",
      masterAccountEmail: organization.MasterAccountEmail ?? "",
      masterAccountId: organization.MasterAccountId ?? "",
      masterAccountName: master?.Name ?? "",
      accounts: members.accounts.map(accountProperties),
      nonMasterAccounts: members.accounts.filter((account) => account !== master).map(accountProperties),
      roots: members.roots.map(rootProperties),
      awsServiceAccessPrincipals: members.servicePrincipals,
      enabledPolicyTypes: enabledPolicyTypes(members.roots[0]),
      ...(returnOrganizationOnly ? { returnOrganizationOnly } : {}),
    };
  },
});

interface Members {
  readonly accounts: readonly Account[];
  readonly roots: readonly Root[];
  readonly servicePrincipals: readonly string[];
}

const nothingListed: Members = { accounts: [], roots: [], servicePrincipals: [] };

async function listMembers(client: OrganizationsClient, { FeatureSet }: Organization): Promise<Members> {
  try {
    const accounts: Account[] = [];
    for await (const page of paginateListAccounts({ client }, {})) accounts.push(...(page.Accounts ?? []));
    const roots: Root[] = [];
    for await (const page of paginateListRoots({ client }, {})) roots.push(...(page.Roots ?? []));
    return { accounts, roots, servicePrincipals: FeatureSet === "ALL" ? await listTrustedServices(client) : [] };
  } catch (error) {
    if (failedWith(error, "AccessDeniedException") && error.message.includes("ListAccounts")) return nothingListed;
    throw error;
  }
}

async function listTrustedServices(client: OrganizationsClient): Promise<string[]> {
  const principals: string[] = [];
  for await (const page of paginateListAWSServiceAccessForOrganization({ client }, {})) {
    for (const { ServicePrincipal } of page.EnabledServicePrincipals ?? []) {
      if (ServicePrincipal) principals.push(ServicePrincipal);
    }
  }
  return principals;
}

/** An account as several functions of the plugin show it. */
export function accountProperties(account: Account): PropertyBag {
  return {
    arn: account.Arn ?? "",
    email: account.Email ?? "",
    id: account.Id ?? "",
    joinedMethod: account.JoinedMethod ?? "",
    joinedTimestamp: timestamp(account.JoinedTimestamp),
    name: account.Name ?? "",
    state: account.State ?? "",
    status: account.Status ?? "",
  };
}

function rootProperties(root: Root): PropertyBag {
  return {
    arn: root.Arn ?? "",
    id: root.Id ?? "",
    name: root.Name ?? "",
    policyTypes: (root.PolicyTypes ?? []).map(({ Status = "", Type = "" }) => ({ status: Status, type: Type })),
  };
}

function enabledPolicyTypes(root: Root | undefined): string[] {
  return (root?.PolicyTypes ?? []).flatMap(({ Status, Type }) => (Status === "ENABLED" && Type ? [Type] : []));
}
