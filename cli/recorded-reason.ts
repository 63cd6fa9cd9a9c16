import type { RecordedReason } from "#root-access";

/** `--reason` and `--ticket`, as given. */
export interface ReasonFlags {
  readonly reason?: string;
  readonly ticket?: string;
}

/** Why the glass is broken, as the record keeps it. */
export function recordedReason({ reason, ticket }: ReasonFlags): RecordedReason {
  return { ...(reason === undefined ? {} : { reason }), ...(ticket === undefined ? {} : { ticket }) };
}
