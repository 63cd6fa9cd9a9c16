import { z } from "zod";
import { problemsOf, refused, type Reviewed } from "./review.ts";

/** The namespace of this project's own keys in Pulumi configuration. */
export const configurationNamespace = "aws-break-glass";

/** What a platform team configures: `Pulumi.STACK.yaml`, read and shaped, not yet compared with the organization. */
export interface Configuration {
  /** The account that may open root sessions beside the management account; `undefined` leaves it at that one. */
  readonly delegatedAdministrator: string | undefined;
  /** Who holds the permission set BreakGlassAssumeRoot, and where. */
  readonly assignments: readonly AssignmentConfiguration[];
}

export interface AssignmentConfiguration {
  /** The account to sign in to. Default: the delegated administrator, or the management account where there is none. */
  readonly account: string | undefined;
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
 *   "aws-break-glass:delegatedAdministrator": "222222222222",
 *   "aws-break-glass:assignments": '[{ "groups": ["break-glass-admins"] }]',
 * });
 */
export function parseConfiguration(config: Readonly<Record<string, string>>): Reviewed<Configuration> {
  const own = parseOwnKeys(config);
  const providers = refused(...providerDisagreements(config));
  if ("problems" in own || providers.problems.length > 0) return refused(...problemsOf(own, providers));
  return own;
}

// YAML makes a number of bare digits. Twelve digits survive that; whether the right ones are left is for the review
// against the organization, which says why quotation marks are needed.
const accountId = z.union([z.string(), z.number()], { error: "must be a 12-digit account id in quotation marks" });

const name = z
  .string({ error: "must be text: a name or an id, in quotation marks if it consists of digits" })
  .trim()
  .min(1, { error: "is empty: give a name or an id" });

const names = z.array(name, { error: "must be a list of names or ids" }).default([]);

const assignment = z
  .strictObject({ account: accountId.optional(), users: names, groups: names }, { error: assignmentError })
  .refine(({ users, groups }) => users.length + groups.length > 0, { error: "names neither users nor groups" });

const assignments = z.array(assignment, {
  error: "must be a list, each item with users or groups, and the account they may sign in to",
});

const schema = z
  .strictObject({ delegatedAdministrator: accountId.optional(), assignments: assignments.default([]) })
  .transform(({ delegatedAdministrator, assignments }): Configuration => ({
    delegatedAdministrator: delegatedAdministrator?.toString(),
    assignments: assignments.map(({ account, users, groups }) => ({ account: account?.toString(), users, groups })),
  }));

function assignmentError(issue: { readonly code?: string }): string | undefined {
  return issue.code === "invalid_type" ? "must be an object with users or groups, and optionally account" : undefined;
}

function parseOwnKeys(config: Readonly<Record<string, string>>): Reviewed<Configuration> {
  const prefix = `${configurationNamespace}:`;
  const own = Object.entries(config)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, value]) => [key.slice(prefix.length), key === `${prefix}assignments` ? parseJson(value) : value]);
  const parsed = schema.safeParse(Object.fromEntries(own));
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
  const known = Object.keys((issue.path.length === 0 ? schema.in : assignment).shape).join(", ");
  const inside = issue.path.length === 0 ? at : `${at}.`;
  return issue.keys.map((key) => `${inside}${key}: there is no such setting; known here are ${known}.`);
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
