import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { OrganizationPolicyType } from "../../state/organization.ts";
import { invalidInput } from "./faults.ts";

/** @throws AwsFault 501 for policy types that have nothing to do with access, InvalidInputException for no type at all */
export function readPolicyType(text: string): OrganizationPolicyType {
  if (text === "SERVICE_CONTROL_POLICY" || text === "RESOURCE_CONTROL_POLICY") return text;
  if (/^[A-Z0-9_]+_POLICY(_EC2)?$/.test(text)) throw notImplemented(`The policy type ${text}`);
  throw invalidInput("INVALID_ENUM_POLICY_TYPE", "You specified an invalid value for policy type.");
}

export function policyTypeNotEnabled(): AwsFault {
  return new AwsFault(
    "PolicyTypeNotEnabledException",
    "This operation can be performed only for enabled policy types.",
  );
}
