import { expect } from "chai";
import { gitHubTrustPolicy, parsePolicy, type WorkflowPlace, WorkflowPlaceError } from "#iam";
import { accountIdOf } from "../account-id.ts";

const accountId = accountIdOf("111111111111");
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
const issuer = "token.actions.githubusercontent.com";

describe("the trust policy for GitHub's workflows", () => {
  it("is for one repository's jobs in one environment, with a token made for STS", () => {
    const policy = gitHubTrustPolicy(providerArn, "example/organization", { environment: "organization" });
    expect(policy.Statement).to.deep.equal([
      {
        Sid: "AllowWorkflow",
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: "repo:example/organization:environment:organization",
          },
        },
      },
    ]);
    expect(() => parsePolicy(policy, "trust")).to.not.throw();
  });

  const places: readonly { readonly place: WorkflowPlace; readonly subject: string }[] = [
    { place: { ref: "refs/heads/main" }, subject: "repo:example/organization:ref:refs/heads/main" },
    { place: { environment: "eu: live" }, subject: "repo:example/organization:environment:eu%3A live" },
  ];
  for (const { place, subject } of places) {
    it(`names ${JSON.stringify(place)} as GitHub does`, () => {
      const [statement] = gitHubTrustPolicy(providerArn, "example/organization", place).Statement;
      expect(statement?.Condition?.["StringEquals"]).to.have.property(`${issuer}:sub`, subject);
    });
  }

  const refusals: readonly { readonly repository: string; readonly place: WorkflowPlace; readonly said: string }[] = [
    { repository: "example/*", place: { environment: "organization" }, said: "write owner/name, without patterns" },
    { repository: "organization", place: { environment: "organization" }, said: "write owner/name, without patterns" },
    { repository: "example/organization", place: { environment: "*" }, said: 'the environment "*" names none or many' },
    { repository: "example/organization", place: { environment: " " }, said: 'the environment " " names none or many' },
    { repository: "example/organization", place: { ref: "refs/heads/*" }, said: "names none or many" },
    { repository: "example/organization", place: { ref: "main" }, said: "write it whole, for example refs/heads/main" },
  ];
  for (const { repository, place, said } of refusals) {
    it(`refuses ${repository} in ${JSON.stringify(place)}`, () => {
      expect(() => gitHubTrustPolicy(providerArn, repository, place)).to.throw(WorkflowPlaceError, said);
    });
  }
});
