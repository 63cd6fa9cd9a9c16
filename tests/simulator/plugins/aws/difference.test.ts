import { expect } from "chai";
import { resourceDifference } from "../../../../simulator/plugins/aws/difference.ts";
import { modelledType } from "../../../../simulator/plugins/aws/registry.ts";
import { type PropertyBag, unknownValue } from "../../../../simulator/plugins/protocol/property-bag.ts";
import type { Difference } from "../../../../simulator/plugins/protocol/provider.ts";

function difference(
  token: string,
  oldState: PropertyBag,
  newInputs: PropertyBag,
  ignoreChanges: string[] = [],
): Difference {
  return resourceDifference(modelledType(token), { type: token, oldInputs: {}, oldState, newInputs, ignoreChanges });
}

const queue = "aws:sqs/queue:Queue";
const bucketPolicy = "aws:s3/bucketPolicy:BucketPolicy";
const policy = '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*"}]}';

describe("differences of the aws plugin", () => {
  it("are none where the state is what is asked for, in whatever form", () => {
    const asked = '{ "Statement": {"Action": ["s3:*"], "Effect": "Deny", "Principal": {"AWS": "*"}} }';
    expect(difference(bucketPolicy, { bucket: "b", policy }, { bucket: "b", policy: asked }).changes).to.deep.equal([]);
  });

  it("are none where AWS filled in what the program leaves out", () => {
    const state = { name: "q", policy, sqsManagedSseEnabled: true, tags: {} };
    expect(difference(queue, state, { name: "q" }).changes).to.deep.equal([]);
  });

  it("ignore the order of sets", () => {
    const features = "aws:iam/organizationsFeatures:OrganizationsFeatures";
    const [one, other] = ["RootSessions", "RootCredentialsManagement"];
    expect(difference(features, { enabledFeatures: [one, other] }, { enabledFeatures: [other, one] }).changes).to.be
      .empty;
    expect(difference(features, { enabledFeatures: [one] }, { enabledFeatures: [other, one] }).changes).to.have.length(
      1,
    );
  });

  it("find what is added, changed and taken away", () => {
    const state = { name: "q", delaySeconds: 0, tags: { a: "1" } };
    const { changes } = difference(queue, state, { name: "q", delaySeconds: 5, visibilityTimeoutSeconds: 9 });
    expect(changes.map(({ property, kind }) => `${kind} ${property}`)).to.deep.equal([
      "update delaySeconds",
      "add visibilityTimeoutSeconds",
      "delete tags",
    ]);
    expect(changes.some(({ replaces }) => replaces)).to.equal(false);
  });

  it("replace where an identity changes, and count an unknown as a change", () => {
    const { changes, stable } = difference(
      bucketPolicy,
      { bucket: "b", policy, region: "r" },
      { bucket: unknownValue, policy, region: "r" },
    );
    expect(changes).to.deep.equal([{ property: "bucket", kind: "update", replaces: true, betweenInputs: false }]);
    expect(stable).to.deep.equal(["region"]);
  });

  it("delete first only where the new resource would have the old one's name", () => {
    const given = { name: "q", region: "b", __defaults: [] };
    const automatic = { name: "q", region: "b", __defaults: ["name"] };
    expect(difference(queue, { name: "q", region: "a" }, given).deleteBeforeReplace).to.equal(true);
    expect(difference(queue, { name: "q", region: "a" }, automatic).deleteBeforeReplace).to.equal(false);
    expect(difference(queue, { name: "p", region: "b" }, given).deleteBeforeReplace).to.equal(false);
  });

  it("leave out what the program wants ignored", () => {
    expect(difference(queue, { name: "q", tags: { a: "1" } }, { name: "q" }, ["tags.a"]).changes).to.deep.equal([]);
  });
});
