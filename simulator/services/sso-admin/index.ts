import * as ssoAdmin from "@aws-sdk/client-sso-admin";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import {
  createAccountAssignment,
  deleteAccountAssignment,
  listAccountAssignments,
  listAccountAssignmentsForPrincipal,
} from "./account-assignments.ts";
import { describeInstance, listInstances } from "./instances.ts";
import {
  attachManagedPolicyToPermissionSet,
  deleteInlinePolicyFromPermissionSet,
  detachManagedPolicyFromPermissionSet,
  getInlinePolicyForPermissionSet,
  getPermissionsBoundaryForPermissionSet,
  listCustomerManagedPolicyReferencesInPermissionSet,
  listManagedPoliciesInPermissionSet,
  putInlinePolicyToPermissionSet,
} from "./permission-set-policies.ts";
import {
  createPermissionSet,
  deletePermissionSet,
  describePermissionSet,
  listPermissionSets,
  updatePermissionSet,
} from "./permission-sets.ts";
import {
  listAccountsForProvisionedPermissionSet,
  listPermissionSetsProvisionedToAccount,
  provisionPermissionSet,
} from "./provisioning.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import {
  describeAccountAssignmentCreationStatus,
  describeAccountAssignmentDeletionStatus,
  describePermissionSetProvisioningStatus,
  listAccountAssignmentCreationStatus,
  listAccountAssignmentDeletionStatus,
  listPermissionSetProvisioningStatus,
} from "./write-statuses.ts";

const operations: Operations<typeof ssoAdmin> = {
  AttachManagedPolicyToPermissionSet: attachManagedPolicyToPermissionSet,
  CreateAccountAssignment: createAccountAssignment,
  CreatePermissionSet: createPermissionSet,
  DeleteAccountAssignment: deleteAccountAssignment,
  DeleteInlinePolicyFromPermissionSet: deleteInlinePolicyFromPermissionSet,
  DeletePermissionSet: deletePermissionSet,
  DescribeAccountAssignmentCreationStatus: describeAccountAssignmentCreationStatus,
  DescribeAccountAssignmentDeletionStatus: describeAccountAssignmentDeletionStatus,
  DescribeInstance: describeInstance,
  DescribePermissionSet: describePermissionSet,
  DescribePermissionSetProvisioningStatus: describePermissionSetProvisioningStatus,
  DetachManagedPolicyFromPermissionSet: detachManagedPolicyFromPermissionSet,
  GetInlinePolicyForPermissionSet: getInlinePolicyForPermissionSet,
  GetPermissionsBoundaryForPermissionSet: getPermissionsBoundaryForPermissionSet,
  ListAccountAssignmentCreationStatus: listAccountAssignmentCreationStatus,
  ListAccountAssignmentDeletionStatus: listAccountAssignmentDeletionStatus,
  ListAccountAssignments: listAccountAssignments,
  ListAccountAssignmentsForPrincipal: listAccountAssignmentsForPrincipal,
  ListAccountsForProvisionedPermissionSet: listAccountsForProvisionedPermissionSet,
  ListCustomerManagedPolicyReferencesInPermissionSet: listCustomerManagedPolicyReferencesInPermissionSet,
  ListInstances: listInstances,
  ListManagedPoliciesInPermissionSet: listManagedPoliciesInPermissionSet,
  ListPermissionSetProvisioningStatus: listPermissionSetProvisioningStatus,
  ListPermissionSets: listPermissionSets,
  ListPermissionSetsProvisionedToAccount: listPermissionSetsProvisionedToAccount,
  ListTagsForResource: listTagsForResource,
  ProvisionPermissionSet: provisionPermissionSet,
  PutInlinePolicyToPermissionSet: putInlinePolicyToPermissionSet,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdatePermissionSet: updatePermissionSet,
};

const model = serviceModel(ssoAdmin, new ssoAdmin.SSOAdminClient({ region: "us-east-1" }).config.protocolSettings);

/** IAM Identity Center: permission sets and who has them in which account. */
export const ssoAdminService: Service = {
  name: "sso",
  signingNames: ["sso"],
  actionPrefix: "sso",
  eventSource: "sso.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  operations,
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
