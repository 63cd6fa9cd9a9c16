import { sandboxAccounts } from "#simulator";
import type { Settings } from "./organization-stack-run.ts";

/** A step in a stack's life: what it is told to be, and `pulumi`'s words. */
export interface PlatformStage {
  readonly name: string;
  readonly settings: Settings;
  readonly words: readonly string[];
}

/** How the role is called in both accounts. */
export const platformRole = "platform";

const { management, audit } = sandboxAccounts;
export const managementRoleArn = `arn:aws:iam::${management}:role/${platformRole}`;
export const delegateRoleArn = `arn:aws:iam::${audit}:role/${platformRole}`;

const access: Settings = {
  delegatedAdministrator: "Audit",
  delegateAccess: { role: platformRole },
  trail: "organization-trail",
  removeOnDestroy: true,
  assignments: [{ groups: ["break-glass-admins"], users: ["alice"] }],
};
const safeguarded: Settings = {
  ...access,
  breakGlassRole: { trustedPrincipals: [delegateRoleArn] },
  rootUserGuardrail: { organizationalUnits: ["Root/Workloads"] },
  rootSessionGuardrail: {},
};
const rootAccessAlerts = { subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }] };
/** Rules of a third Region would ask for the same again. */
const regions = ["us-east-1", "eu-west-1"];
const watched: Settings = { ...safeguarded, rootAccessAlerts: { ...rootAccessAlerts, regions } };
const others = [managementRoleArn, delegateRoleArn];
const changed: Settings = {
  ...watched,
  permissionSets: [{ name: "BreakGlassAssumeRoot", description: "Another", tasks: ["S3UnlockBucketPolicy"] }],
  assignments: [{ groups: ["auditors"] }],
  breakGlassRole: { trustedPrincipals: others, tasks: ["S3UnlockBucketPolicy"] },
  rootUserGuardrail: { organizationalUnits: ["Root/Security"] },
  rootSessionGuardrail: { otherPrincipals: others },
};

const up = ["up", "--yes", "--skip-preview"];

/** A stack's life, in order. It grows by and by, so that what is asked for late in it does not wait for everything else. */
export const platformStages: readonly PlatformStage[] = [
  { name: "preview", settings: access, words: ["preview"] },
  { name: "up", settings: access, words: up },
  {
    name: "preview of role, guardrails and alerts in every Region",
    settings: { ...safeguarded, rootAccessAlerts },
    words: ["preview"],
  },
  { name: "up with role and guardrails", settings: safeguarded, words: up },
  { name: "up with alerts", settings: watched, words: up },
  { name: "up with refresh", settings: watched, words: [...up, "--refresh", "--expect-no-changes"] },
  { name: "up with everything changed", settings: changed, words: up },
  { name: "destroy", settings: changed, words: ["destroy", "--yes", "--skip-preview"] },
];
