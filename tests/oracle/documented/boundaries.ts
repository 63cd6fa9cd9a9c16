import { type Example, fullAccess, policy, user } from "./example.ts";

const shirley = user("ShirleyRodriguez");
const zhang = user("Zhang");
const nikhil = user("Nikhil");
const companyBoundary = `arn:aws:iam::111122223333:policy/XCompanyBoundaries`;

const zhangsBoundary = policy(
  {
    Effect: "Allow",
    Action: ["iam:CreateUser", "iam:AttachUserPolicy", "iam:PutUserPermissionsBoundary"],
    Resource: "*",
    Condition: { StringEquals: { "iam:PermissionsBoundary": companyBoundary } },
  },
  { Effect: "Allow", Action: ["cloudwatch:*", "iam:GetUser", "iam:*Group*", "iam:DeletePolicy"], Resource: "*" },
  {
    Effect: "Deny",
    Action: ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:SetDefaultPolicyVersion"],
    Resource: [companyBoundary, "arn:aws:iam::123456789012:policy/DelegatedUserBoundary"],
  },
  { Effect: "Deny", Action: "iam:DeleteUserPermissionsBoundary", Resource: "*" },
);

const zhangsPermissions = policy(
  { Effect: "Allow", Action: "iam:*", Resource: "*" },
  { Effect: "Allow", Action: ["cloudwatch:GetDashboard", "cloudwatch:ListMetrics"], Resource: "*" },
  { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::ZhangBucket" },
);

const nikhilsBoundary = policy(
  { Effect: "Allow", Action: ["s3:*", "cloudwatch:*", "ec2:*", "dynamodb:*"], Resource: "*" },
  {
    Effect: "Allow",
    Action: ["iam:*AccessKey*", "iam:ChangePassword", "iam:GetUser"],
    Resource: ["arn:aws:iam::*:user/${aws:username}"],
  },
  { Effect: "Deny", Action: "s3:*", Resource: ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"] },
  { Effect: "Deny", Action: "ec2:*", Resource: "arn:aws:ec2:*:*:instance/i-1234567890abcdef0" },
);
const instance = "arn:aws:ec2:us-east-1:123456789012:instance/i-1234567890abcdef0";
const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s";

function grantToNikhil(Action: string, Resource: string): unknown {
  return policy({ Effect: "Allow", Principal: { AWS: nikhil.arn }, Action, Resource });
}

const title = "Permissions boundaries for IAM entities";
const page = "access_policies_boundaries";

export const boundaries: readonly Example[] = [
  {
    title,
    page,
    policies: {
      identity: [policy({ Effect: "Allow", Action: "iam:CreateUser", Resource: "*" })],
      permissionsBoundary: policy({ Effect: "Allow", Action: ["s3:*", "cloudwatch:*", "ec2:*"], Resource: "*" }),
    },
    requests: [
      {
        says: "Shirley cannot create a user: the boundary does not allow it",
        action: "iam:CreateUser",
        principal: shirley,
        outcome: "implicit deny: permissions boundary",
      },
      {
        says: "the boundary provides no permissions on its own",
        action: "s3:ListAllMyBuckets",
        principal: shirley,
        outcome: "implicit deny: identity-based policy",
      },
      {
        says: "with a permissions policy in Amazon S3 she can use it",
        action: "s3:ListAllMyBuckets",
        principal: shirley,
        policies: { identity: [fullAccess] },
        outcome: "allowed",
      },
    ],
  },
  {
    title,
    page,
    policies: { identity: [zhangsPermissions], permissionsBoundary: zhangsBoundary },
    requests: [
      {
        says: "Zhang creates a user without a boundary: access is denied",
        action: "iam:CreateUser",
        principal: zhang,
        outcome: "implicit deny: permissions boundary",
      },
      {
        says: "with XCompanyBoundaries the user is created",
        action: "iam:CreateUser",
        principal: zhang,
        context: { "iam:PermissionsBoundary": companyBoundary },
        outcome: "allowed",
      },
      {
        says: "he is not allowed to change a policy that sets a boundary",
        action: "iam:DeletePolicy",
        resource: companyBoundary,
        principal: zhang,
        outcome: "explicit deny: permissions boundary",
      },
      {
        says: "nor to delete anybody's boundary",
        action: "iam:DeleteUserPermissionsBoundary",
        principal: zhang,
        outcome: "explicit deny: permissions boundary",
      },
      {
        says: "in CloudWatch his permissions policy is what limits him",
        action: "cloudwatch:PutDashboard",
        principal: zhang,
        outcome: "implicit deny: identity-based policy",
      },
      { says: "and allows him some of it", action: "cloudwatch:ListMetrics", principal: zhang, outcome: "allowed" },
      {
        says: "his boundary allows no Amazon S3 action, whatever his permissions policy says",
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::ZhangBucket",
        principal: zhang,
        outcome: "implicit deny: permissions boundary",
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [
        policy(
          { Effect: "Allow", Action: "iam:*", Resource: "*" },
          { Effect: "Allow", Action: ["s3:Get*", "s3:List*"], Resource: "*" },
        ),
      ],
      permissionsBoundary: nikhilsBoundary,
    },
    requests: [
      {
        says: "Nikhil can change his own password",
        action: "iam:ChangePassword",
        resource: nikhil.arn,
        principal: nikhil,
        context: { "aws:username": "Nikhil" },
        outcome: "allowed",
      },
      {
        says: "he can't create another user",
        action: "iam:CreateUser",
        resource: "arn:aws:iam::123456789012:user/other",
        principal: nikhil,
        context: { "aws:username": "Nikhil" },
        outcome: "implicit deny: permissions boundary",
      },
      {
        says: "he cannot view the logs bucket",
        action: "s3:GetObject",
        resource: "arn:aws:s3:::logs/x",
        principal: nikhil,
        context: { "aws:username": "Nikhil" },
        outcome: "explicit deny: permissions boundary",
      },
      {
        says: "a resource-based policy does not help against the boundary's explicit deny",
        action: "ec2:StartInstances",
        resource: instance,
        principal: nikhil,
        policies: { resource: grantToNikhil("ec2:StartInstances", instance) },
        outcome: "explicit deny: permissions boundary",
      },
      {
        says: "it does where the boundary only does not allow",
        action: "secretsmanager:GetSecretValue",
        resource: secret,
        principal: nikhil,
        policies: { resource: grantToNikhil("secretsmanager:GetSecretValue", secret) },
        outcome: "allowed",
      },
    ],
  },
];
