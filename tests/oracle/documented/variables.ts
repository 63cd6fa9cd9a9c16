import { type Example, policy } from "./example.ts";

const denied = "implicit deny: identity-based policy";
const title = "IAM policy elements: Variables and tags";
const page = "reference_policies_variables";

const ownFolder = {
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: ["arn:aws:s3:::mybucket/${aws:username}/*"],
};

export const variables: readonly Example[] = [
  {
    title,
    page,
    policies: {
      identity: [
        policy(ownFolder, {
          Action: ["s3:ListBucket"],
          Effect: "Allow",
          Resource: ["arn:aws:s3:::mybucket"],
          Condition: { StringLike: { "s3:prefix": ["${aws:username}/*"] } },
        }),
      ],
    },
    requests: [
      {
        says: "one's own objects",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::mybucket/David/x",
        context: { "aws:username": "David" },
        outcome: "allowed",
      },
      {
        says: "somebody else's",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::mybucket/Adele/x",
        context: { "aws:username": "David" },
        outcome: denied,
      },
      {
        says: "one's own listing",
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::mybucket",
        context: { "aws:username": "David", "s3:prefix": "David/a" },
        outcome: "allowed",
      },
      {
        says: "somebody else's listing",
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::mybucket",
        context: { "aws:username": "David", "s3:prefix": "Adele/a" },
        outcome: denied,
      },
      {
        says: "a key that is not present: any attempt to match fails",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::mybucket/David/x",
        outcome: denied,
      },
    ],
  },
  {
    title: "IAM JSON policy elements: Version",
    page: "reference_policies_elements_version",
    policies: { identity: [{ Statement: [ownFolder] }] },
    requests: [
      {
        says: "without Version a variable is a literal string",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::mybucket/David/x",
        context: { "aws:username": "David" },
        outcome: denied,
      },
      {
        says: "which matches itself",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::mybucket/${aws:username}/x",
        context: { "aws:username": "David" },
        outcome: "allowed",
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [
        policy({
          Action: ["iam:*AccessKey*"],
          Effect: "Allow",
          Resource: ["arn:aws:iam::123456789012:user/${aws:username}"],
        }),
      ],
    },
    requests: [
      {
        says: "each user manages their own access keys",
        action: "iam:CreateAccessKey",
        resource: "arn:aws:iam::123456789012:user/David",
        context: { "aws:username": "David" },
        outcome: "allowed",
      },
      {
        says: "and nobody else's",
        action: "iam:CreateAccessKey",
        resource: "arn:aws:iam::123456789012:user/Adele",
        context: { "aws:username": "David" },
        outcome: denied,
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [
        policy({ Effect: "Allow", Action: "sqs:*", Resource: "arn:aws:sqs:us-east-2:*:${aws:username}-queue" }),
      ],
    },
    requests: [
      {
        says: "a queue with the user's name in us-east-2",
        action: "sqs:DeleteQueue",
        resource: "arn:aws:sqs:us-east-2:123456789012:David-queue",
        context: { "aws:username": "David" },
        outcome: "allowed",
      },
      {
        says: "in another Region",
        action: "sqs:DeleteQueue",
        resource: "arn:aws:sqs:us-east-1:123456789012:David-queue",
        context: { "aws:username": "David" },
        outcome: denied,
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [
        policy({ Effect: "Allow", Action: "s3:*", Resource: ["arn:aws:s3:::bucket/${aws:PrincipalTag/department}"] }),
      ],
    },
    requests: [
      {
        says: "what is named like the department tag",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/hr",
        context: { "aws:PrincipalTag/department": "hr" },
        outcome: "allowed",
      },
      {
        says: "not for a user without the tag",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/hr",
        outcome: denied,
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [
        policy({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::bucket/${aws:userid, 'anonymous'}" }),
      ],
    },
    requests: [
      {
        says: "the default value stands in where the key is missing",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/anonymous",
        outcome: "allowed",
      },
      {
        says: "and only there",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/anonymous",
        context: { "aws:userid": "AIDA1" },
        outcome: denied,
      },
    ],
  },
  {
    title,
    page,
    policies: { identity: [policy({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::bucket/a${*}b" })] },
    requests: [
      { says: "${*} is an asterisk", action: "s3:GetObject", resource: "arn:aws:s3:::bucket/a*b", outcome: "allowed" },
      { says: "and no wildcard", action: "s3:GetObject", resource: "arn:aws:s3:::bucket/axb", outcome: denied },
    ],
  },
  {
    title: "Single-valued vs. multivalued context keys",
    page: "reference_policies_condition-single-vs-multi-valued-context-keys",
    policies: {
      identity: [policy({ Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::bucket/${aws:TagKeys}" })],
    },
    requests: [
      {
        says: "a multivalued key cannot be used as a variable",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::bucket/a",
        context: { "aws:TagKeys": ["a", "b"] },
        outcome: denied,
      },
    ],
  },
];
