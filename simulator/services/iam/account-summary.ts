import type { GetAccountSummaryResponse, SummaryKeyType } from "@aws-sdk/client-iam";
import type { IamState } from "../../state/iam.ts";
import type { Operation } from "../service.ts";
import { iamOfCaller } from "./identities.ts";

/** One call that says whether a root user has any credentials left (docs/aws-behaviour.md, section 2). */
export const getAccountSummary: Operation<object, GetAccountSummaryResponse> = {
  perform: (_input, call) => ({ SummaryMap: { ...quotas, ...counts(iamOfCaller(call)) } }),
};

type Summary = Partial<Record<SummaryKeyType, number>>;

function counts({ rootUser, users, roles, unassignedMfaDevices }: IamState): Summary {
  const inUse = [rootUser, ...users.values()].flatMap(({ mfaDevices }) => mfaDevices).length;
  return {
    AccountPasswordPresent: rootUser.loginProfile ? 1 : 0,
    AccountAccessKeysPresent: rootUser.accessKeys.length > 0 ? 1 : 0,
    AccountSigningCertificatesPresent: rootUser.signingCertificates.length > 0 ? 1 : 0,
    AccountMFAEnabled: rootUser.mfaDevices.length > 0 ? 1 : 0,
    Users: users.size,
    Roles: roles.size,
    Groups: 0,
    Policies: 0,
    PolicyVersionsInUse: 0,
    InstanceProfiles: 0,
    Providers: 0,
    ServerCertificates: 0,
    MFADevices: inUse + unassignedMfaDevices.size,
    MFADevicesInUse: inUse,
    GlobalEndpointTokenVersion: 1,
  };
}

/** The quotas of an account that never asked for more. */
const quotas: Summary = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};
