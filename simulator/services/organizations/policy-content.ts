import { MalformedPolicyError, parsePolicy, type PolicyDocument } from "#iam";
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
  const document = parsed(content);
  const fits = type === "SERVICE_CONTROL_POLICY" ? namesNobody(document) : deniesEverybody(document);
  if (!fits) throw malformed();
}

function parsed(content: string): PolicyDocument {
  try {
    return parsePolicy(content);
  } catch (error) {
    if (error instanceof MalformedPolicyError) throw malformed();
    throw error;
  }
}

/** A service control policy applies to principals by where it is attached; it cannot name any. */
function namesNobody({ statements }: PolicyDocument): boolean {
  return statements.every(({ principals, notPrincipals }) => principals === undefined && notPrincipals === undefined);
}

/** A resource control policy can only take away, and from everybody: its conditions say from whom. */
function deniesEverybody({ statements }: PolicyDocument): boolean {
  return statements.every(({ effect, principals }) => effect === "Deny" && principals === "*");
}

function malformed(): AwsFault {
  return new AwsFault(
    "MalformedPolicyDocumentException",
    "The provided policy document does not meet the requirements of the specified policy type.",
  );
}
