import { z } from "zod";
import { taskNames } from "#iam";

/**
 * The keys of this project in Pulumi configuration, as they are written. Each has a row in the README's table
 * (tests/docs.test.ts compares the two).
 */

// YAML makes a number of bare digits. Twelve digits survive that; whether the right ones are left is for the review
// against the organization, which says why quotation marks are needed.
const account = z
  .union([z.string(), z.number()], { error: "must be an account's id or name in quotation marks" })
  .transform((text) => text.toString().trim());

const name = z
  .string({ error: "must be text: a name or an id, in quotation marks if it consists of digits" })
  .trim()
  .min(1, { error: "is empty: give a name or an id" });

const names = z.array(name, { error: "must be a list of names or ids" }).default([]);

// Identity Center's own limits (docs/aws-behaviour.md, section 4).
const permissionSetName = z
  .string({ error: "must be text" })
  .regex(/^[\w+=,.@-]{1,32}$/, { error: "must have 1 to 32 letters, digits and characters of _ + = , . @ -" });

const description = z
  .string({ error: "must be text" })
  .min(1, { error: "is empty: leave it out, or say what the permission set is for" })
  .max(700, { error: "is longer than the 700 characters that IAM Identity Center takes" });

const task = z.enum(taskNames, { error: `must be one of ${taskNames.join(", ")}` });

const accountListing = z.enum(["console", "console-and-details", "none"], {
  error: "must be console, console-and-details or none",
});

export const assignmentSchema = z
  .strictObject(
    { permissionSet: permissionSetName.optional(), account: account.optional(), users: names, groups: names },
    { error: (issue) => (issue.code === "invalid_type" ? assignmentForm : undefined) },
  )
  .refine(({ users, groups }) => users.length + groups.length > 0, { error: "names neither users nor groups" });

const assignmentForm = "must be an object with users or groups, and optionally account and permissionSet";

export const permissionSetSchema = z.strictObject(
  {
    name: permissionSetName,
    description: description.optional(),
    tasks: z.array(task, { error: "must be a list of tasks" }).min(1, { error: "is empty: no task" }).optional(),
    targetAccounts: z
      .array(account, { error: "must be a list of account ids or names" })
      .min(1, { error: "is empty: leave it out for every member account" })
      .optional(),
    accountListing: accountListing.default("console"),
    preflight: z.boolean({ error: "must be true or false" }).default(false),
  },
  { error: (issue) => (issue.code === "invalid_type" ? "must be an object with a name" : undefined) },
);

// Pulumi hands every plain value over as text.
const yesOrNo = z.enum(["true", "false"], { error: "must be true or false" }).transform((text) => text === "true");

export const settingsSchema = z.strictObject({
  delegatedAdministrator: account.optional(),
  permissionSets: z
    .array(permissionSetSchema, { error: "must be a list, each item with a name" })
    .min(1, { error: "is empty: leave it out for BreakGlassAssumeRoot alone" })
    .default([{ name: "BreakGlassAssumeRoot", accountListing: "console", preflight: false }]),
  assignments: z
    .array(assignmentSchema, {
      error: "must be a list, each item with users or groups, and the account they may sign in to",
    })
    .default([]),
  removeOnDestroy: yesOrNo.default(false),
});

/** Settings whose value is a list or an object: Pulumi hands them over as JSON. */
export const structuredSettings: ReadonlySet<string> = new Set(["permissionSets", "assignments"]);
