import * as iam from "@aws-sdk/client-iam";
import { awsQuery } from "../../wire/aws-query.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { missingParameters, queryDenial } from "../query-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import * as accessKeys from "./access-keys.ts";
import * as accountAliases from "./account-aliases.ts";
import { getAccountSummary } from "./account-summary.ts";
import * as identityPolicies from "./identity-policies.ts";
import * as identityTags from "./identity-tags.ts";
import * as loginProfiles from "./login-profiles.ts";
import * as mfaDevices from "./mfa-devices.ts";
import * as features from "./organizations-features.ts";
import { getOutboundWebIdentityFederationInfo } from "./outbound-federation.ts";
import * as roles from "./roles.ts";
import { deleteSigningCertificate, listSigningCertificates } from "./signing-certificates.ts";
import * as users from "./users.ts";

const operations: Operations<typeof iam> = {
  AttachRolePolicy: identityPolicies.attachRolePolicy,
  AttachUserPolicy: identityPolicies.attachUserPolicy,
  CreateAccessKey: accessKeys.createAccessKey,
  CreateAccountAlias: accountAliases.createAccountAlias,
  CreateLoginProfile: loginProfiles.createLoginProfile,
  CreateRole: roles.createRole,
  CreateUser: users.createUser,
  DeactivateMFADevice: mfaDevices.deactivateMFADevice,
  DeleteAccessKey: accessKeys.deleteAccessKey,
  DeleteAccountAlias: accountAliases.deleteAccountAlias,
  DeleteLoginProfile: loginProfiles.deleteLoginProfile,
  DeleteRole: roles.deleteRole,
  DeleteRolePolicy: identityPolicies.deleteRolePolicy,
  DeleteSigningCertificate: deleteSigningCertificate,
  DeleteUser: users.deleteUser,
  DeleteUserPolicy: identityPolicies.deleteUserPolicy,
  DeleteVirtualMFADevice: mfaDevices.deleteVirtualMFADevice,
  DetachRolePolicy: identityPolicies.detachRolePolicy,
  DetachUserPolicy: identityPolicies.detachUserPolicy,
  DisableOrganizationsRootCredentialsManagement: features.disableOrganizationsRootCredentialsManagement,
  DisableOrganizationsRootSessions: features.disableOrganizationsRootSessions,
  EnableOrganizationsRootCredentialsManagement: features.enableOrganizationsRootCredentialsManagement,
  EnableOrganizationsRootSessions: features.enableOrganizationsRootSessions,
  GetAccessKeyLastUsed: accessKeys.getAccessKeyLastUsed,
  GetAccountSummary: getAccountSummary,
  GetLoginProfile: loginProfiles.getLoginProfile,
  GetOutboundWebIdentityFederationInfo: getOutboundWebIdentityFederationInfo,
  GetRole: roles.getRole,
  GetRolePolicy: identityPolicies.getRolePolicy,
  GetUser: users.getUser,
  GetUserPolicy: identityPolicies.getUserPolicy,
  ListAccessKeys: accessKeys.listAccessKeys,
  ListAccountAliases: accountAliases.listAccountAliases,
  ListAttachedRolePolicies: identityPolicies.listAttachedRolePolicies,
  ListAttachedUserPolicies: identityPolicies.listAttachedUserPolicies,
  ListGroupsForUser: users.listGroupsForUser,
  ListInstanceProfilesForRole: roles.listInstanceProfilesForRole,
  ListMFADevices: mfaDevices.listMFADevices,
  ListOrganizationsFeatures: features.listOrganizationsFeatures,
  ListRolePolicies: identityPolicies.listRolePolicies,
  ListRoleTags: identityTags.listRoleTags,
  ListRoles: roles.listRoles,
  ListSigningCertificates: listSigningCertificates,
  ListUserPolicies: identityPolicies.listUserPolicies,
  ListUserTags: identityTags.listUserTags,
  ListUsers: users.listUsers,
  ListVirtualMFADevices: mfaDevices.listVirtualMFADevices,
  PutRolePolicy: identityPolicies.putRolePolicy,
  PutUserPolicy: identityPolicies.putUserPolicy,
  TagRole: identityTags.tagRole,
  TagUser: identityTags.tagUser,
  UntagRole: identityTags.untagRole,
  UntagUser: identityTags.untagUser,
  UpdateAccessKey: accessKeys.updateAccessKey,
  UpdateAssumeRolePolicy: roles.updateAssumeRolePolicy,
  UpdateLoginProfile: loginProfiles.updateLoginProfile,
  UpdateRole: roles.updateRole,
  UpdateRoleDescription: roles.updateRoleDescription,
};

const model = serviceModel(iam, new iam.IAMClient({ region: "us-east-1" }).config.protocolSettings);

/** AWS Identity and Access Management: the root user's credentials, users, roles, features of centralized root access. */
export const identityAndAccessManagement: Service = {
  name: "iam",
  signingNames: ["iam"],
  actionPrefix: "iam",
  eventSource: "iam.amazonaws.com",
  globalRegion: "us-east-1",
  dataOperations: new Set(),
  model,
  protocol: awsQuery(model),
  checkMembers,
  operations,
  denial: queryDenial,
  missingMembers: missingParameters,
};
