import { z } from "zod";
import { account, form, name, plainTrueOrFalse, policyKeys } from "./configuration-values.ts";
import {
  alertSubscriptionSchema,
  breakGlassRoleSchema,
  delegateAccessSchema,
  rootAccessAlertsSchema,
  rootSessionGuardrailSchema,
  rootUserGuardrailSchema,
} from "./safeguards-schema.ts";

/**
 * The keys of this project in Pulumi configuration, as they are written. Each has a row in the README's table
 * (tests/docs.test.ts compares the two).
 */

const names = z.array(name, { error: "must be a list of names or ids" }).default([]);

// Identity Center's own limits (docs/aws-behaviour.md, section 4).
const permissionSetName = z
  .string({ error: "must be text" })
  .regex(/^[\w+=,.@-]{1,32}$/, { error: "must have 1 to 32 letters, digits and characters of _ + = , . @ -" });

const description = z
  .string({ error: "must be text" })
  .min(1, { error: "is empty: leave it out, or say what the permission set is for" })
  .max(700, { error: "is longer than the 700 characters that IAM Identity Center takes" })
  .superRefine((text, context) => {
    const [stranger] = text.match(/[^\t\n\r\u0020-\u007E\u00A1-\u00FF]/u) ?? [];
    if (stranger === undefined) return;
    const message = `holds "${stranger}", which IAM Identity Center does not take; it takes the letters and signs of ASCII and Latin-1 only`;
    context.addIssue({ code: "custom", message });
  });

const assignmentSchema = z
  .strictObject(
    { permissionSet: permissionSetName.optional(), account: account.optional(), users: names, groups: names },
    form("must be an object with users or groups, and optionally account and permissionSet"),
  )
  .refine(({ users, groups }) => users.length + groups.length > 0, { error: "names neither users nor groups" });

export const permissionSetSchema = z.strictObject(
  { name: permissionSetName, description: description.optional(), ...policyKeys },
  form("must be an object with a name"),
);

const trailName = z
  .string({ error: "must be text" })
  .regex(/^[a-zA-Z0-9][\w.-]{1,126}[a-zA-Z0-9]$/, { error: "must be the name of a CloudTrail trail, not its ARN" });

export const settingsSchema = z.strictObject({
  delegatedAdministrator: account.optional(),
  delegateAccess: delegateAccessSchema.optional(),
  permissionSets: z
    .array(permissionSetSchema, { error: "must be a list, each item with a name" })
    .min(1, { error: "is empty: leave it out for BreakGlassAssumeRoot alone" })
    .default([{ name: "BreakGlassAssumeRoot", accountListing: "console", preflight: false }]),
  assignments: z
    .array(assignmentSchema, {
      error: "must be a list, each item with users or groups, and the account they may sign in to",
    })
    .default([]),
  breakGlassRole: breakGlassRoleSchema.optional(),
  rootUserGuardrail: rootUserGuardrailSchema.optional(),
  rootSessionGuardrail: rootSessionGuardrailSchema.optional(),
  rootAccessAlerts: rootAccessAlertsSchema.optional(),
  trail: trailName.optional(),
  removeOnDestroy: plainTrueOrFalse.default(false),
});

/**
 * Settings whose value is a list or an object, and such values inside them, with the form of the object or of each item:
 * Pulumi hands them over as JSON.
 */
export const structuredSettings: ReadonlyMap<string, z.ZodObject> = new Map<string, z.ZodObject>([
  ["delegateAccess", delegateAccessSchema],
  ["permissionSets", permissionSetSchema],
  ["assignments", assignmentSchema],
  ["breakGlassRole", breakGlassRoleSchema],
  ["rootUserGuardrail", rootUserGuardrailSchema],
  ["rootSessionGuardrail", rootSessionGuardrailSchema],
  ["rootAccessAlerts", rootAccessAlertsSchema],
  ["rootAccessAlerts.subscriptions", alertSubscriptionSchema],
]);
