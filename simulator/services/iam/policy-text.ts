import { MalformedPolicyError, parsePolicy, type PolicyDocument } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import { isJson } from "../../json-text.ts";
import type { State } from "../../state/state.ts";
import { limitExceeded } from "./faults.ts";
import { unknownPrincipal } from "../known-principals.ts";

/** @throws AwsFault MalformedPolicyDocument unless the text is a policy for an identity */
export function checkIdentityPolicy(text: string): void {
  if (!isJson(text)) throw malformed("Syntax errors in policy.");
  const names = parsed(text)?.statements.some(({ principals, notPrincipals }) => principals ?? notPrincipals);
  if (names) throw malformed("Policy document should not specify a principal.");
  if (!parsed(text, "identity")) throw malformed("Syntax errors in policy.");
}

/** Characters of a trust policy, white space not counted, where the account never asked for more. */
const largestTrust = 2048;

/** @throws AwsFault MalformedPolicyDocument unless the text is a role's trust policy that names who exists, LimitExceeded */
export function checkTrustPolicy(text: string, state: State): void {
  if (!isJson(text)) throw malformed("This policy contains invalid Json");
  const document = parsed(text);
  const names = document?.statements.some(({ resources, notResources }) => resources ?? notResources);
  if (names) throw malformed("Has prohibited field Resource");
  const trust = parsed(text, "trust");
  if (!trust) throw malformed("Syntax errors in policy.");
  const unknown = unknownPrincipal(trust, state);
  if (text.replace(/\s/g, "").length > largestTrust) {
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${largestTrust}`);
  }
  if (unknown !== undefined) throw malformed(`Invalid principal in policy: "AWS":"${unknown}"`);
}

function malformed(message: string): AwsFault {
  return new AwsFault("MalformedPolicyDocument", message);
}

function parsed(text: string, purpose?: "identity" | "trust"): PolicyDocument | undefined {
  try {
    return parsePolicy(text, purpose);
  } catch (error) {
    if (error instanceof MalformedPolicyError) return undefined;
    throw error;
  }
}
