import type { TraceLine } from "./authorization.ts";
import type { Circumstances } from "./element-test.ts";
import type { NamedAs } from "./principal-match.ts";
import type { CompiledStatement } from "./statement-match.ts";

/** What one statement had to say about a request. */
export interface Finding {
  readonly circumstances: Circumstances;
  /** The policy's name. */
  readonly policy: string;
  readonly statement: CompiledStatement;
  /** As whom the statement names the caller; `undefined` when it does not apply. */
  readonly namedAs: NamedAs | undefined;
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

/** All findings, in the order in which AWS documents the evaluation. */
export function inOrder(findings: Findings): readonly Finding[] {
  return [
    ...findings.resourceControl.flat(),
    ...findings.serviceControl.flat(),
    ...findings.resource,
    ...findings.identity,
    ...(findings.permissionsBoundary ?? []),
    ...(findings.session ?? []),
  ];
}

export function traceOf(findings: readonly Finding[]): readonly TraceLine[] {
  return findings.map(({ circumstances, policy, statement, namedAs }) => ({
    policyType: circumstances.policyType,
    policy,
    statement: statement.name,
    effect: statement.effect,
    matched: namedAs !== undefined,
    elements: statement.explain(circumstances),
  }));
}
