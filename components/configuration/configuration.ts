import { z } from "zod";
import { settingsSchema, structuredSettings } from "./configuration-schema.ts";
import { nearest } from "./nearest.ts";
import { problemsOf, refused, type Reviewed } from "../review.ts";
import type { PolicyConfiguration, SafeguardsConfiguration } from "./safeguards-configuration.ts";

/** The namespace of this project's own keys in Pulumi configuration. */
export const configurationNamespace = "aws-break-glass";

/** What a platform team configures: `Pulumi.STACK.yaml`, read and shaped, not yet compared with the organization. */
export interface Configuration extends SafeguardsConfiguration {
  /** Id or name of the account that may open root sessions beside the management account. */
  readonly delegatedAdministrator?: string | undefined;
  /** What people may be given; at least one. Default: BreakGlassAssumeRoot alone, as the guides have it. */
  readonly permissionSets: readonly PermissionSetConfiguration[];
  /** Who holds a permission set, and where. */
  readonly assignments: readonly AssignmentConfiguration[];
  /** Name of the trail that the alerts depend on, to be checked. */
  readonly trail?: string | undefined;
  /** Whether trusted access, features and delegate go when the stack is destroyed. Default: they stay. */
  readonly removeOnDestroy: boolean;
}

export interface PermissionSetConfiguration extends PolicyConfiguration {
  readonly name: string;
  readonly description?: string | undefined;
}

export interface AssignmentConfiguration {
  /** Default: the permission set, where there is only one. */
  readonly permissionSet?: string | undefined;
  /** The account to sign in to. Default: the delegated administrator, or the management account where there is none. */
  readonly account?: string | undefined;
  /** User names or user ids of IAM Identity Center. */
  readonly users: readonly string[];
  /** Group names or group ids of IAM Identity Center. */
  readonly groups: readonly string[];
}

/**
 * Reads the configuration of a stack.
 *
 * @param config all keys of the stack as Pulumi hands them over: full name to text, structured values as JSON
 * @returns the configuration, or a sentence that names the key for everything that is malformed
 * @example
 * parseConfiguration({
 *   "aws-break-glass:delegatedAdministrator": "Audit",
 *   "aws-break-glass:assignments": '[{ "groups": ["break-glass-admins"] }]',
 * });
 */
export function parseConfiguration(config: Readonly<Record<string, string>>): Reviewed<Configuration> {
  const own = parseOwnKeys(config);
  const others = refused(...misspeltNamespaces(config), ...providerDisagreements(config));
  if ("problems" in own || others.problems.length > 0) return refused(...problemsOf(own, others));
  return own;
}

/** Every setting there is, nested ones with the one that holds them: `assignments.users`. */
export function knownSettings(): readonly string[] {
  const within = [...structuredSettings].flatMap(([setting, { shape }]) =>
    Object.keys(shape).map((key) => `${setting}.${key}`),
  );
  return [...Object.keys(settingsSchema.shape), ...within];
}

function parseOwnKeys(config: Readonly<Record<string, string>>): Reviewed<Configuration> {
  const prefix = `${configurationNamespace}:`;
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), value] as const)
    .map(([key, value]) => [key, structuredSettings.has(key) ? parseJson(value) : value]);
  const parsed = settingsSchema.safeParse(Object.fromEntries(own));
  return parsed.success ? { accepted: parsed.data } : refused(...parsed.error.issues.flatMap(describeIssue));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function describeIssue(issue: z.core.$ZodIssue): string[] {
  const at = `${configurationNamespace}:${z.core.toDotPath(issue.path)}`;
  if (issue.code !== "unrecognized_keys") return [`${at}: ${issue.message}.`];
  const inside = issue.path.length === 0 ? at : `${at}.`;
  return issue.keys.map((key) => `${inside}${key}: there is no such setting; ${suggestion(key, knownAt(issue.path))}`);
}

function suggestion(misspelt: string, known: readonly string[]): string {
  const meant = nearest(misspelt, known);
  return `${meant === undefined ? "k" : `did you mean ${meant}? K`}nown here are ${known.join(", ")}.`;
}

function knownAt(path: readonly PropertyKey[]): readonly string[] {
  const setting = path.filter((step) => typeof step === "string").join(".");
  return Object.keys((structuredSettings.get(setting) ?? settingsSchema).shape);
}

/** Other namespaces are other programs' business, unless one is nearly this project's own and the key is one of its keys. */
function misspeltNamespaces(config: Readonly<Record<string, string>>): string[] {
  return Object.keys(config).flatMap((key) => {
    const [namespace = "", setting = ""] = key.split(":");
    const isOurs = Object.keys(settingsSchema.shape).includes(setting);
    if (!isOurs || namespace === configurationNamespace) return [];
    if (nearest(namespace, [configurationNamespace]) === undefined) return [];
    return [`${key}: is nobody's setting; did you mean ${configurationNamespace}:${setting}?`];
  });
}

/**
 * `aws` and `aws-native` are configured apart. Where they disagree, half of the stack would be made with other
 * credentials or in another Region, and that would show only after the first half exists.
 */
function providerDisagreements(config: Readonly<Record<string, string>>): string[] {
  return ["profile", "region"].flatMap((setting) => {
    const classic = config[`aws:${setting}`];
    const native = config[`aws-native:${setting}`];
    if (classic === native) return [];
    const values = `the first is ${classic ?? "not set"}, the second ${native ?? "not set"}`;
    return [`aws:${setting} and aws-native:${setting} must have the same value: ${values}.`];
  });
}
