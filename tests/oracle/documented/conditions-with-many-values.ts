import { allowIf, denyIf } from "./condition-example.ts";
import type { Example } from "./example.ts";

const manyTitle = "Conditions with multiple context keys or values";
const manyPage = "reference_policies_condition-logic-multiple-context-keys-or-values";
const multivaluedTitle = "Multivalued context key examples";
const multivaluedPage = "reference_policies_condition_examples-multi-valued-context-keys";

export const conditionsWithManyValues: readonly Example[] = [
  {
    title: manyTitle,
    page: manyPage,
    ...allowIf(
      {
        StringEquals: {
          "aws:PrincipalTag/department": ["finance", "hr", "legal"],
          "aws:PrincipalTag/role": ["audit", "security"],
        },
        ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:user/Ana", "arn:aws:iam::222222222222:user/Mary"] },
      },
      [
        "one value of each tag and one of the ARNs",
        {
          "aws:PrincipalTag/department": "legal",
          "aws:PrincipalTag/role": "audit",
          "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Mary",
        },
        true,
      ],
      [
        "another department",
        {
          "aws:PrincipalTag/department": "it",
          "aws:PrincipalTag/role": "audit",
          "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Mary",
        },
        false,
      ],
      [
        "no role tag",
        { "aws:PrincipalTag/department": "hr", "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Mary" },
        false,
      ],
      [
        "another user",
        {
          "aws:PrincipalTag/department": "hr",
          "aws:PrincipalTag/role": "audit",
          "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Nikhil",
        },
        false,
      ],
    ),
  },
  {
    title: manyTitle,
    page: manyPage,
    ...denyIf(
      { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } },
      ["NOR: one of the values", { "aws:RequestedRegion": "eu-west-1" }, false],
      ["none of them", { "aws:RequestedRegion": "us-east-1" }, true],
    ),
  },
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { Null: { "aws:TagKeys": "false" }, "ForAllValues:StringLike": { "aws:TagKeys": ["key1*", "key2*", "key3*"] } },
      ["every tag key has one of the prefixes", { "aws:TagKeys": ["key1-a", "key3"] }, true],
      ["one has another", { "aws:TagKeys": ["key1-a", "other"] }, false],
      ["no tag keys at all: Null keeps the Deny away", {}, false],
      ["nor an empty one", { "aws:TagKeys": "" }, false],
    ),
  },
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { "ForAllValues:StringLike": { "aws:TagKeys": ["key1*"] } },
      ["without Null, ForAllValues is true for a request without the key", {}, true],
      ["and for a null dataset, such as an empty string", { "aws:TagKeys": "" }, true],
    ),
  },
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { "ForAnyValue:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } },
      ["one of the tag keys is among them", { "aws:TagKeys": ["owner", "webserver"] }, true],
      ["none is", { "aws:TagKeys": ["owner"] }, false],
      ["the key is not in the request", {}, false],
    ),
  },
  {
    title: "Creating a condition that tests multiple key values (set operations)",
    page: "reference_policies_multi-value-conditions",
    ...allowIf(
      { "ForAllValues:StringLike": { "dynamodb:requestedAttributes": ["PostDateTime", "Message", "Tags"] } },
      ["PostDateTime and Message", { "dynamodb:requestedAttributes": ["PostDateTime", "Message"] }, true],
      ["a request that includes ID fails", { "dynamodb:requestedAttributes": ["PostDateTime", "ID"] }, false],
      ["PostDateTime and UserName fail", { "dynamodb:requestedAttributes": ["PostDateTime", "UserName"] }, false],
    ),
  },
  {
    title: "Creating a condition that tests multiple key values (set operations)",
    page: "reference_policies_multi-value-conditions",
    ...denyIf(
      { "ForAnyValue:StringLike": { "dynamodb:requestedAttributes": ["ID", "PostDateTime"] } },
      ["PostDateTime and Message", { "dynamodb:requestedAttributes": ["PostDateTime", "Message"] }, true],
      [
        "UserName, Message and PostDateTime",
        { "dynamodb:requestedAttributes": ["UserName", "Message", "PostDateTime"] },
        true,
      ],
      ["just UserName", { "dynamodb:requestedAttributes": ["UserName"] }, false],
      ["an empty data set: ForAnyValue returns false", { "dynamodb:requestedAttributes": "" }, false],
    ),
  },
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { "ForAllValues:StringNotLike": { "aws:TagKeys": "key1*" } },
      ["no tag key has the prefix", { "aws:TagKeys": ["key2", "key3"] }, true],
      ["one has it", { "aws:TagKeys": ["key1:legal", "key2"] }, false],
      ["all have it", { "aws:TagKeys": ["key1:hr", "key1:legal"] }, false],
    ),
  },
];
