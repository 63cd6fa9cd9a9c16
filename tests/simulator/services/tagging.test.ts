import { CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  GetResourcesCommand,
  type GetResourcesCommandInput,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from "@aws-sdk/client-resource-groups-tagging-api";
import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

describe("section 9: the Resource Groups Tagging API finds a key by its tags", () => {
  let sandbox: SandboxOrganization;
  let kms: KMSClient;
  let tagging: ResourceGroupsTaggingAPIClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    const connection = administrator(sandbox, "audit", "eu-west-1");
    kms = new KMSClient(connection);
    tagging = new ResourceGroupsTaggingAPIClient(connection);
  });

  afterEach(() => sandbox.close());

  async function makeKey(tags: Readonly<Record<string, string>>, client = kms): Promise<string> {
    const Tags = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    const { KeyMetadata } = await client.send(new CreateKeyCommand({ Tags }));
    return KeyMetadata?.Arn ?? "";
  }

  async function found(input: GetResourcesCommandInput): Promise<readonly (string | undefined)[]> {
    const asked = { ResourceTypeFilters: ["kms:key"], ...input };
    const { ResourceTagMappingList = [] } = await tagging.send(new GetResourcesCommand(asked));
    return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);
  }

  it("every filter has to fit, and of a filter's values one; without values the key is enough", async () => {
    const glass = await makeKey({ for: "glass", team: "platform" });
    const hammer = await makeKey({ for: "hammer" });
    await makeKey({});
    await makeKey({ for: "glass" }, new KMSClient(administrator(sandbox, "audit", "us-east-1")));
    await makeKey({ for: "glass" }, new KMSClient(administrator(sandbox, "orders", "eu-west-1")));
    expect(await found({})).to.have.members([glass, hammer]);
    expect(await found({ TagFilters: [{ Key: "for" }] })).to.have.members([glass, hammer]);
    expect(await found({ TagFilters: [{ Key: "for", Values: ["glass"] }] })).to.deep.equal([glass]);
    expect(await found({ TagFilters: [{ Key: "for", Values: ["glass", "hammer"] }] })).to.have.length(2);
    expect(await found({ TagFilters: [{ Key: "for" }, { Key: "team", Values: ["platform"] }] })).to.deep.equal([glass]);
    expect(await found({ TagFilters: [{ Key: "for", Values: ["nail"] }] })).to.deep.equal([]);
  });

  it("a key that waits for its deletion is still found", async () => {
    const KeyId = await makeKey({ for: "glass" });
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    expect(await found({ TagFilters: [{ Key: "for" }] })).to.deep.equal([KeyId]);
  });

  it("goes by pages, and takes no other list's token", async () => {
    const arns = [await makeKey({ for: "a" }), await makeKey({ for: "b" }), await makeKey({ for: "c" })];
    const pages = paginateGetResources({ client: tagging, pageSize: 2 }, { ResourceTypeFilters: ["kms"] });
    const sizes: number[] = [];
    for await (const { ResourceTagMappingList = [] } of pages) sizes.push(ResourceTagMappingList.length);
    expect(sizes).to.deep.equal([2, arns.length - 2]);
    const forged = await refusalOf(found({ PaginationToken: "forged" }));
    expect(forged).to.include({ code: "InvalidParameterException" });
  });

  it("says that it does not model other resources", async () => {
    for (const ResourceTypeFilters of [undefined, [], ["s3:bucket"], ["kms:key", "sns:topic"]]) {
      const refusal = await refusalOf(found({ ResourceTypeFilters }));
      expect(refusal.message).to.include("Finding resources other than KMS keys by their tags");
    }
  });
});
