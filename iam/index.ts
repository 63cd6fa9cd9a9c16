export {
  type AccessDenied,
  accessDeniedMessage,
  type DeniedRequest,
  parseAccessDenied,
} from "./access-denied-message.ts";
export { type AccountId, parseAccountId } from "./account-id.ts";
export {
  alertKeyPolicy,
  alertTopicPolicy,
  eventForwardingPolicy,
  eventForwardingTrustPolicy,
} from "./alert-policies.ts";
export { type Arn, formatArn, parseArn, rootUserArn } from "./arn.ts";
export type {
  Allowed,
  ApplicablePolicies,
  AuthorizationRequest,
  Decision,
  Denied,
  ElementTrace,
  NamedPolicy,
  PolicyType,
  RequestPrincipal,
  TraceLine,
} from "./authorization.ts";
export { type BlockedTask, blockedTasks, type OrganizationPolicies, type RootSessionFacts } from "./blocked-tasks.ts";
export {
  type AccountListing,
  breakGlassPolicy,
  type BreakGlassPolicyOptions,
  consoleActions,
  consoleDetailActions,
  inlinePolicySize,
  largestInlinePolicy,
  preflightActions,
} from "./break-glass-policy.ts";
export { type DeniedOpener, deniedOpeners, type Opener, type OpeningFacts } from "./denied-openers.ts";
export { evaluate } from "./evaluate.ts";
export {
  type Administrator,
  type Assumption,
  assumptions as administratorAssumptions,
  findLockOut,
  type LockingStatement,
  type LockOut,
  type LockOutQuestion,
  type PolicyStatement,
  type Remedy,
  type StayingStatement,
} from "./lock-out/index.ts";
export {
  gitHubAudience,
  gitHubTokenIssuer,
  gitHubTrustPolicy,
  type WorkflowPlace,
  WorkflowPlaceError,
} from "./github-trust.ts";
export { denyAllBucketPolicy, denyAllQueuePolicy } from "./lock-policy.ts";
export { MalformedPolicyError } from "./malformed-policy-error.ts";
export { parsePolicy } from "./parse-policy.ts";
export type { Condition, PolicyDocument, PolicyPurpose, Principals, Statement } from "./policy-document.ts";
export { type PlatformPermission, platformPermissions, platformPolicy } from "./platform-permissions.ts";
export type { PolicyJson, StatementJson } from "./policy-json.ts";
export { renderTrace } from "./render-trace.ts";
export { statementNames } from "./statement-name.ts";
export {
  featureFor,
  parseTaskName,
  parseTaskPolicyArn,
  type RootFeature,
  type TaskName,
  taskNames,
  taskPolicyArn,
  taskPolicyDocument,
} from "./task.ts";
export { breakGlassTrustPolicy, largestTrustPolicy, switchRolePolicy } from "./break-glass-trust.ts";
export { checkRoleName, RoleNameError, switchRoleLink } from "./role-name.ts";
export {
  largestServiceControlPolicy,
  permissionSetRoleArn,
  rootSessionGuardrail,
  rootUserGuardrail,
} from "./root-user-guardrail.ts";
export { parseTrustedPrincipals, type TrustedPrincipals, UntrustworthyPrincipalError } from "./trusted-principals.ts";
