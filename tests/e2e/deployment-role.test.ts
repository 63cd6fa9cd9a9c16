import {
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gitHubTrustPolicy, platformPolicy } from "#iam";
import { checkout, type Ended, expectStatus, type TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

const program = "deploymentRole";
const providerArn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";

/** The roles for GitHub's workflows by the real engine. Each block builds on the one before. */
describe("the deployment role for GitHub, by the real engine", function () {
  this.timeout(120_000);

  let sandbox: TestSandbox;
  let iam: IAMClient;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
    iam = new IAMClient(profileConnection(sandbox, "management"));
    const config = { "aws:profile": "management", "aws:region": "us-east-1" };
    await writeFile(join(sandbox.folder, "settings.yaml"), JSON.stringify({ config }));
    expectStatus(await pulumi("stack", "init"), 0);
  });

  after(async () => {
    await sandbox.close();
  });

  it("is previewed before the provider exists", async () => {
    expectStatus(await configured("preview"), 0);
    expect((await iam.send(new ListOpenIDConnectProvidersCommand())).OpenIDConnectProviderList).to.deep.equal([]);
  });

  it("is made, found unchanged, and without drift", async () => {
    expectStatus(await configured("up", "--yes", "--skip-preview"), 0);
    expectStatus(await configured("up", "--yes", "--skip-preview", "--refresh", "--expect-no-changes"), 0);
  });

  it("trusts GitHub's tokens for its own environment only, and may do what its job needs", async () => {
    const provider = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn }));
    expect(provider.Url).to.equal("token.actions.githubusercontent.com");
    expect(provider.ClientIDList).to.deep.equal(["sts.amazonaws.com"]);
    const roles = [
      { RoleName: "BreakGlassDeployment", environment: "organization", access: "deploy" },
      { RoleName: "BreakGlassPreview", environment: "organization-preview", access: "preview" },
    ] as const;
    for (const { RoleName, environment, access } of roles) {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      const trust = gitHubTrustPolicy(providerArn, "example/organization", { environment });
      expect(documentOf(Role?.AssumeRolePolicyDocument)).to.deep.equal(trust);
      const found = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: RoleName }));
      expect(documentOf(found.PolicyDocument)).to.deep.equal(platformPolicy({ access }));
    }
  });

  it("is taken down with the provider", async () => {
    expectStatus(await configured("destroy", "--yes", "--skip-preview"), 0);
    expect((await iam.send(new ListOpenIDConnectProvidersCommand())).OpenIDConnectProviderList).to.deep.equal([]);
    const { Roles = [] } = await iam.send(new ListRolesCommand());
    expect(Roles.map(({ RoleName }) => RoleName)).to.not.include.members(["BreakGlassDeployment"]);
  });

  function configured(...words: readonly string[]): Promise<Ended> {
    return pulumi(...words, "--config-file", join(sandbox.folder, "settings.yaml"));
  }

  function pulumi(...words: readonly string[]): Promise<Ended> {
    return sandbox.run("pulumi", [...words, "--stack", program, "--non-interactive", "--color", "never"], {
      folder: join(checkout, "tests", "e2e", "plugin-programs"),
      environment: { PLUGIN_PROGRAM: program },
    });
  }
});

/** IAM hands policies out as URI components. */
function documentOf(encoded = ""): unknown {
  return JSON.parse(decodeURIComponent(encoded));
}
