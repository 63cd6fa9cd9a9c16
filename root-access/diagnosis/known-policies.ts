import { type NamedPolicy, parsePolicy, type PolicyType } from "#iam";

/** A policy that somebody gave or that could be read, with its text, so that a change can keep every word of it. */
export interface KnownPolicy extends NamedPolicy {
  readonly text: string;
}

/** The policies that a diagnosis may look into, by kind. A kind that is absent has not been looked at. */
export type KnownPolicies = Readonly<Partial<Record<PolicyType, readonly KnownPolicy[]>>>;

/**
 * @param name as messages are to call it: a file's name, or an ARN
 * @throws MalformedPolicyError when the text is no policy
 */
export function knownPolicy(name: string, text: string): KnownPolicy {
  return { name, text, document: parsePolicy(text) };
}
