import {
  type DocumentedRequest,
  type Example,
  fullAccess,
  policy,
  resourceFullAccess,
  roleSession,
  user,
} from "./example.ts";

const bob = user("Bob", "444455556666");
const auditor = roleSession("cross-account-read-only-role", "cross-account-audit-app", "444455556666");
const auditBucket = "arn:aws:s3:::Bucket_AccountAudit";

function onlyFor(Resource: string, ...AWS: readonly string[]): unknown {
  return policy(
    { Effect: "Deny", NotPrincipal: { AWS }, Action: "s3:*", Resource: [Resource, `${Resource}/*`] },
    {
      Effect: "Allow",
      Principal: { AWS: [bob.arn, auditor.arn, "444455556666"] },
      Action: "s3:*",
      Resource: `${Resource}/*`,
    },
  );
}

const bobReads = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::BUCKETNAME/x",
  principal: bob,
  resourceAccountId: "111122223333",
};
const auditorReads = {
  action: "s3:GetObject",
  resource: `${auditBucket}/x`,
  principal: auditor,
  resourceAccountId: "111122223333",
};

function object(key: string, outcome: DocumentedRequest["outcome"]): DocumentedRequest {
  return {
    says: `${key} ${outcome === "allowed" ? "matches" : "does not match"}`,
    action: "s3:GetObject",
    resource: `arn:aws:s3:::amzn-s3-demo-bucket/${key}`,
    outcome,
  };
}

const denied = "implicit deny: identity-based policy";

