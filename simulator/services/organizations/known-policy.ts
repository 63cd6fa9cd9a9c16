import type { PolicySummary } from "@aws-sdk/client-organizations";
import type { OrganizationPolicy, OrganizationState } from "../../state/organization.ts";
import { invalidInput, notFound } from "./faults.ts";

/** @throws AwsFault PolicyNotFoundException */
export function policyNamed(id: string, { policies }: OrganizationState): OrganizationPolicy {
  if (!/^p-[0-9a-zA-Z_]{5,128}$/.test(id)) {
    throw invalidInput("INVALID_SYNTAX_POLICY_ID", "You specified an invalid policy ID.");
  }
  const policy = policies.get(id);
  if (!policy) throw notFound("PolicyNotFoundException");
  return policy;
}

export function summarise(policy: OrganizationPolicy): PolicySummary {
  return {
    Id: policy.id,
    Arn: policy.arn,
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: policy.awsManaged,
  };
}
