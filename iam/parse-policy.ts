import { MalformedPolicyError } from "./malformed-policy-error.ts";
import { parseStatement } from "./parse-statement.ts";
import type { PolicyDocument, PolicyPurpose } from "./policy-document.ts";
import { readPolicyText } from "./policy-schema.ts";

/**
 * Reads a policy from its JSON text or an already parsed value. Nothing in it is ever passed over: an element or a
 * condition operator that this evaluator does not know is an error.
 *
 * @param purpose where known, makes the elements that this kind of policy requires or forbids part of the check
 * @throws MalformedPolicyError naming the element that is missing, unknown or of the wrong type
 * @example parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}')
 */
export function parsePolicy(policy: unknown, purpose?: PolicyPurpose): PolicyDocument {
  const { Version: version = "2008-10-17", Id: id, Statement: statements } = readPolicyText(policy);
  if (statements.length === 0) throw new MalformedPolicyError("Statement: a policy needs at least one statement.");
  if (purpose === "identity" || purpose === "trust") refuseRepeatedSids(statements.map(({ Sid }) => Sid));
  return {
    version,
    ...(id === undefined ? {} : { id }),
    statements: statements.map((statement, index) => parseStatement(statement, { index, version, purpose })),
  };
}

/** Services that hold policies of their own are not as strict as IAM. */
function refuseRepeatedSids(sids: readonly (string | undefined)[]): void {
  const repeated = sids.find((sid, index) => sid !== undefined && sid !== "" && sids.indexOf(sid) !== index);
  if (repeated !== undefined) throw new MalformedPolicyError(`Statement: the Sid ${repeated} is used twice.`);
}
