import { type Example, fullAccess, policy, user } from "./example.ts";

const refused = "explicit deny: resource-based policy";
const title = "Examples of Amazon S3 bucket policies";
const page = "AmazonS3/latest/userguide/example-bucket-policies";
const bucket = "arn:aws:s3:::amzn-s3-demo-bucket";
const whole = [bucket, `${bucket}/*`];
const read = { action: "s3:GetObject", resource: `${bucket}/x` };
const write = { action: "s3:PutObject", resource: `${bucket}/x` };
const others = user("uploader", "111122223333");

export const buckets: readonly Example[] = [
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy({
        Sid: "RestrictToTLSRequestsOnly",
        Action: "s3:*",
        Effect: "Deny",
        Resource: whole,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        Principal: "*",
      }),
    },
    requests: [
      { says: "HTTP is denied", ...read, context: { "aws:SecureTransport": "false" }, outcome: refused },
      { says: "HTTPS is not", ...read, context: { "aws:SecureTransport": "true" }, outcome: "allowed" },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy({
        Sid: "IPAllow",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: whole,
        Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
      }),
    },
    requests: [
      { says: "from the range", ...read, context: { "aws:SourceIp": "192.0.2.77" }, outcome: "allowed" },
      { says: "from elsewhere", ...read, context: { "aws:SourceIp": "198.51.100.1" }, outcome: refused },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy({
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
        Resource: whole,
        Condition: {
          IpAddress: { "aws:SourceIp": ["54.240.143.0/24", "2001:DB8:1234:5678::/64"] },
          NotIpAddress: { "aws:SourceIp": ["54.240.143.128/30", "2001:DB8:1234:5678:ABCD::/80"] },
        },
      }),
    },
    requests: [
      {
        says: "the IPv4 range",
        ...read,
        policies: { identity: [] },
        context: { "aws:SourceIp": "54.240.143.1" },
        outcome: "allowed",
      },
      {
        says: "the IPv6 range",
        ...read,
        policies: { identity: [] },
        context: { "aws:SourceIp": "2001:DB8:1234:5678::1" },
        outcome: "allowed",
      },
      {
        says: "the part left out of it",
        ...read,
        policies: { identity: [] },
        context: { "aws:SourceIp": "2001:DB8:1234:5678:ABCD::1" },
        outcome: "implicit deny: identity-based policy",
      },
      {
        says: "and of the IPv4 range",
        ...read,
        policies: { identity: [] },
        context: { "aws:SourceIp": "54.240.143.129" },
        outcome: "implicit deny: identity-based policy",
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy(
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: `${bucket}/taxdocuments/*`,
          Condition: { Null: { "aws:MultiFactorAuthAge": true } },
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: `${bucket}/taxdocuments/*`,
          Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": 3600 } },
        },
      ),
    },
    requests: [
      { says: "without MFA", action: "s3:GetObject", resource: `${bucket}/taxdocuments/2020`, outcome: refused },
      {
        says: "with MFA an hour ago or less",
        action: "s3:GetObject",
        resource: `${bucket}/taxdocuments/2020`,
        context: { "aws:MultiFactorAuthAge": "3600" },
        outcome: "allowed",
      },
      {
        says: "with MFA longer ago",
        action: "s3:GetObject",
        resource: `${bucket}/taxdocuments/2020`,
        context: { "aws:MultiFactorAuthAge": "3601" },
        outcome: refused,
      },
      { says: "other folders", ...read, outcome: "allowed" },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy({
        Sid: "PolicyForAllowUploadWithACL",
        Effect: "Allow",
        Principal: { AWS: "111122223333" },
        Action: "s3:PutObject",
        Resource: `${bucket}/*`,
        Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
      }),
    },
    requests: [
      {
        says: "an upload that gives the owner full control",
        ...write,
        principal: others,
        resourceAccountId: "123456789012",
        context: { "s3:x-amz-acl": "bucket-owner-full-control" },
        outcome: "allowed",
      },
      {
        says: "one that does not say so",
        ...write,
        principal: others,
        resourceAccountId: "123456789012",
        outcome: "implicit deny: resource-based policy",
      },
      {
        says: "reading",
        ...read,
        principal: others,
        resourceAccountId: "123456789012",
        outcome: "implicit deny: resource-based policy",
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy({
        Sid: "DenyObjectsThatAreNotSSEKMS",
        Principal: "*",
        Effect: "Deny",
        Action: "s3:PutObject",
        Resource: `${bucket}/*`,
        Condition: { Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "true" } },
      }),
    },
    requests: [
      { says: "an upload without a KMS key", ...write, outcome: refused },
      {
        says: "one with",
        ...write,
        context: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "arn:aws:kms:us-east-1:123456789012:key/1" },
        outcome: "allowed",
      },
    ],
  },
  {
    title: "Controlling access from VPC endpoints with bucket policies",
    page: "AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint",
    policies: {
      identity: [fullAccess],
      resource: policy({
        Sid: "Access-to-specific-VPCE-only",
        Principal: "*",
        Action: "s3:*",
        Effect: "Deny",
        Resource: whole,
        Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-0abcdef1234567890" } },
      }),
    },
    requests: [
      {
        says: "through the endpoint",
        ...read,
        context: { "aws:SourceVpce": "vpce-0abcdef1234567890" },
        outcome: "allowed",
      },
      { says: "through another", ...read, context: { "aws:SourceVpce": "vpce-1" }, outcome: refused },
      { says: "not through one: this locks the console out", ...read, outcome: refused },
    ],
  },
];
