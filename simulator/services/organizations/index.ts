import * as organizations from "@aws-sdk/client-organizations";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { checkMembers } from "./member-patterns.ts";
import { describeAccount, listAccounts, listAccountsForParent } from "./accounts.ts";
import {
  deregisterDelegatedAdministrator,
  listDelegatedAdministrators,
  listDelegatedServicesForAccount,
  registerDelegatedAdministrator,
} from "./delegated-administrators.ts";
import { describeOrganization } from "./describe-organization.ts";
import { createPolicy, deletePolicy, describePolicy, listPolicies, updatePolicy } from "./policies.ts";
import { attachPolicy, detachPolicy, listPoliciesForTarget, listTargetsForPolicy } from "./policy-attachments.ts";
import { disablePolicyType, enablePolicyType } from "./policy-types.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import {
  describeOrganizationalUnit,
  listChildren,
  listOrganizationalUnitsForParent,
  listParents,
  listRoots,
} from "./tree.ts";
import {
  disableAWSServiceAccess,
  enableAWSServiceAccess,
  listAWSServiceAccessForOrganization,
} from "./trusted-access.ts";

const operations: Operations<typeof organizations> = {
  AttachPolicy: attachPolicy,
  CreatePolicy: createPolicy,
  DeletePolicy: deletePolicy,
  DeregisterDelegatedAdministrator: deregisterDelegatedAdministrator,
  DescribeAccount: describeAccount,
  DescribeOrganization: describeOrganization,
  DescribeOrganizationalUnit: describeOrganizationalUnit,
  DescribePolicy: describePolicy,
  DetachPolicy: detachPolicy,
  DisableAWSServiceAccess: disableAWSServiceAccess,
  DisablePolicyType: disablePolicyType,
  EnableAWSServiceAccess: enableAWSServiceAccess,
  EnablePolicyType: enablePolicyType,
  ListAWSServiceAccessForOrganization: listAWSServiceAccessForOrganization,
  ListAccounts: listAccounts,
  ListAccountsForParent: listAccountsForParent,
  ListChildren: listChildren,
  ListDelegatedAdministrators: listDelegatedAdministrators,
  ListDelegatedServicesForAccount: listDelegatedServicesForAccount,
  ListOrganizationalUnitsForParent: listOrganizationalUnitsForParent,
  ListParents: listParents,
  ListPolicies: listPolicies,
  ListPoliciesForTarget: listPoliciesForTarget,
  ListRoots: listRoots,
  ListTagsForResource: listTagsForResource,
  ListTargetsForPolicy: listTargetsForPolicy,
  RegisterDelegatedAdministrator: registerDelegatedAdministrator,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdatePolicy: updatePolicy,
};

const model = serviceModel(
  organizations,
  new organizations.OrganizationsClient({ region: "us-east-1" }).config.protocolSettings,
);

/** AWS Organizations: accounts and their tree, trusted access, delegated administrators, SCPs and RCPs. */
export const organizationsService: Service = {
  name: "organizations",
  signingNames: ["organizations"],
  actionPrefix: "organizations",
  eventSource: "organizations.amazonaws.com",
  globalRegion: "us-east-1",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  checkMembers,
  operations,
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
