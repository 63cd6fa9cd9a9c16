import { output } from "@pulumi/pulumi";
import { expect } from "chai";
import { GitHubDeploymentRole } from "#components";
import { gitHubTrustPolicy, platformPolicy, RoleNameError, WorkflowPlaceError } from "#iam";
import { recordProgram, settled, valueOf } from "./provider-mocks.ts";

const repository = "example/organization";
const place = { environment: "organization" };

describe("the deployment role for GitHub", () => {
  it("trusts GitHub's provider, which it makes, and may do what the stack needs", async () => {
    const recording = await recordProgram();
    const component = new GitHubDeploymentRole("deployment", { repository, place });
    await settled();
    expect(recording.resources).to.deep.equal([
      {
        type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
        name: "deployment-provider",
        inputs: { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] },
      },
      {
        type: "aws:iam/role:Role",
        name: "deployment-role",
        inputs: {
          name: "BreakGlassDeployment",
          description: "Break glass: pulumi up from GitHub, example/organization",
          assumeRolePolicy: JSON.stringify(gitHubTrustPolicy("arn-of-deployment-provider", repository, place)),
          maxSessionDuration: 3600,
        },
      },
      {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "deployment-policy",
        inputs: {
          role: "BreakGlassDeployment",
          name: "BreakGlassDeployment",
          policy: JSON.stringify(platformPolicy()),
        },
      },
    ]);
    expect(await valueOf(component.arn)).to.equal("arn-of-deployment-role");
  });

  it("only reads for previews, under another name, with a provider that is there already", async () => {
    const recording = await recordProgram();
    new GitHubDeploymentRole("preview", { repository, place, access: "preview", providerArn: "arn-of-a-provider" });
    await settled();
    expect(recording.resources.map(({ name }) => name)).to.deep.equal(["preview-role", "preview-policy"]);
    expect(recording.resources[0]).to.have.nested.property("inputs.name", "BreakGlassPreview");
    expect(recording.resources[0]?.inputs).to.have.property(
      "assumeRolePolicy",
      JSON.stringify(gitHubTrustPolicy("arn-of-a-provider", repository, place)),
    );
    const policy = JSON.stringify(platformPolicy({ access: "preview" }));
    expect(recording.resources[1]).to.have.nested.property("inputs.policy", policy);
  });

  it("takes a name and a policy", async () => {
    const recording = await recordProgram();
    const policy = platformPolicy({ delegateRoleArn: "arn:aws:iam::222222222222:role/Deployment" });
    new GitHubDeploymentRole("it", { repository, place: { ref: "refs/heads/main" }, roleName: "Up", policy });
    await settled();
    expect(recording.resources[1]).to.have.nested.property("inputs.name", "Up");
    expect(recording.resources[2]).to.have.nested.property("inputs.policy", JSON.stringify(policy));
  });

  it("takes a policy that is known later", async () => {
    const recording = await recordProgram();
    const delegateRoleArn = output("arn:aws:iam::222222222222:role/Deployment");
    const policy = delegateRoleArn.apply((arn) => platformPolicy({ delegateRoleArn: arn }));
    new GitHubDeploymentRole("it", { repository, place, policy });
    await settled();
    const known = platformPolicy({ delegateRoleArn: "arn:aws:iam::222222222222:role/Deployment" });
    expect(recording.resources[2]).to.have.nested.property("inputs.policy", JSON.stringify(known));
  });

  it("registers no resource when it would trust more than one place, or has no name that IAM takes", async () => {
    const recording = await recordProgram();
    const wide = { repository: "example/*", place };
    expect(() => new GitHubDeploymentRole("wide", wide)).to.throw(WorkflowPlaceError);
    expect(() => new GitHubDeploymentRole("odd", { repository, place, roleName: "a b" })).to.throw(RoleNameError);
    await settled();
    expect(recording.resources).to.deep.equal([]);
  });

  it("can be previewed while the provider does not exist yet", async () => {
    const recording = await recordProgram({ preview: true });
    new GitHubDeploymentRole("deployment", { repository, place });
    await settled();
    expect(recording.resources[1]).to.have.nested.property("inputs.assumeRolePolicy.__pulumiUnknown", true);
  });
});
