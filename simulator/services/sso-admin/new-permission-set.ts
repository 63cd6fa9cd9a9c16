import { randomBytes } from "node:crypto";
import type { IdentityCenterState, PermissionSet } from "../../state/identity-center.ts";
import { defaultSessionDuration } from "./session-duration.ts";

/** A permission set that allows nothing yet. */
export function newPermissionSet({ instanceArn }: IdentityCenterState, name: string, created: Date): PermissionSet {
  const instanceId = instanceArn.split("/").at(-1) ?? "";
  return {
    arn: `arn:aws:sso:::permissionSet/${instanceId}/ps-${randomBytes(8).toString("hex")}`,
    name,
    description: undefined,
    sessionDuration: defaultSessionDuration,
    relayState: undefined,
    inlinePolicy: "",
    managedPolicies: new Set(),
    created,
    tags: new Map(),
    provisioned: new Map(),
  };
}
