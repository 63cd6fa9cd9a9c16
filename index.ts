import {
  BreakGlassAssignments,
  BreakGlassPermissionSet,
  CentralRootAccess,
  nextSteps,
  prepareAccess,
} from "#components";

const plan = await prepareAccess();

const rootAccess = new CentralRootAccess("central-root-access", {
  delegatedAdministrator: plan.delegatedAdministrator,
});

// People get the permission set once it is of use to them, and lose it before root access is taken down.
const permissionSet = new BreakGlassPermissionSet(
  "break-glass",
  { instanceArn: plan.instanceArn },
  { dependsOn: rootAccess },
);

new BreakGlassAssignments("break-glass", {
  instanceArn: plan.instanceArn,
  permissionSetArn: permissionSet.arn,
  assignments: plan.assignments,
});

export const organizationId = plan.organizationId;
export const delegatedAdministrator = plan.delegatedAdministrator;
export const enabledFeatures = rootAccess.enabledFeatures;
export const permissionSetArn = permissionSet.arn;
export const permissionSetName = permissionSet.name;
export const assignments = plan.assignments.map(({ accountId, principal }) => ({
  account: accountId,
  [principal.type.toLowerCase()]: principal.name,
}));
const steps = nextSteps(plan);
export { steps as nextSteps };
