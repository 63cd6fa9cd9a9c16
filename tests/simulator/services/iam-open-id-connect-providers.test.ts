import * as iam from "@aws-sdk/client-iam";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const arn = `arn:aws:iam::${sandboxAccounts.management}:oidc-provider/token.actions.githubusercontent.com`;
const asked = { Url: "https://token.actions.githubusercontent.com", ClientIDList: ["sts.amazonaws.com"] };

describe("iam: OpenID Connect providers", () => {
  let sandbox: SandboxOrganization;
  let client: iam.IAMClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    client = new iam.IAMClient(administrator(sandbox, "management"));
  });

  afterEach(() => sandbox.close());

  it("makes one, shows it by its URL without the scheme, lists it, and removes it, twice if asked", async () => {
    const Tags = [{ Key: "team", Value: "platform" }];
    const made = await client.send(new iam.CreateOpenIDConnectProviderCommand({ ...asked, Tags }));
    expect(made).to.deep.include({ OpenIDConnectProviderArn: arn, Tags });
    const found = await client.send(new iam.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    expect(found).to.deep.include({
      Url: "token.actions.githubusercontent.com",
      ClientIDList: asked.ClientIDList,
      Tags,
    });
    const { OpenIDConnectProviderList } = await client.send(new iam.ListOpenIDConnectProvidersCommand());
    expect(OpenIDConnectProviderList).to.deep.equal([{ Arn: arn }]);
    for (let times = 0; times < 2; times++) {
      await client.send(new iam.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    }
    expect(
      await refusalOf(client.send(new iam.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }))),
    ).to.include({ code: "NoSuchEntityException", message: `OpenIDConnect Provider not found for arn ${arn}` });
  });

  it("refuses a second one for the same URL, and URLs and thumbprints that are none", async () => {
    await client.send(new iam.CreateOpenIDConnectProviderCommand(asked));
    expect(await refusalOf(client.send(new iam.CreateOpenIDConnectProviderCommand(asked)))).to.include({
      code: "EntityAlreadyExistsException",
      message: `Provider with url ${asked.Url} already exists.`,
    });
    const plain = { ...asked, Url: "http://example.com" };
    expect(await refusalOf(client.send(new iam.CreateOpenIDConnectProviderCommand(plain)))).to.include({
      message: "Invalid Open ID Connect Provider URL",
    });
    const short = { ...asked, ThumbprintList: ["abc"] };
    const { message } = await refusalOf(client.send(new iam.CreateOpenIDConnectProviderCommand(short)));
    expect(message).to.include("thumbprintList").and.to.include("length greater than or equal to 40");
  });
});
