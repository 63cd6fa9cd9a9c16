import { MalformedPolicyError, parsePolicy, type PolicyDocument, type Statement } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import type { OrganizationPolicyType } from "../../state/organization.ts";
import { constraintViolation } from "./faults.ts";

/** Characters of a policy's text. AWS doubled the limit for service control policies in May 2026. */
const largestContent: Readonly<Record<OrganizationPolicyType, number>> = {
  SERVICE_CONTROL_POLICY: 10_240,
  RESOURCE_CONTROL_POLICY: 5120,
};

/** @throws AwsFault MalformedPolicyDocumentException, or ConstraintViolationException for a text that is too long */
export function checkContent(content: string, type: OrganizationPolicyType): void {
  if (content.length > largestContent[type]) {
    throw constraintViolation(
      "POLICY_CONTENT_LIMIT_EXCEEDED",
      `You have exceeded the maximum policy size: ${largestContent[type]} characters.`,
    );
  }
  const { statements } = parsed(content, type);
  if (type === "RESOURCE_CONTROL_POLICY" && !statements.every(deniesEverybody)) throw malformed();
}

/** A service control policy applies to principals by where it is attached, so it names none, like an identity's. */
function parsed(content: string, type: OrganizationPolicyType): PolicyDocument {
  try {
    return parsePolicy(content, type === "SERVICE_CONTROL_POLICY" ? "identity" : "resource");
  } catch (error) {
    if (error instanceof MalformedPolicyError) throw malformed();
    throw error;
  }
}

/** A resource control policy can only take away, and from everybody: its conditions say from whom. */
function deniesEverybody({ effect, principals }: Statement): boolean {
  return effect === "Deny" && principals === "*";
}

function malformed(): AwsFault {
  return new AwsFault(
    "MalformedPolicyDocumentException",
    "The provided policy document does not meet the requirements of the specified policy type.",
  );
}
