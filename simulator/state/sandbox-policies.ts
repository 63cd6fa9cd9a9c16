import type { OrganizationPolicy } from "./organization.ts";

/** Attached everywhere: without it nothing is allowed in a member account. */
export const fullAwsAccess: OrganizationPolicy = {
  id: "p-FullAWSAccess",
  arn: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess",
  type: "SERVICE_CONTROL_POLICY",
  awsManaged: true,
  name: "FullAWSAccess",
  description: "Allows access to every operation",
  content: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  }),
};

/** Attached everywhere from the moment resource control policies are enabled; nobody can detach it. */
export const rcpFullAwsAccess: OrganizationPolicy = {
  id: "p-RCPFullAWSAccess",
  arn: "arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess",
  type: "RESOURCE_CONTROL_POLICY",
  awsManaged: true,
  name: "RCPFullAWSAccess",
  description: "Allows all identities full access to all resources.",
  content: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
  }),
};

/** The guardrail that many landing zones ship: it denies root users and forgets to exempt root sessions. */
export function denyRootWithoutExemption(organizationId: string, managementAccountId: string): OrganizationPolicy {
  return {
    id: "p-denyroot",
    arn: `arn:aws:organizations::${managementAccountId}:policy/${organizationId}/service_control_policy/p-denyroot`,
    type: "SERVICE_CONTROL_POLICY",
    awsManaged: false,
    name: "DenyRootUser",
    description: "Denies everything to root users",
    content: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyRootUser",
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { StringLike: { "aws:PrincipalArn": ["arn:aws:iam::*:root"] } },
        },
      ],
    }),
  };
}
