import * as iam from "@aws-sdk/client-iam";
import * as sns from "@aws-sdk/client-sns";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";
import { expect } from "chai";
import { formTree } from "../../../simulator/wire/form-tree.ts";
import { checkFormTypes } from "../../../simulator/wire/form-types.ts";

const assumeRoot = NormalizedSchema.of(sts.AssumeRootRequest$);
const createLoginProfile = NormalizedSchema.of(iam.CreateLoginProfileRequest$);
const createRole = NormalizedSchema.of(iam.CreateRoleRequest$);

const publish = NormalizedSchema.of(sns.PublishInput$);
const entry = "MessageAttributes.entry.1";

describe("types of query-protocol requests", () => {
  const fitting: readonly (readonly [NormalizedSchema, string])[] = [
    [assumeRoot, "TargetPrincipal=333333333333&TaskPolicyArn.arn=a&DurationSeconds=900"],
    [assumeRoot, "DurationSeconds=-5&Colour=red&Action=AssumeRoot"],
    [createLoginProfile, "PasswordResetRequired=true"],
    [createRole, "Tags.member.1.Key=a&Tags.member.1.Value=&MaxSessionDuration=3600"],
    [createRole, "Tags="],
    [publish, `${entry}.Name=a&${entry}.Value.BinaryValue=aGk%3D`],
  ];
  for (const [schema, form] of fitting) {
    it(`lets ${form} through`, () => {
      checkFormTypes(schema, formTree(new URLSearchParams(form)));
    });
  }

  const misfits: readonly (readonly [NormalizedSchema, string, string])[] = [
    [assumeRoot, "DurationSeconds=abc", '"abc" can not be converted to an Integer'],
    [assumeRoot, "DurationSeconds=1.5", '"1.5" can not be converted to an Integer'],
    [assumeRoot, "DurationSeconds=", '"" can not be converted to an Integer'],
    [assumeRoot, "TaskPolicyArn=arn", "Unexpected text found where a structure, list or map is expected."],
    [assumeRoot, "TargetPrincipal.arn=x", "Start of structure or map found where not expected."],
    [assumeRoot, "TaskPolicyArn.1.arn=x", "Start of list found where not expected."],
    [createLoginProfile, "PasswordResetRequired=maybe", '"maybe" can not be converted to a Boolean'],
    [publish, `${entry}.Name=a&${entry}.Value.BinaryValue=aGk`, "Unable to convert a value to a Blob"],
    [publish, `${entry}.Value.DataType=String`, "An entry of a map has no Name."],
    [publish, "MessageAttributes.entry.Value.DataType=String", "An entry of a map has no Name."],
    [publish, `${entry}.Name=a`, "An entry of a map has no Value."],
    [publish, `${entry}=a`, "Unexpected value found where an entry is expected."],
    [publish, "MessageAttributes.a=b", "A map without an entry."],
    [publish, "MessageAttributes.1.Name=b", "A map without an entry."],
    [publish, "MessageAttributes=b", "Unexpected text found where a structure, list or map is expected."],
    [createRole, "Tags.1.Key=a&Tags.1.Value=b", "Top level element may not be treated as a list"],
    [createRole, "Tags.Key=a&Tags.Value=b", "Unexpected list element termination"],
    [createRole, "Tags.member=a", "Unexpected text found where a structure, list or map is expected."],
    [createRole, "Tags.member.1.Key.x=a", "Start of structure or map found where not expected."],
  ];
  for (const [schema, form, message] of misfits) {
    it(`refuses ${form}`, () => {
      expect(() => {
        checkFormTypes(schema, formTree(new URLSearchParams(form)));
      })
        .to.throw(message)
        .with.property("code", "MalformedInput");
    });
  }

  it("refuses a name with more parts than any model has, before it becomes a tree", () => {
    const form = new URLSearchParams(`Tags.member.1${".member.1".repeat(3000)}.Key=x`);
    expect(() => formTree(form)).to.throw("A parameter's name has too many parts.");
  });
});
