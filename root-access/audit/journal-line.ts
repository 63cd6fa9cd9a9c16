import { z } from "zod";
import { parsedJson } from "../json-text.ts";
import { accountAuditSchema } from "./account-audit.ts";

const headerSchema = z.strictObject({
  format: z.literal("aws-break-glass/audit/1"),
  startedAt: z.iso.datetime(),
  /** ARN of the principal that opens the root sessions. */
  caller: z.string(),
  /** Absent where the caller may not list accounts. */
  organization: z.string().optional(),
  accounts: z.array(z.string()).readonly(),
  organizationalUnits: z.array(z.string()).readonly(),
});

const lineSchema = z.union([accountAuditSchema, headerSchema, z.strictObject({ finishedAt: z.iso.datetime() })]);

/** What the audit is about: the first line of its journal. */
export type JournalHeader = z.infer<typeof headerSchema>;

/** The header, a result, or the end. */
export type JournalLine = z.infer<typeof lineSchema>;

/** @returns `undefined` for what is not a line of a journal */
export function parseJournalLine(text: string): JournalLine | undefined {
  return lineSchema.safeParse(parsedJson(text)).data;
}
