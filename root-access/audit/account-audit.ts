import { z } from "zod";
import { type AccountId, parseAccountId } from "#iam";

const accountId = z.string().transform((text, context): AccountId => {
  const id = parseAccountId(text);
  if (id !== undefined) return id;
  context.addIssue("must be an account id");
  return z.NEVER;
});

const accessKey = z.strictObject({
  /** The last four characters of its id: enough to tell the two that there can be apart. */
  idEndsWith: z.string(),
  active: z.boolean(),
  created: z.iso.datetime(),
  /** Absent where AWS knows of no use. */
  lastUsed: z.strictObject({ at: z.iso.datetime(), service: z.string(), region: z.string() }).optional(),
});

const rootCredentials = z.strictObject({
  password: z.boolean(),
  accessKeys: z.array(accessKey).readonly(),
  signingCertificates: z
    .array(z.strictObject({ id: z.string(), active: z.boolean(), uploaded: z.iso.datetime() }))
    .readonly(),
  mfaDevices: z.array(z.strictObject({ serialNumber: z.string(), enabled: z.iso.datetime() })).readonly(),
});

const member = {
  account: accountId,
  /** Absent where the caller may not list accounts. */
  name: z.string().optional(),
};

/** The one shape of a result: in the journal and on stdout. */
export const accountAuditSchema = z.discriminatedUnion("outcome", [
  z.strictObject({ ...member, outcome: z.literal("findings"), credentials: rootCredentials }),
  z.strictObject({ ...member, outcome: z.literal("not read"), why: z.string() }),
  z.strictObject({ ...member, outcome: z.literal("skipped"), why: z.string() }),
  z.strictObject({ ...member, outcome: z.literal("clean") }),
]);

/** What an audit says of one member account; times are ISO 8601 in UTC. */
export type AccountAudit = z.infer<typeof accountAuditSchema>;

/** What a member account's root user can prove itself with, without a secret in it. */
export type RootCredentials = z.infer<typeof rootCredentials>;

export type RootAccessKey = z.infer<typeof accessKey>;

export type AuditOutcome = AccountAudit["outcome"];

/** How many accounts ended how. */
export type AuditTotals = Readonly<Record<AuditOutcome, number>> & { readonly passwordsWithoutMfa: number };

export const noTotals: AuditTotals = { findings: 0, "not read": 0, skipped: 0, clean: 0, passwordsWithoutMfa: 0 };

/** @example results.reduce(addToTotals, noTotals) */
export function addToTotals(totals: AuditTotals, result: AccountAudit): AuditTotals {
  return {
    ...totals,
    [result.outcome]: totals[result.outcome] + 1,
    passwordsWithoutMfa: totals.passwordsWithoutMfa + (isPasswordWithoutMfa(result) ? 1 : 0),
  };
}

/** The worst finding: whoever has the password, or the root mailbox, is in. */
export function isPasswordWithoutMfa(result: AccountAudit): boolean {
  return result.outcome === "findings" && result.credentials.password && result.credentials.mfaDevices.length === 0;
}
