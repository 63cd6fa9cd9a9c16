import {
  BreakGlassAssignments,
  BreakGlassPermissionSet,
  CentralRootAccess,
  keptOnDestroy as kept,
  makeSafeguards,
  nextSteps as steps,
  prepareAccess,
  reachAccounts,
} from "#components";

const plan = await prepareAccess();
const accounts = await reachAccounts(plan.safeguards);

const rootAccess = new CentralRootAccess("central-root-access", {
  delegatedAdministrator: plan.delegatedAdministrator,
  delegateIsRegistered: plan.delegateIsRegistered,
  removeOnDestroy: plan.removeOnDestroy,
});

const madePermissionSets = plan.permissionSets.map(({ name, description, policy, assignments, existingId }) => {
  // People get a permission set once it is of use to them, and lose it before root access is taken down.
  const permissionSet = new BreakGlassPermissionSet(
    name,
    { instanceArn: plan.instanceArn, permissionSetName: name, description, policy, existingId },
    { dependsOn: rootAccess },
  );
  new BreakGlassAssignments(name, {
    instanceArn: plan.instanceArn,
    permissionSetArn: permissionSet.arn,
    assignments,
  });
  return { name, arn: permissionSet.arn };
});

const safeguards = makeSafeguards(plan.safeguards, accounts);

export const organizationId = plan.organizationId;
export const delegatedAdministrator = plan.delegatedAdministrator;
export const otherDelegatedAdministrators = plan.otherDelegates;
export const enabledFeatures = rootAccess.enabledFeatures;
export const permissionSets = madePermissionSets;
export const assignments = plan.permissionSets.flatMap(({ name, assignments }) =>
  assignments.map(({ accountId, principal }) => ({
    account: accountId,
    permissionSet: name,
    [principal.type.toLowerCase()]: principal.name,
  })),
);
export const { breakGlassRole, guardrails, alertTopics } = safeguards;
export const { findings, preflight } = plan;
export const nextSteps = steps(plan);
export const keptOnDestroy = kept(plan);
