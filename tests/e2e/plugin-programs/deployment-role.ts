import { GitHubDeploymentRole } from "#components";

/** The role with which GitHub's workflows deploy, and beside it the one for previews, which shares the provider. */
export function deploymentRole(): Record<string, unknown> {
  const repository = "example/organization";
  const deployment = new GitHubDeploymentRole("deployment", { repository, place: { environment: "organization" } });
  const preview = new GitHubDeploymentRole("preview", {
    repository,
    place: { environment: "organization-preview" },
    access: "preview",
    providerArn: deployment.nodes.provider?.arn,
  });
  return { deployment: deployment.arn, preview: preview.arn };
}
