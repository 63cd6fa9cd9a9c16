import { IAMClient, ListOrganizationsFeaturesCommand } from "@aws-sdk/client-iam";
import {
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListPermissionSetsCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { fromIni } from "@aws-sdk/credential-providers";
import type { TestSandbox } from "./sandbox.ts";

const instanceArn = "arn:aws:sso:::instance/ssoins-7223000000000001";

/** A permission set and who holds it in the management account or in the Audit account. */
export interface PermissionSetFound {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly sessionDuration: string | undefined;
  readonly inlinePolicy: unknown;
  readonly assigned: readonly { readonly account: string | undefined; readonly type: string | undefined }[];
}

/** What the organization stack is about, as AWS has it. */
export interface OrganizationFound {
  readonly trusted: readonly (string | undefined)[];
  readonly features: readonly string[];
  readonly delegates: readonly (string | undefined)[];
  readonly permissionSets: readonly PermissionSetFound[];
}

/** What AWS says stands, asked by the management account. */
export async function readOrganization({ endpoint, environment }: TestSandbox): Promise<OrganizationFound> {
  const { AWS_SHARED_CREDENTIALS_FILE: filepath = "", AWS_CONFIG_FILE: configFilepath = "" } = environment;
  const connection = {
    endpoint,
    region: "us-east-1",
    credentials: fromIni({ profile: "management", filepath, configFilepath }),
  };
  const organizations = new OrganizationsClient(connection);
  const { EnabledServicePrincipals = [] } = await organizations.send(new ListAWSServiceAccessForOrganizationCommand());
  const trusted = EnabledServicePrincipals.map(({ ServicePrincipal }) => ServicePrincipal).filter(
    (service) => service === "iam.amazonaws.com",
  );
  if (trusted.length === 0) {
    return {
      trusted,
      features: [],
      delegates: [],
      permissionSets: await readPermissionSets(new SSOAdminClient(connection)),
    };
  }
  const features = await new IAMClient(connection).send(new ListOrganizationsFeaturesCommand());
  const delegates = await organizations.send(
    new ListDelegatedAdministratorsCommand({ ServicePrincipal: "iam.amazonaws.com" }),
  );
  return {
    trusted,
    features: [...(features.EnabledFeatures ?? [])].sort(),
    delegates: (delegates.DelegatedAdministrators ?? []).map(({ Id }) => Id),
    permissionSets: await readPermissionSets(new SSOAdminClient(connection)),
  };
}

async function readPermissionSets(client: SSOAdminClient): Promise<readonly PermissionSetFound[]> {
  const { PermissionSets = [] } = await client.send(new ListPermissionSetsCommand({ InstanceArn: instanceArn }));
  return Promise.all(PermissionSets.map((arn) => readPermissionSet(client, arn)));
}

async function readPermissionSet(client: SSOAdminClient, arn: string): Promise<PermissionSetFound> {
  const which = { InstanceArn: instanceArn, PermissionSetArn: arn };
  const { PermissionSet } = await client.send(new DescribePermissionSetCommand(which));
  const { InlinePolicy = "" } = await client.send(new GetInlinePolicyForPermissionSetCommand(which));
  const assigned = await Promise.all(
    ["111111111111", "222222222222"].map(async (AccountId) => {
      const listed = await client.send(new ListAccountAssignmentsCommand({ ...which, AccountId }));
      return (listed.AccountAssignments ?? []).map((found) => ({
        account: found.AccountId,
        type: found.PrincipalType,
      }));
    }),
  );
  return {
    name: PermissionSet?.Name,
    description: PermissionSet?.Description,
    sessionDuration: PermissionSet?.SessionDuration,
    inlinePolicy: InlinePolicy === "" ? null : (JSON.parse(InlinePolicy) as unknown),
    assigned: assigned.flat(),
  };
}
