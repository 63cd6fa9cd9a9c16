import { z } from "zod";
import { taskNames } from "#iam";

/** The values that several keys of the configuration share. */

// YAML makes a number of bare digits. Twelve digits survive that; whether the right ones are left is for the review
// against the organization, which says why quotation marks are needed.
export const account = z
  .union([z.string(), z.number()], { error: "must be an account's id or name in quotation marks" })
  .transform((text) => comparable(text.toString()));

export const name = z
  .string({ error: "must be text: a name or an id, in quotation marks if it consists of digits" })
  .transform(comparable)
  .refine((text) => text !== "", { error: "is empty: give a name or an id" });

/** A name as names compare: the same Hangul or accented letter can be typed as one character or as several (NFC, NFD). */
export function comparable(text: string): string {
  return text.trim().normalize("NFC");
}

const task = z.enum(taskNames, { error: `must be one of ${taskNames.join(", ")}` });

const accountListing = z.enum(["console", "console-and-details", "none"], {
  error: "must be console, console-and-details or none",
});

/** Inside lists and objects a YAML truth value stays one. */
export const trueOrFalse = z.boolean({ error: "must be true or false" });

/** Pulumi hands every plain value over as text. */
export const plainTrueOrFalse = z
  .enum(["true", "false"], { error: "must be true or false" })
  .transform((text) => text === "true");

/**
 * Refuses an item that is in its list already.
 *
 * @param words how an item is called; two items of the same words are the same
 * @example z.array(region).superRefine(once((code) => code))
 */
export function once<T>(words: (item: T) => string): (items: readonly T[], context: z.RefinementCtx) => void {
  return (items, context) => {
    const named = items.map(words);
    named.forEach((item, index) => {
      if (named.indexOf(item) === index) return;
      context.addIssue({ code: "custom", path: [index], message: `${item} is named before; name it once` });
    });
  };
}

/** What the holder of a permission set or of a role may do. */
export const policyKeys = {
  tasks: z
    .array(task, { error: "must be a list of tasks" })
    .min(1, { error: "is empty: no task" })
    .superRefine(once((name) => name))
    .optional(),
  targetAccounts: z
    .array(account, { error: "must be a list of account ids or names" })
    .min(1, { error: "is empty: leave it out for every member account" })
    .optional(),
  accountListing: accountListing.default("console"),
  preflight: trueOrFalse.default(false),
};

/** The sentence for something that is no object at all; what an object holds has sentences of its own. */
export function form(what: string): { error: (issue: z.core.$ZodRawIssue) => string | undefined } {
  return { error: (issue) => (issue.code === "invalid_type" ? what : undefined) };
}
