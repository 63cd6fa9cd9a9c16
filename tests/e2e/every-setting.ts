import { sandboxAccounts } from "#simulator";
import type { Settings } from "./organization-stack-run.ts";
import type { StackSeen } from "./stack-seen.ts";

const { management, audit, orders } = sandboxAccounts;
const auditor = `arn:aws:iam::${audit}:user/administrator`;
const orderer = `arn:aws:iam::${orders}:user/administrator`;

/** A role in the delegate's account that the management account may assume. */
export const givenRole = "OrganizationAccountAccessRole";

/** A stack with everything in it; few Regions are watched, for the sake of time. */
export const baseSettings: Settings = {
  delegatedAdministrator: "Audit",
  delegateAccess: { profile: "audit" },
  removeOnDestroy: true,
  trail: "organization-trail",
  permissionSets: [{ name: "Glass" }, { name: "Spare" }],
  assignments: [{ permissionSet: "Glass", groups: ["auditors"], users: ["bob"] }],
  breakGlassRole: { trustedPrincipals: [auditor] },
  rootUserGuardrail: { organizationalUnits: ["Workloads"] },
  rootSessionGuardrail: {},
  rootAccessAlerts: {
    subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }],
    regions: ["us-east-1"],
  },
};

type Path = readonly (string | number)[];

/** One setting changed, and whether that shows in AWS or, where it is about the stack itself, in the stack. */
export interface SettingChange {
  readonly path: Path;
  readonly value: unknown;
  /** What has to change along with it. */
  readonly with?: readonly { readonly path: Path; readonly value: unknown }[];
  readonly shows: (seen: StackSeen) => boolean;
}

const setPolicy = (part: string) => (seen: StackSeen) => seen.permissionSets["Glass"]?.policy.includes(part) ?? false;
const rolePolicy = (part: string) => (seen: StackSeen) => seen.roles.some(({ policy }) => policy.includes(part));
const targetsOf = (seen: StackSeen, guardrail: string): readonly string[] => seen.guardrails[guardrail]?.targets ?? [];

/**
 * Every setting once. Those of a round meet in no resource, so one run of the engine changes them all, and changes those
 * of the round before back.
 */
