import type { OrganizationsClient, PolicySummary, PolicyType } from "@aws-sdk/client-organizations";
import { type NamedPolicy, parsePolicy } from "#iam";
import { endedBy } from "../aws/aws-clients.ts";
import { callAws } from "../aws/aws-failure.ts";
import { needing } from "./check.ts";

/** A policy of the organization, with its text as it is kept there. */
export interface OrganizationPolicy extends NamedPolicy {
  readonly text: string;
}

/** Reads policies of the organization, each once; both calls are among the preflight permissions. */
export interface OrganizationPolicyReader {
  /** What is attached to a root, organizational unit or account itself. */
  readonly attachedTo: (targetId: string) => Promise<readonly PolicySummary[]>;
  /** @throws MalformedPolicyError for a policy that the evaluator does not know all of */
  readonly read: (policy: PolicySummary) => Promise<OrganizationPolicy>;
}

export function organizationPolicyReader(
  client: OrganizationsClient,
  type: Extract<PolicyType, "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY">,
  signal: AbortSignal,
): OrganizationPolicyReader {
  const read = new Map<string, Promise<OrganizationPolicy>>();
  return {
    attachedTo: async (TargetId) => {
      const { ListPoliciesForTargetCommand } = await import("@aws-sdk/client-organizations");
      const policies: PolicySummary[] = [];
      let NextToken: string | undefined;
      do {
        const command = new ListPoliciesForTargetCommand({ TargetId, Filter: type, NextToken });
        const page = await needing("organizations:ListPoliciesForTarget", () =>
          callAws({ doing: `list the policies of ${TargetId}` }, () => client.send(command, endedBy(signal))),
        );
        policies.push(...(page.Policies ?? []));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return policies;
    },
    read: (policy) => {
      const { Id = "" } = policy;
      const reading = read.get(Id) ?? document(client, policy, type, signal);
      read.set(Id, reading);
      return reading;
    },
  };
}

async function document(
  client: OrganizationsClient,
  { Id: PolicyId = "", Name = PolicyId }: PolicySummary,
  type: PolicyType,
  signal: AbortSignal,
): Promise<OrganizationPolicy> {
  const { DescribePolicyCommand } = await import("@aws-sdk/client-organizations");
  const { Policy } = await needing("organizations:DescribePolicy", () =>
    callAws({ doing: `read the policy ${Name}` }, () =>
      client.send(new DescribePolicyCommand({ PolicyId }), endedBy(signal)),
    ),
  );
  const purpose = type === "SERVICE_CONTROL_POLICY" ? "identity" : "resource";
  const text = Policy?.Content ?? "";
  return { name: Name, text, document: parsePolicy(text, purpose) };
}
