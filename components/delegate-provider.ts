import { Provider } from "@pulumi/aws/provider.js";
import type { AccountId } from "#iam";

/** How the delegated administrator's account is reached: by an AWS profile, or by a role in that account. */
export interface DelegateAccess {
  readonly profile?: string | undefined;
  /** Name, with its path if it has one, or ARN; the management account's credentials have to be allowed to assume it. */
  readonly role?: string | undefined;
}

/** What a provider for the delegate's account is made of. */
export interface DelegateProviderArgs {
  readonly accountId: AccountId;
  readonly access: DelegateAccess;
  /** AWS profile of the management account, which the role is assumed with. */
  readonly managementProfile?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * A provider that works in the delegated administrator's account, and in no other: the wrong account's credentials are
 * refused before anything is made with them.
 *
 * @example
 * delegateProvider("delegate", { accountId, access: { role: "OrganizationAccountAccessRole" }, region: "us-east-1" });
 */
export function delegateProvider(
  name: string,
  { accountId, access, managementProfile, region }: DelegateProviderArgs,
): Provider {
  const credentials =
    access.role === undefined
      ? { profile: access.profile }
      : { profile: managementProfile, assumeRoles: [{ roleArn: roleArn(accountId, access.role) }] };
  return new Provider(name, { ...credentials, region, allowedAccountIds: [accountId] });
}

function roleArn(accountId: AccountId, role: string): string {
  return role.startsWith("arn:") ? role : `arn:aws:iam::${accountId}:role/${role}`;
}
