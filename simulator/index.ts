export { type Clock } from "./clock.ts";
export { installPlugins } from "./plugins/install.ts";
export {
  type SandboxOrganization,
  type SandboxOrganizationOptions,
  startSandboxOrganization,
} from "./sandbox-organization.ts";
export { sandboxAccounts } from "./state/sandbox.ts";
