import { expect } from "chai";
import { checkInputs } from "../../../../simulator/plugins/aws/check.ts";
import { modelledType, refusalOf } from "../../../../simulator/plugins/aws/registry.ts";
import { type PropertyBag, unknownValue } from "../../../../simulator/plugins/protocol/property-bag.ts";
import type { CheckResult } from "../../../../simulator/plugins/protocol/provider.ts";

function check(token: string, newInputs: PropertyBag, oldInputs: PropertyBag = {}): CheckResult {
  const request = {
    type: token,
    name: "Orders",
    oldInputs,
    newInputs,
    randomSeed: Uint8Array.of(1),
    autonaming: undefined,
  };
  return checkInputs(modelledType(token), request, "ap-northeast-2");
}

const queue = "aws:sqs/queue:Queue";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";

describe("checking inputs of the aws plugin", () => {
  it("fills in defaults, a name, the Region and all tags, and says which", () => {
    const { inputs, failures } = check(queue, { tags: { drill: "sqs" } });
    expect(failures).to.deep.equal([]);
    expect(inputs).to.deep.include({
      delaySeconds: 0,
      maxMessageSize: 262_144,
      messageRetentionSeconds: 345_600,
      receiveWaitTimeSeconds: 0,
      visibilityTimeoutSeconds: 30,
      region: "ap-northeast-2",
      tags: { drill: "sqs" },
      tagsAll: { drill: "sqs" },
    });
    expect(inputs["name"]).to.match(/^Orders-[0-9a-f]{7}$/);
    expect(inputs["__defaults"]).to.include.members(["name", "delaySeconds"]);
  });

  it("keeps an automatic name, and makes a new one when a given name is taken away", () => {
    const first = check(queue, {}).inputs;
    const later = checkInputs(
      modelledType(queue),
      {
        type: queue,
        name: "Orders",
        oldInputs: first,
        newInputs: {},
        randomSeed: Uint8Array.of(2),
        autonaming: undefined,
      },
      "ap-northeast-2",
    );
    expect(later.inputs["name"]).to.equal(first["name"]);
    expect(check(queue, {}, check(queue, { name: "given" }).inputs).inputs["name"]).not.to.equal("given");
  });

  it("makes text of policy objects", () => {
    const policy = { Version: "2012-10-17", Statement: [] };
    expect(check(bucketPolicy, { bucket: "b", policy }).inputs["policy"]).to.equal(JSON.stringify(policy));
  });

  it("leaves alone what is not known yet", () => {
    const { inputs, failures } = check(bucketPolicy, { bucket: unknownValue, policy: unknownValue });
    expect(failures).to.deep.equal([]);
    expect(inputs).to.include({ bucket: unknownValue, policy: unknownValue });
  });

  it("names what is missing", () => {
    expect(check(bucketPolicy, { bucket: "b" }).failures).to.deep.equal([
      {
        property: "policy",
        reason: 'Missing required argument. The argument "policy" is required, but no definition was found.',
      },
    ]);
  });

  it("refuses by name a property that the stand-in does not model", () => {
    const { failures } = check("aws:s3/bucket:Bucket", { website: { indexDocument: "i" }, toString: "x" });
    expect(failures.map(({ property }) => property)).to.deep.equal(["website", "toString"]);
    expect(failures[0]?.reason).to.equal(
      'The stand-in for the aws plugin does not model the property "website" of aws:s3/bucket:Bucket and refuses it: ' +
        "leave it out, or use the official plugin.",
    );
  });

  it("refuses values of the wrong kind", () => {
    expect(check(queue, { delaySeconds: 901 }).failures[0]?.property).to.equal("delaySeconds");
    expect(
      check("aws:iam/organizationsFeatures:OrganizationsFeatures", { enabledFeatures: ["Root"] }).failures[0]?.property,
    ).to.equal("enabledFeatures");
  });

  it("refuses by name a resource type that the stand-in does not model", () => {
    expect(refusalOf("aws:dynamodb/table:Table")).to.match(
      /^The stand-in for the aws plugin does not model .* aws:dynamodb\/table:Table and refuses it/,
    );
    expect(refusalOf(queue)).to.equal(undefined);
  });
});
