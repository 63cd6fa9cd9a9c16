export { type AccessPlan, planAccess } from "./plan/access-plan.ts";
export type { PlannedAssignment } from "./plan/assignment-review.ts";
export {
  type BreakGlassAssignment,
  BreakGlassAssignments,
  type BreakGlassAssignmentsArgs,
} from "./break-glass-assignments.ts";
export { BreakGlassPermissionSet, type BreakGlassPermissionSetArgs } from "./break-glass-permission-set.ts";
export { BreakGlassRole, type BreakGlassRoleArgs } from "./break-glass-role.ts";
export { CentralRootAccess, type CentralRootAccessArgs } from "./central-root-access.ts";
export {
  type AssignmentConfiguration,
  type Configuration,
  knownSettings,
  parseConfiguration,
  type PermissionSetConfiguration,
} from "./configuration/configuration.ts";
export { type DelegateAccess, delegateProvider, type DelegateProviderArgs } from "./delegate-provider.ts";
export type { ExistingAlerts, ExistingRule, UnfinishedSetting } from "./existing-alerts.ts";
export type { ExistingRole } from "./existing-role.ts";
export { GitHubDeploymentRole, type GitHubDeploymentRoleArgs } from "./github-deployment-role.ts";
export { keptOnDestroy, nextSteps } from "./stack/next-steps.ts";
export type { AbsentIdentityCenter, IdentityCenter } from "./facts/identity-center-facts.ts";
export type { Principal, PrincipalType } from "./facts/principal-facts.ts";
export type { Organization, OrganizationAccount, OrganizationFacts } from "./facts/organization-facts.ts";
export type { OrganizationalUnitFact, OrganizationRoot } from "./facts/organizational-unit-facts.ts";
export type { PlannedPermissionSet } from "./plan/permission-set-review.ts";
export { prepareAccess, type PreparedAccess } from "./stack/prepare.ts";
export { reachAccounts, type ReachedAccounts } from "./stack/reach-accounts.ts";
export type { Refused, Reviewed } from "./review.ts";
export type { RootAccessAlertsNodes, RootAccessAlertsTransform } from "./alert-nodes.ts";
export type { AlertSubscription } from "./alert-topic.ts";
export { RootAccessAlerts, type RootAccessAlertsArgs } from "./root-access-alerts.ts";
export { RootSessionGuardrail, type RootSessionGuardrailArgs } from "./root-session-guardrail.ts";
export { RootUserGuardrail, type RootUserGuardrailArgs } from "./root-user-guardrail.ts";
export { makeSafeguards, type Safeguards } from "./stack/safeguards.ts";
export type { SafeguardsConfiguration } from "./configuration/safeguards-configuration.ts";
export type { SafeguardsPlan } from "./plan/safeguards-plan.ts";
export type { Transform } from "./transform.ts";
