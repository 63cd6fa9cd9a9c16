import { Role } from "@pulumi/aws/iam/index.js";
import { BreakGlassRole, GitHubDeploymentRole } from "#components";
import { parseAccountId } from "#iam";

/**
 * The organization stack by the settings beside this file, and what it has no place for: the other choice of a role's trust,
 * and the roles for workflows. What a change does to any policy or rule of the kit shows in a preview of this.
 */
const { default: organization } = await import("../index.ts");

const accountId = parseAccountId("111111111111");
if (accountId === undefined) throw new Error("That is no account id.");
const trusts = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
const onCall = new Role("on-call", { name: "on-call", assumeRolePolicy: trusts("ec2.amazonaws.com") });

const { trustedPrincipalsPolicy } = new BreakGlassRole(
  "break-glass-role-with-source-identity",
  {
    accountId,
    roleName: "BreakGlassWithSourceIdentity",
    trustedPrincipals: [`arn:aws:iam::${accountId}:user/administrator`, `arn:aws:iam::${accountId}:role/on-call`],
    sourceIdentity: true,
  },
  { dependsOn: onCall },
);

const repository = "example/organization";
const deployment = new GitHubDeploymentRole("deployment", { repository, place: { environment: "organization" } });
new GitHubDeploymentRole("preview", {
  repository,
  place: { environment: "organization-preview" },
  access: "preview",
  providerArn: deployment.nodes.provider?.arn,
});

/** The stack's outputs: what trusted people need on their side is a policy, too. */
export default { ...organization, trustedPrincipalsPolicy };
