import { type DocumentedRequest, type Example, fullAccess, policy } from "./example.ts";

/** One Allow under a condition, and what becomes of one action with each context. */
export function allowIf(
  Condition: Readonly<Record<string, unknown>>,
  ...cases: readonly (readonly [says: string, context: NonNullable<DocumentedRequest["context"]>, allowed: boolean])[]
): Omit<Example, "title" | "page"> {
  return {
    policies: { identity: [policy({ Effect: "Allow", Action: "service:*", Resource: "*", Condition })] },
    requests: cases.map(([says, context, allowed]) => ({
      says,
      action: "service:Act",
      context,
      outcome: allowed ? "allowed" : "implicit deny: identity-based policy",
    })),
  };
}

/** One Deny under a condition over full access. */
export function denyIf(
  Condition: Readonly<Record<string, unknown>>,
  ...cases: readonly (readonly [says: string, context: NonNullable<DocumentedRequest["context"]>, denied: boolean])[]
): Omit<Example, "title" | "page"> {
  return {
    policies: { identity: [fullAccess, policy({ Effect: "Deny", Action: "service:*", Resource: "*", Condition })] },
    requests: cases.map(([says, context, isDenied]) => ({
      says,
      action: "service:Act",
      context,
      outcome: isDenied ? "explicit deny: identity-based policy" : "allowed",
    })),
  };
}
