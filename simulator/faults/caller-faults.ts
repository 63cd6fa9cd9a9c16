import { parsePolicy, type NamedPolicy } from "#iam";
import type { Call } from "../services/service.ts";

/**
 * The same call by a caller whose session may do nothing: the evaluator denies it, in the service's words, and the trail
 * has it. What needs no permission, such as GetCallerIdentity, AWS denies to nobody.
 */
export function withDenial(call: Call): Call {
  const { caller } = call;
  return { ...call, caller: { ...caller, sessionPolicies: [...(caller.sessionPolicies ?? []), denial] } };
}

const denial: NamedPolicy = {
  name: "fault on purpose",
  document: parsePolicy(
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] }),
    "identity",
  ),
};

/**
 * Lets the session that signed a request expire now, for good.
 *
 * @returns false for a long-term key, which has no session
 */
export function endSession({ state, clock, caller }: Call): boolean {
  const credential = state.credentials.get(caller.accessKeyId);
  if (credential === undefined || credential.kind === "long-term key") return false;
  state.credentials.set(caller.accessKeyId, { ...credential, expires: clock.now() });
  return true;
}
