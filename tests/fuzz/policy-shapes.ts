import { sandboxAccounts } from "#simulator";
import type { PolicyShape } from "./policy-texts.ts";

export type PlaceName =
  | "bucket policy"
  | "queue policy"
  | "key policy"
  | "topic policy"
  | "inline policy of a user"
  | "inline policy of a role"
  | "trust policy"
  | "session policy"
  | "service control policy"
  | "resource control policy"
  | "inline policy of a permission set";

const { orders, payments, closed } = sandboxAccounts;
const principals = [
  "*",
  { AWS: "*" },
  { AWS: orders },
  { AWS: `arn:aws:iam::${orders}:root` },
  { AWS: [`arn:aws:iam::${orders}:user/administrator`, payments] },
  { AWS: `arn:aws:iam::${orders}:user/nobody` },
  { Service: "events.amazonaws.com" },
  { AWS: closed },
];
const effects = ["Allow", "Deny"];
// Patterns with many stars are what a careless matcher takes exponential time for.
const stars = `${"*a".repeat(40)}b`;
const identity: PolicyShape = {
  effects: ["Allow", "Allow", "Deny"],
  actions: ["*", "iam:*", "sts:Get*", "iam:ListUsers", "s3:?istAllMyBuckets", `iam:${stars}`],
  resources: ["*", "*", `arn:aws:iam::${orders}:*`, "arn:aws:s3:::${aws:username}", `arn:aws:iam::*:${stars}`],
};

/** What is drawn for each place. */
export const policyShapes: readonly (readonly [PlaceName, PolicyShape])[] = [
  [
    "bucket policy",
    {
      principals,
      effects,
      actions: ["s3:*", "s3:ListBucket", "s3:List*", "*", `s3:${stars}`],
      resources: ["arn:aws:s3:::fuzz-bucket", "arn:aws:s3:::fuzz-bucket/*", "arn:aws:s3:::fuzz-*", "*"],
    },
  ],
  [
    "queue policy",
    { principals, effects, actions: ["sqs:*", "sqs:ListQueueTags", "SQS:List*", "sqs:SendMessage"], resources: ["*"] },
  ],
  ["key policy", { principals, effects: ["Allow"], actions: ["kms:*", "kms:Describe*", "kms:Put*"], resources: ["*"] }],
  [
    "topic policy",
    {
      principals,
      effects,
      actions: ["sns:GetTopicAttributes", "SNS:Get*", "sns:*", "sns:SetTopicAttributes", "*"],
      resources: [`arn:aws:sns:ap-northeast-2:${orders}:fuzz-*`, "*"],
    },
  ],
  ["inline policy of a user", identity],
  ["inline policy of a role", identity],
  ["trust policy", { principals, effects, actions: ["sts:AssumeRole", "sts:*", "sts:TagSession"] }],
  ["session policy", identity],
  ["service control policy", { ...identity, effects: ["Deny", "Allow"] }],
  [
    "resource control policy",
    {
      principals: ["*"],
      effects: ["Deny"],
      actions: ["s3:*", "s3:ListBucket", "sqs:*", "s3:Get*"],
      resources: ["*", "arn:aws:s3:::fuzz-bucket"],
    },
  ],
  ["inline policy of a permission set", identity],
];
