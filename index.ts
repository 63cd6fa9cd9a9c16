import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiled once, loaded from then on, below the checkout for the reason that cli/main.mjs gives; it holds for what is imported next.
enableCompileCache(join(import.meta.dirname, ".local", "compile-cache"));

// Pulumi keeps a stack trace for every promise and looks each line of it up in source maps, which is most of what registering a
// resource costs. These sources run as they are written: their traces are right without.
Reflect.deleteProperty(Error, "prepareStackTrace");

const {
  BreakGlassAssignments,
  BreakGlassPermissionSet,
  CentralRootAccess,
  keptOnDestroy,
  makeSafeguards,
  nextSteps,
  prepareAccess,
  reachAccounts,
} = await import("#components");

const plan = await prepareAccess();
const accounts = await reachAccounts(plan.safeguards);

const { breakGlassRole, guardrails, alertTopics, aroundDelegate } = makeSafeguards(plan.safeguards, accounts);

const rootAccess = new CentralRootAccess("central-root-access", {
  delegatedAdministrator: plan.delegatedAdministrator,
  delegateIsRegistered: plan.delegateIsRegistered,
  delegateAfter: aroundDelegate,
  removeOnDestroy: plan.removeOnDestroy && plan.otherDelegates.length > 0 ? "delegate" : plan.removeOnDestroy,
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

/** The stack's outputs. Pulumi warns of those without a value, so what is not configured is left out. */
export default {
  organizationId: plan.organizationId,
  ...(plan.delegatedAdministrator && { delegatedAdministrator: plan.delegatedAdministrator }),
  otherDelegatedAdministrators: plan.otherDelegates,
  enabledFeatures: rootAccess.enabledFeatures,
  permissionSets: madePermissionSets,
  assignments: plan.permissionSets.flatMap(({ name, assignments }) =>
    assignments.map(({ accountId, principal }) => ({
      account: accountId,
      permissionSet: name,
      [principal.type.toLowerCase()]: principal.name,
    })),
  ),
  ...(breakGlassRole && { breakGlassRole }),
  guardrails,
  alertTopics,
  findings: plan.findings,
  preflight: plan.preflight,
  nextSteps: nextSteps(plan),
  keptOnDestroy: keptOnDestroy(plan),
};