export const rounds = (keyArn: string): readonly (readonly SettingChange[])[] => [
  [
    {
      path: ["removeOnDestroy"],
      value: false,
      shows: ({ outputs }) => text(outputs["keptOnDestroy"]).includes("RootSessions"),
    },
    { path: ["trail"], value: "another", shows: ({ outputs }) => text(outputs["preflight"]).includes("another") },
    {
      path: ["delegateAccess", "role"],
      value: givenRole,
      with: [{ path: ["delegateAccess", "profile"], value: undefined }],
      shows: ({ delegateProvider }) => delegateProvider.includes(`role/${givenRole}`),
    },
    {
      path: ["permissionSets", 0, "description"],
      value: "For auditors",
      shows: ({ permissionSets }) => permissionSets["Glass"]?.description === "For auditors",
    },
    {
      path: ["assignments", 0, "users"],
      value: ["carol"],
      shows: ({ assignments }) => assignments.includes(`Glass ${audit} carol`),
    },
    {
      path: ["breakGlassRole", "trustedPrincipals"],
      value: [auditor, orderer],
      shows: ({ roles }) => roles.some(({ trust }) => trust.includes(orderer)),
    },
    {
      path: ["rootUserGuardrail", "organizationalUnits"],
      value: ["Root/Security"],
      shows: (seen) => targetsOf(seen, "DenyRootUserExceptRootSessions").join() === "ou-sbox-security",
    },
    {
      path: ["rootSessionGuardrail", "otherPrincipals"],
      value: [auditor],
      shows: ({ guardrails }) => guardrails["OnlyBreakGlassAssumesRoot"]?.content.includes(auditor) ?? false,
    },
    {
      path: ["rootAccessAlerts", "regions"],
      value: ["us-east-1", "ap-northeast-2"],
      shows: ({ watched }) => watched.includes("ap-northeast-2"),
    },
  ],
  [
    { path: ["permissionSets", 0, "tasks"], value: ["S3UnlockBucketPolicy"], shows: setPolicy("S3UnlockBucketPolicy") },
    { path: ["breakGlassRole", "tasks"], value: ["S3UnlockBucketPolicy"], shows: rolePolicy("S3UnlockBucketPolicy") },
    {
      path: ["breakGlassRole", "name"],
      value: "Glass",
      shows: ({ roles }) => roles.some(({ arn }) => arn === `arn:aws:iam::${audit}:role/break-glass/Glass`),
    },
    {
      path: ["assignments", 0, "groups"],
      value: ["break-glass-admins"],
      shows: ({ assignments }) => assignments.includes(`Glass ${audit} break-glass-admins`),
    },
    {
      path: ["rootUserGuardrail", "policyName"],
      value: "NoRootUser",
      shows: (seen) => targetsOf(seen, "NoRootUser").join() === "ou-sbox-workloads",
    },
    {
      path: ["rootSessionGuardrail", "policyName"],
      value: "OnlyThese",
      shows: (seen) => targetsOf(seen, "OnlyThese").join() === audit,
    },
    {
      path: ["rootAccessAlerts", "topicName"],
      value: "glass",
      shows: ({ topics }) => topics.every(({ arn }) => arn.endsWith(":glass")),
    },
    {
      path: ["rootAccessAlerts", "subscriptions", 0, "endpoint"],
      value: "others@example.com",
      shows: ({ subscriptions }) => subscriptions.includes("email others@example.com"),
    },
  ],
  [
    {
      path: ["permissionSets", 0, "targetAccounts"],
      value: ["Orders"],
      shows: setPolicy(`arn:aws:iam::${orders}:root`),
    },
    { path: ["breakGlassRole", "targetAccounts"], value: [orders], shows: rolePolicy(`arn:aws:iam::${orders}:root`) },
    {
      path: ["breakGlassRole", "path"],
      value: "/",
      shows: ({ roles }) => roles.some(({ arn }) => arn.endsWith(":role/BreakGlassAssumeRoot")),
    },
    {
      path: ["assignments", 0, "permissionSet"],
      value: "Spare",
      shows: ({ assignments }) => assignments.includes(`Spare ${audit} bob`),
    },
    {
      path: ["rootAccessAlerts", "key"],
      value: keyArn,
      shows: ({ topics }) => topics.length === 2 && topics.every(({ key }) => key === keyArn),
    },
    {
      path: ["rootAccessAlerts", "subscriptions", 0, "protocol"],
      value: "email-json",
      shows: ({ subscriptions }) => subscriptions.includes("email-json oncall@example.com"),
    },
  ],
  [
    {
      path: ["permissionSets", 0, "accountListing"],
      value: "none",
      shows: (seen) => Object.hasOwn(seen.permissionSets, "Glass") && !setPolicy("AllowListAccounts")(seen),
    },
    {
      path: ["breakGlassRole", "accountListing"],
      value: "console-and-details",
      shows: rolePolicy("organizations:ListTagsForResource"),
    },
    {
      path: ["breakGlassRole", "sourceIdentity"],
      value: true,
      shows: ({ roles }) => roles.some(({ trust }) => trust.includes("sts:SetSourceIdentity")),
    },
    {
      path: ["assignments", 0, "account"],
      value: "Management",
      shows: ({ assignments }) => assignments.includes(`Glass-management ${management} bob`),
    },
    {
      path: ["rootAccessAlerts", "region"],
      value: "eu-west-1",
      shows: ({ topics }) => topics.length === 2 && topics.every(({ arn }) => arn.includes(":eu-west-1:")),
    },
  ],
  [
    {
      path: ["permissionSets", 0, "name"],
      value: "Broken",
      with: [{ path: ["assignments", 0, "permissionSet"], value: "Broken" }],
      shows: ({ permissionSets }) => Object.hasOwn(permissionSets, "Broken") && !Object.hasOwn(permissionSets, "Glass"),
    },
    { path: ["breakGlassRole", "preflight"], value: true, shows: rolePolicy("AllowPreflight") },
    {
      path: ["breakGlassRole", "account"],
      value: "Management",
      shows: ({ roles }) => roles.map(({ arn }) => arn.split(":")[4]).join() === management,
    },
  ],
  [
    { path: ["permissionSets", 0, "preflight"], value: true, shows: setPolicy("AllowPreflight") },
    {
      path: ["delegatedAdministrator"],
      value: "Orders",
      shows: ({ delegates, roles }) =>
        delegates.join() === orders && roles.map(({ arn }) => arn.split(":")[4]).join() === orders,
    },
    {
      path: ["delegateAccess", "profile"],
      value: "orders",
      shows: ({ delegateProvider }) => delegateProvider.includes('"profile":"orders"'),
    },
  ],
];

/** The settings with some of them changed. */
export function changedSettings(changes: readonly SettingChange[]): Settings {
  const single = changes.flatMap((change) => [change, ...(change.with ?? [])]);
  return single.reduce<Settings>((settings, { path, value }) => {
    const [key, ...rest] = path;
    return { ...settings, [String(key)]: withValue(settings[String(key)], rest, value) };
  }, baseSettings);
}

/** As the README's table calls it. */
export function settingName({ path }: SettingChange): string {
  return path.filter((step) => typeof step === "string").join(".");
}

function withValue(whole: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(whole)) {
    return whole.map((item: unknown, index) => (index === step ? withValue(item, rest, value) : item));
  }
  const entries = new Map<string, unknown>(typeof whole === "object" && whole !== null ? Object.entries(whole) : []);
  return Object.fromEntries(entries.set(String(step), withValue(entries.get(String(step)), rest, value)));
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
