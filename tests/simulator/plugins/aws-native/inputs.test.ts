import { expect } from "chai";
import { checkInputs } from "../../../../simulator/plugins/aws-native/check.ts";
import { resourceDifference } from "../../../../simulator/plugins/aws-native/difference.ts";
import { patchDocument } from "../../../../simulator/plugins/aws-native/patch.ts";
import { modelledType, refusalOf } from "../../../../simulator/plugins/aws-native/registry.ts";
import { type PropertyBag, unknownValue } from "../../../../simulator/plugins/protocol/property-bag.ts";
import type { CheckResult, Difference } from "../../../../simulator/plugins/protocol/provider.ts";

const permissionSet = modelledType("aws-native:sso:PermissionSet");
const assignment = modelledType("aws-native:sso:Assignment");

function check(type: typeof permissionSet, newInputs: PropertyBag, name = "set"): CheckResult {
  const request = {
    type: type.token,
    name,
    oldInputs: {},
    newInputs,
    randomSeed: Uint8Array.of(1),
    autonaming: undefined,
  };
  return checkInputs(type, request);
}

function difference(type: typeof permissionSet, oldInputs: PropertyBag, newInputs: PropertyBag): Difference {
  return resourceDifference(type, { type: type.token, oldInputs, oldState: {}, newInputs, ignoreChanges: [] });
}

describe("inputs of the aws-native plugin", () => {
  it("pass when the schema has them, and get a name", () => {
    const { inputs, failures } = check(permissionSet, { instanceArn: unknownValue, inlinePolicy: { any: [1] } });
    expect(failures).to.deep.equal([]);
    expect(inputs["name"]).to.match(/^set-[0-9a-f]{7}$/);
  });

  it("are refused by name when it has not, at any depth", () => {
    const given = { instanceArn: "i", tags: [{ key: "a", value: "b", colour: "c" }], permissionSetArn: "x" };
    const { failures } = check(permissionSet, given);
    expect(failures.map(({ property }) => property)).to.deep.equal(["tags[0].colour", "permissionSetArn"]);
    expect(failures[0]?.reason).to.match(
      /^The stand-in for the aws-native plugin does not model the property "tags\[0\].colour"/,
    );
  });

  it("fail when one is missing, not among those allowed, or cannot be named", () => {
    const { failures } = check(assignment, { principalType: "ROLE" });
    expect(failures.map(({ property }) => property)).to.include.members(["principalType", "instanceArn", "targetId"]);
    expect(check(permissionSet, { instanceArn: "i" }, "n".repeat(30)).failures[0]?.reason).to.match(
      /longer than maximum length 32/,
    );
  });

  it("of another type are refused by the type's name", () => {
    expect(refusalOf("aws-native:s3:Bucket")).to.match(
      /does not model the resource type aws-native:s3:Bucket and refuses it/,
    );
  });
});

describe("differences of the aws-native plugin", () => {
  it("are between old and new inputs, whole members at a time", () => {
    const old = { instanceArn: "i", name: "n", description: "d", managedPolicies: ["a"] };
    const asked = { instanceArn: "i", name: "n", managedPolicies: ["a", "b"], sessionDuration: "PT1H" };
    expect(
      difference(permissionSet, old, asked).changes.map(({ property, kind }) => `${kind} ${property}`),
    ).to.deep.equal(["delete description", "update managedPolicies", "add sessionDuration"]);
    expect(patchDocument(permissionSet, old, asked)).to.deep.equal([
      { op: "remove", path: "/Description" },
      { op: "replace", path: "/ManagedPolicies", value: ["a", "b"] },
      { op: "add", path: "/SessionDuration", value: "PT1H" },
    ]);
    expect(difference(permissionSet, old, old).changes).to.deep.equal([]);
  });

  it("replace an assignment by deleting it first, a permission set under a new name by creating first", () => {
    const moved = difference(assignment, { targetId: "222222222222" }, { targetId: "333333333333" });
    expect([moved.changes[0]?.replaces, moved.deleteBeforeReplace]).to.deep.equal([true, true]);
    const renamed = difference(permissionSet, { name: "a" }, { name: "b" });
    expect([renamed.changes[0]?.replaces, renamed.deleteBeforeReplace]).to.deep.equal([true, false]);
  });
});
