export { type Clock } from "./clock.ts";
export { type FaultPlan, FaultPlanError, type FaultRule } from "./faults/fault-plan.ts";
export { parseFaultPlan } from "./faults/parse-fault-plan.ts";
export { installPlugins } from "./plugins/install.ts";
export {
  type SandboxOrganization,
  type SandboxOrganizationOptions,
  startSandboxOrganization,
} from "./sandbox-organization.ts";
export { sandboxAccounts } from "./state/sandbox.ts";
