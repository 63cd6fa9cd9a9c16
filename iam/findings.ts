import type { TraceLine } from "./authorization.ts";
import type { NamedAs } from "./principal-match.ts";

/** What one statement had to say about a request. */
export interface Finding {
  readonly line: TraceLine;
  /** Present when the statement matched. */
  readonly namedAs?: NamedAs;
}

/** The statements of every policy that applies, by policy type. `undefined` means that the type sets no limit. */
export interface Findings {
  /** One list for each level from the organization's root down to the account. */
  readonly resourceControl: readonly (readonly Finding[])[];
  readonly serviceControl: readonly (readonly Finding[])[];
  readonly resource: readonly Finding[];
  readonly identity: readonly Finding[];
  readonly permissionsBoundary: readonly Finding[] | undefined;
  readonly session: readonly Finding[] | undefined;
}
