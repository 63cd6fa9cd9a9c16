import { expect } from "chai";
import { sdkName, toCloudFormation, toSdk } from "../../../../simulator/plugins/aws-native/naming.ts";
import { modelledType } from "../../../../simulator/plugins/aws-native/registry.ts";

const { members } = modelledType("aws-native:sso:PermissionSet");

describe("names of the aws-native plugin", () => {
  it("are CloudFormation's with the first letter or the leading acronym in lower case", () => {
    const names = ["InstanceArn", "SSORegion", "ARN", "DBName", "Tags"];
    expect(names.map(sdkName)).to.deep.equal(["instanceArn", "ssoRegion", "arn", "dbName", "tags"]);
  });

  it("are translated all the way down, but for verbatim JSON", () => {
    const sdk = {
      name: "BreakGlassAssumeRoot",
      inlinePolicy: { Version: "2012-10-17", statement: [{ sid: "kept" }] },
      permissionsBoundary: { customerManagedPolicyReference: { name: "boundary", path: "/" } },
      tags: [{ key: "owner", value: "platform" }],
    };
    const cloudFormation = {
      Name: "BreakGlassAssumeRoot",
      InlinePolicy: { Version: "2012-10-17", statement: [{ sid: "kept" }] },
      PermissionsBoundary: { CustomerManagedPolicyReference: { Name: "boundary", Path: "/" } },
      Tags: [{ Key: "owner", Value: "platform" }],
    };
    expect(toCloudFormation(members, sdk)).to.deep.equal(cloudFormation);
    expect(toSdk(members, cloudFormation)).to.deep.equal(sdk);
  });
});
