import type { Constraint, Constraints } from "../constraints.ts";
import { checkConstraints } from "../json-refusals.ts";

const requestId: Constraint = {
  shortest: 36,
  longest: 36,
  pattern: /\b[0-9a-f]{8}\b-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-\b[0-9a-f]{12}\b/,
};
const tagKey: Constraint = { shortest: 1, longest: 128, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u };

/** Members of the same name obey the same rules in every operation of SSO Admin; the rules are AWS's own. */
const constraints: Constraints = {
  InstanceArn: { pattern: /arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}/ },
  PermissionSetArn: {
    pattern: /arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}/,
  },
  ManagedPolicyArn: {
    shortest: 20,
    longest: 2048,
    pattern: /arn:aws(-[a-z]{1,5}){0,3}:iam::aws:policy((\/[A-Za-z0-9.,+@=_-]+)*)\/([A-Za-z0-9.,+=@_-]+)/,
  },
  ResourceArn: { shortest: 10, longest: 2048, pattern: /arn:aws(-[a-z]{1,5}){0,3}:sso::.*/ },
  Name: { shortest: 1, longest: 32, pattern: /[\w+=,.@-]+/ },
  Description: { shortest: 1, longest: 700, pattern: /[\t\n\r\u0020-\u007E\u00A1-\u00FF]*/ },
  RelayState: { shortest: 1, longest: 240, pattern: /[a-zA-Z0-9&$@#\\/%?=~\-_'"|!:,.;*+[\] (){}]+/ },
  SessionDuration: {
    shortest: 1,
    longest: 100,
    pattern: /(-?)P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)([DW]))?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?/,
  },
  InlinePolicy: { shortest: 1, longest: 32_768 },
  AccountId: { shortest: 12, longest: 12, pattern: /\d{12}/ },
  TargetId: { shortest: 12, longest: 12, pattern: /\d{12}/ },
  TargetType: { oneOf: ["AWS_ACCOUNT"] },
  PrincipalType: { oneOf: ["USER", "GROUP"] },
  PrincipalId: {
    shortest: 1,
    longest: 47,
    pattern: /([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}/,
  },
  ProvisioningStatus: {
    oneOf: ["LATEST_PERMISSION_SET_PROVISIONED", "LATEST_PERMISSION_SET_NOT_PROVISIONED"],
  },
  AccountAssignmentCreationRequestId: requestId,
  AccountAssignmentDeletionRequestId: requestId,
  ProvisionPermissionSetRequestId: requestId,
  TagKeys: { ...tagKey, fewest: 1, mostItems: 75 },
  Tags: {
    mostItems: 75,
    members: {
      Key: { ...tagKey, required: true },
      Value: { longest: 256, pattern: /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u, required: true },
    },
  },
  MaxResults: { least: 1, most: 100 },
  NextToken: { longest: 2048, pattern: /[-a-zA-Z0-9+=/_]*/ },
};

/** @throws AwsFault ValidationException that names the members and what AWS expects of them */
export function checkMembers(input: object): void {
  checkConstraints(input, constraints);
}

/** @throws AwsFault ValidationException for the filter of a list, beside what {@link checkMembers} finds */
export function checkFiltered(input: { readonly Filter?: object | undefined }): void {
  checkMembers(input);
  checkConstraints(input.Filter ?? {}, { ...constraints, Status: { oneOf: writeStatuses } }, "filter.");
}

const writeStatuses = ["IN_PROGRESS", "FAILED", "SUCCEEDED"];

/** For the operation whose TargetType has a second value. */
export function checkMembersOfProvisioning(input: object): void {
  checkConstraints(input, { ...constraints, TargetType: { oneOf: ["AWS_ACCOUNT", "ALL_PROVISIONED_ACCOUNTS"] } });
}
