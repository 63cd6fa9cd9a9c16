import { z } from "zod";
import { account, form, name, once, policyKeys, trueOrFalse } from "./configuration-values.ts";

/** The keys for what stands around root access: the role for the day when Identity Center is down, and the guardrails. */

const text = z.string({ error: "must be text" }).trim().min(1, { error: "is empty" });

// AWS Organizations' own limit.
const policyName = z
  .string({ error: "must be text" })
  .min(1, { error: "is empty" })
  .max(128, { error: "is longer than the 128 characters that AWS Organizations takes" });

export const delegateAccessSchema = z
  .strictObject({ profile: text.optional(), role: text.optional() }, form("must be an object with profile or role"))
  .refine(({ profile, role }) => (profile === undefined) !== (role === undefined), {
    error: "takes one of profile and role: an AWS profile of the delegate's account, or a role there",
  });

export const breakGlassRoleSchema = z.strictObject(
  {
    trustedPrincipals: z
      .array(text, { error: "must be a list of ARNs of IAM users and roles" })
      .min(1, { error: "is empty: name the IAM users or roles that may break the glass" })
      .superRefine(once((arn) => arn)),
    account: account.optional(),
    name: text.default("BreakGlassAssumeRoot"),
    path: text.default("/break-glass/"),
    sourceIdentity: trueOrFalse.default(false),
    ...policyKeys,
  },
  form("must be an object with trustedPrincipals"),
);

// Slashes alone would lead to the root, and a policy that denies could hit everybody by a slip.
const unit = name.refine((path) => /[^/\s]/.test(path), {
  error: "names no organizational unit; for the whole organization write Root",
});

export const rootUserGuardrailSchema = z.strictObject(
  {
    organizationalUnits: z
      .array(unit, { error: "must be a list of paths or ids of organizational units" })
      .min(1, { error: "is empty: name the organizational units whose root users are denied" }),
    policyName: policyName.default("DenyRootUserExceptRootSessions"),
  },
  form("must be an object with organizationalUnits"),
);

export const rootSessionGuardrailSchema = z.strictObject(
  {
    otherPrincipals: z
      .array(text, { error: "must be a list of ARNs of IAM users and roles" })
      .superRefine(once((arn) => arn))
      .default([]),
    policyName: policyName.default("OnlyBreakGlassAssumesRoot"),
  },
  form("must be an object; {} takes the defaults"),
);

const region = z.string({ error: "must be text" }).regex(/^[a-z]{2}(-[a-z]+)+-\d$/, {
  error: "is no Region; write its code, for example eu-west-1",
});

export const alertSubscriptionSchema = z.strictObject(
  {
    protocol: z.enum(["email", "email-json", "sqs", "lambda", "sms"], {
      error: "must be email, email-json, sqs, lambda or sms",
    }),
    endpoint: text,
  },
  form("must be an object with protocol and endpoint"),
);

export const rootAccessAlertsSchema = z.strictObject(
  {
    subscriptions: z
      .array(alertSubscriptionSchema, { error: "must be a list, each item with protocol and endpoint" })
      .min(1, { error: "is empty: nobody would be told" })
      .superRefine(once(({ protocol, endpoint }) => `${protocol} ${endpoint}`)),
    region: region.optional(),
    regions: z
      .array(region, { error: "must be a list of Regions" })
      .min(1, { error: "is empty: leave it out for every enabled Region" })
      .superRefine(once((code) => code))
      .optional(),
    key: text.optional(),
    // SNS takes 256, but the key's alias is `alias/` and this name, of 256 together.
    topicName: z
      .string({ error: "must be text" })
      .regex(/^[\w-]{1,250}$/, {
        error: "must have 1 to 250 letters, digits and characters of _ -; KMS takes no longer alias of its key",
      })
      .default("root-access-alerts"),
  },
  form("must be an object with subscriptions"),
);