export const elements: readonly Example[] = [
  {
    title: "IAM JSON policy elements: NotAction",
    page: "reference_policies_elements_notaction",
    policies: { identity: [policy({ Effect: "Allow", NotAction: "s3:DeleteBucket", Resource: "arn:aws:s3:::*" })] },
    requests: [
      {
        says: "every action on S3 resources",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::b/x",
        outcome: "allowed",
      },
      { says: "except for deleting a bucket", action: "s3:DeleteBucket", resource: "arn:aws:s3:::b", outcome: denied },
      { says: 'not ListAllMyBuckets, which requires the "*" resource', action: "s3:ListAllMyBuckets", outcome: denied },
      {
        says: "no actions in other services",
        action: "iam:GetUser",
        resource: "arn:aws:iam::123456789012:user/x",
        outcome: denied,
      },
    ],
  },
  {
    title: "IAM JSON policy elements: NotAction",
    page: "reference_policies_elements_notaction",
    policies: { identity: [policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" })] },
    requests: [
      { says: "every action in every service", action: "sqs:SendMessage", outcome: "allowed" },
      { says: "except for IAM", action: "iam:GetUser", outcome: denied },
    ],
  },
  {
    title: "IAM JSON policy elements: NotAction",
    page: "reference_policies_elements_notaction",
    policies: {
      identity: [
        fullAccess,
        policy({
          Sid: "DenyAllUsersNotUsingMFA",
          Effect: "Deny",
          NotAction: "iam:*",
          Resource: "*",
          Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
        }),
      ],
    },
    requests: [
      {
        says: "signed in with MFA, the statement has no effect",
        action: "s3:GetObject",
        context: { "aws:MultiFactorAuthPresent": "true" },
        outcome: "allowed",
      },
      {
        says: "without MFA, access to non-IAM actions is denied",
        action: "s3:GetObject",
        context: { "aws:MultiFactorAuthPresent": "false" },
        outcome: "explicit deny: identity-based policy",
      },
      {
        says: "and with long-term credentials, whose requests lack the key",
        action: "s3:GetObject",
        outcome: "explicit deny: identity-based policy",
      },
      { says: "IAM actions are not denied", action: "iam:EnableMFADevice", outcome: "allowed" },
    ],
  },
  {
    title: "AWS: Denies access to AWS based on the requested Region",
    page: "reference_policies_examples_aws_deny-requested-region",
    policies: {
      identity: [
        fullAccess,
        policy({
          Effect: "Deny",
          NotAction: ["cloudfront:*", "iam:*", "route53:*", "support:*"],
          Resource: "*",
          Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } },
        }),
      ],
    },
    requests: [
      {
        says: "inside the two Regions",
        action: "ec2:RunInstances",
        context: { "aws:RequestedRegion": "eu-west-1" },
        outcome: "allowed",
      },
      {
        says: "outside of them",
        action: "ec2:RunInstances",
        context: { "aws:RequestedRegion": "us-east-1" },
        outcome: "explicit deny: identity-based policy",
      },
      {
        says: "global services in us-east-1",
        action: "iam:GetUser",
        context: { "aws:RequestedRegion": "us-east-1" },
        outcome: "allowed",
      },
    ],
  },
  {
    title: "IAM JSON policy elements: NotResource",
    page: "reference_policies_elements_notresource",
    policies: {
      identity: [
        fullAccess,
        policy({
          Effect: "Deny",
          Action: "s3:*",
          NotResource: ["arn:aws:s3:::HRBucket/Payroll", "arn:aws:s3:::HRBucket/Payroll/*"],
        }),
      ],
    },
    requests: [
      {
        says: "the Payroll folder is left out",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::HRBucket/Payroll/may",
        outcome: "allowed",
      },
      {
        says: "other folders are denied",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::HRBucket/Hiring/may",
        outcome: "explicit deny: identity-based policy",
      },
    ],
  },
  {
    title: "IAM JSON policy elements: Resource",
    page: "reference_policies_elements_resource",
    policies: {
      identity: [
        policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::amzn-s3-demo-bucket/*/test/*" }),
      ],
    },
    requests: [
      ...["1/test/object.jpg", "1/2/test/object.jpg", "1/2/test/3/object.jpg", "1/2/3/test/4/object.jpg"].map((key) =>
        object(key, "allowed"),
      ),
      ...["1///test///object.jpg", "1/test/.jpg", "/test/object.jpg", "1/test/"].map((key) => object(key, "allowed")),
      ...["1-test/object.jpg", "test/object.jpg", "1/2/test.jpg"].map((key) => object(key, denied)),
    ],
  },
  {
    title: "IAM JSON policy elements: Resource",
    page: "reference_policies_elements_resource",
    policies: {
      identity: [policy({ Effect: "Allow", Action: "iam:GetUser", Resource: "arn:aws:iam::123456789012:user/Bob" })],
    },
    requests: [
      {
        says: "the user named Bob",
        action: "iam:GetUser",
        resource: "arn:aws:iam::123456789012:user/Bob",
        outcome: "allowed",
      },
      {
        says: "the name is case sensitive",
        action: "iam:GetUser",
        resource: "arn:aws:iam::123456789012:user/bob",
        outcome: denied,
      },
    ],
  },
  {
    title: "IAM JSON policy elements: Action",
    page: "reference_policies_elements_action",
    policies: {
      identity: [policy({ Effect: "Allow", Action: ["IAM:ListAccessKeys", "iam:*AccessKey*", "s3:*"], Resource: "*" })],
    },
    requests: [
      { says: "prefix and action name are case insensitive", action: "iam:listaccesskeys", outcome: "allowed" },
      {
        says: "iam:*AccessKey* covers every action with AccessKey in its name",
        action: "iam:UpdateAccessKey",
        outcome: "allowed",
      },
      { says: "and no other", action: "iam:CreateUser", outcome: denied },
    ],
  },
  {
    title: "AWS JSON policy elements: NotPrincipal",
    page: "reference_policies_elements_notprincipal",
    policies: {
      identity: [fullAccess],
      resource: onlyFor("arn:aws:s3:::BUCKETNAME", bob.arn, "arn:aws:iam::444455556666:root"),
    },
    requests: [
      { says: "Bob is spared together with his account", ...bobReads, outcome: "allowed" },
      {
        says: "everybody else is denied",
        ...bobReads,
        principal: user("Alice", "444455556666"),
        outcome: "explicit deny: resource-based policy",
      },
      {
        says: "without the account's ARN Bob might be denied: taken strictly",
        ...bobReads,
        policies: { resource: onlyFor("arn:aws:s3:::BUCKETNAME", bob.arn) },
        outcome: "explicit deny: resource-based policy",
      },
      {
        says: "whoever has a permissions boundary is always denied",
        ...bobReads,
        policies: { permissionsBoundary: fullAccess },
        outcome: "explicit deny: resource-based policy",
      },
    ],
  },
  {
    title: "AWS JSON policy elements: NotPrincipal",
    page: "reference_policies_elements_notprincipal",
    policies: {
      identity: [fullAccess],
      resource: onlyFor(auditBucket, auditor.arn, auditor.roleArn ?? "", "arn:aws:iam::444455556666:root"),
    },
    requests: [
      { says: "the session is spared together with its role and account", ...auditorReads, outcome: "allowed" },
      {
        says: "without the role's ARN the role might be denied: taken strictly",
        ...auditorReads,
        policies: { resource: onlyFor(auditBucket, auditor.arn, "arn:aws:iam::444455556666:root") },
        outcome: "explicit deny: resource-based policy",
      },
    ],
  },
  {
    title: "AWS JSON policy elements: Principal",
    page: "reference_policies_elements_principal",
    policies: { identity: [] },
    requests: [
      {
        says: "an account as principal delegates to the account, whose own policies then decide",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::b/x",
        policies: {
          resource: policy({ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "s3:*", Resource: "*" }),
        },
        outcome: denied,
      },
      {
        says: "a wildcard means everyone",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::b/x",
        policies: { resource: resourceFullAccess },
        outcome: "allowed",
      },
      {
        says: '"*" and {"AWS": "*"} mean the same',
        action: "s3:GetObject",
        resource: "arn:aws:s3:::b/x",
        policies: { resource: policy({ Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Resource: "*" }) },
        outcome: "allowed",
      },
    ],
  },
];
