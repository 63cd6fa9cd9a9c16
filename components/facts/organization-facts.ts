import { getAccountId } from "@pulumi/aws-native/getAccountId.js";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity.js";
import {
  getDelegatedAdministrators,
  getOrganization,
  type GetOrganizationArgs,
  type GetOrganizationResult,
} from "@pulumi/aws/organizations/index.js";
import { Config } from "@pulumi/pulumi";
import { asking } from "./asking.ts";
import type { Configuration } from "../configuration/configuration.ts";
import { type AbsentIdentityCenter, type IdentityCenter, readIdentityCenter } from "./identity-center-facts.ts";
import { observe, type Observed } from "./observed.ts";
import {
  findOrganizationalUnits,
  type OrganizationalUnitFact,
  type OrganizationRoot,
} from "./organizational-unit-facts.ts";

/** What the provider says about the organization and about the people that a configuration names. */
export interface OrganizationFacts {
  readonly caller: { readonly accountId: string; readonly arn: string };
  /** The account whose credentials `aws-native` has; the rest of the facts is what `aws` says. */
  readonly nativeAccountId: string;
  /** Where the stack's resources are made unless they say otherwise. */
  readonly region: string;
  /** `undefined` when the caller's account belongs to no organization. */
  readonly organization: Organization | undefined;
  /** `"unasked"` when the caller is not the management account: nobody else's answer would count. */
  readonly identityCenter: IdentityCenter | AbsentIdentityCenter | "unasked";
  /** What was not looked at for want of a permission, which each of these names. */
  readonly lacks: LackedPermissions;
  /** Those that the configuration names; `undefined` when the caller is not the management account. */
  readonly organizationalUnits: readonly OrganizationalUnitFact[] | undefined;
}

export interface LackedPermissions {
  /** Then the caller's account is taken to be the management account: AWS refuses everything else if it is not. */
  readonly organization?: string | undefined;
  /** Accounts, roots and policy types. */
  readonly accounts?: string | undefined;
  readonly delegates?: string | undefined;
}

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string;
  readonly featureSet: string;
  /** Empty when the caller may not list accounts; an organization has at least its management account. */
  readonly accounts: readonly OrganizationAccount[];
  /** Accounts that are delegated administrators of IAM; none where the caller is not the management account. */
  readonly delegates: readonly string[];
  /** `undefined` when the caller may not list it. */
  readonly root: OrganizationRoot | undefined;
  /** Service principals that have trusted access; `undefined` when the caller may not list them. */
  readonly trustedServices: readonly string[] | undefined;
  /** Types of policies that are enabled on the root; `undefined` when the caller may not list it. */
  readonly enabledPolicyTypes: readonly string[] | undefined;
}

export interface OrganizationAccount {
  readonly id: string;
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED`, `CLOSED`, … */
  readonly state: string;
}

/**
 * Asks the provider for the facts, with invokes only: nothing is registered, so a preview asks the same.
 *
 * @throws RunError when a question cannot be answered, for example for want of a permission; the engine prints it without a stack
 */
export async function gatherOrganizationFacts(configuration: Configuration): Promise<OrganizationFacts> {
  // Side by side, so that the engine starts both providers at once: each takes as long to start as everything else here.
  const [facts, { accountId: nativeAccountId }] = await Promise.all([
    askClassicProvider(configuration),
    asking("which account aws-native has credentials of", getAccountId()),
  ]);
  return { ...facts, nativeAccountId, region: new Config("aws").get("region") ?? "us-east-1" };
}

async function askClassicProvider(
  configuration: Configuration,
): Promise<Omit<OrganizationFacts, "nativeAccountId" | "region">> {
  const { accountId, arn } = await asking("who the caller is", getCallerIdentity());
  const { organization, lacks } = await readOrganization(accountId);
  const caller = { accountId, arn };
  if (organization?.managementAccountId !== accountId) {
    return {
      caller,
      organization: organization && { ...organization, delegates: [] },
      lacks,
      identityCenter: "unasked",
      organizationalUnits: undefined,
    };
  }
  const [found, identityCenter, organizationalUnits] = await Promise.all([
    readDelegates(),
    readIdentityCenter(configuration),
    readOrganizationalUnits(configuration, organization.root),
  ]);
  const [delegates, lackedForDelegates] = "known" in found ? [found.known, undefined] : [[], found.needs];
  return {
    caller,
    organization: { ...organization, delegates },
    lacks: { ...lacks, delegates: lackedForDelegates },
    identityCenter,
    organizationalUnits,
  };
}

async function readOrganizationalUnits(
  { rootUserGuardrail }: Configuration,
  root: OrganizationRoot | undefined,
): Promise<readonly OrganizationalUnitFact[] | undefined> {
  return root && findOrganizationalUnits(rootUserGuardrail?.organizationalUnits ?? [], root);
}

async function readDelegates(): Promise<Observed<readonly string[]>> {
  const found = await observe(
    asking(
      "for the delegated administrators of IAM",
      getDelegatedAdministrators({ servicePrincipal: "iam.amazonaws.com" }),
    ),
    "organizations:ListDelegatedAdministrators",
  );
  return "needs" in found ? found : { known: found.known.delegatedAdministrators.map(({ id }) => id) };
}

type Described = Omit<Organization, "delegates">;

/** The provider's one function for it fails as a whole where a part is denied; then it is asked for less. */
async function readOrganization(
  callerAccount: string,
): Promise<{ readonly organization: Described | undefined; readonly lacks: LackedPermissions }> {
  const whole = await askForOrganization({}, "organizations:ListAccounts");
  if ("known" in whole) return { organization: whole.known && describedOrganization(whole.known), lacks: {} };
  const alone = await askForOrganization({ returnOrganizationOnly: true }, "organizations:DescribeOrganization");
  if ("needs" in alone) {
    return { organization: undescribedOrganization(callerAccount), lacks: { organization: alone.needs } };
  }
  const organization = alone.known && {
    ...describedOrganization(alone.known),
    root: undefined,
    trustedServices: undefined,
    enabledPolicyTypes: undefined,
  };
  return { organization, lacks: { accounts: whole.needs } };
}

async function askForOrganization(
  args: GetOrganizationArgs,
  permission: string,
): Promise<Observed<GetOrganizationResult | undefined>> {
  const none = /AWSOrganizationsNotInUseException/;
  return observe(asking("about the organization", getOrganization(args), none), permission);
}

function describedOrganization(organization: GetOrganizationResult): Described {
  const [root] = organization.roots;
  return {
    id: organization.id,
    managementAccountId: organization.masterAccountId,
    featureSet: organization.featureSet,
    accounts: organization.accounts.map(({ id, name, state }) => ({ id, name, state })),
    root: root && { id: root.id, name: root.name },
    trustedServices: root && organization.awsServiceAccessPrincipals,
    enabledPolicyTypes: root && organization.enabledPolicyTypes,
  };
}

/** What the caller may not ask about is taken to be as it has to be; the preflight says that it was not checked. */
function undescribedOrganization(callerAccount: string): Described {
  return {
    id: "unknown",
    managementAccountId: callerAccount,
    featureSet: "ALL",
    accounts: [],
    root: undefined,
    trustedServices: undefined,
    enabledPolicyTypes: undefined,
  };
}
