import { type Example, fullAccess, policy, resourceFullAccess, roleSession, user } from "./example.ts";

const title = "AWS JSON policy elements: Principal";
const page = "reference_policies_elements_principal";
const session = roleSession("role-name", "role-session-name");
const nothing = policy({ Effect: "Allow", Action: "ec2:*", Resource: "*" });
const read = { action: "s3:GetObject", resource: "arn:aws:s3:::BUCKETNAME/x" };
const named = user("user-name", "444455556666");
const abroad = { ...read, resourceAccountId: "123456789012" };
const ofRole = { "aws:PrincipalArn": session.roleArn ?? "" };

const everyoneWhoIsTheRole = policy({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { ArnEquals: { "aws:PrincipalArn": session.roleArn } },
});

export const principals: readonly Example[] = [
  {
    title,
    page,
    policies: { identity: [], permissionsBoundary: nothing, session: [nothing], resource: everyoneWhoIsTheRole },
    requests: [
      {
        says: "aws:PrincipalArn with a wildcard as principal: boundaries and session policies do not limit it",
        ...read,
        principal: session,
        context: ofRole,
        outcome: "allowed",
      },
      {
        says: "unless they contain an explicit deny",
        ...read,
        principal: session,
        context: ofRole,
        policies: { session: [policy({ Effect: "Deny", Action: "s3:*", Resource: "*" })] },
        outcome: "explicit deny: session policy",
      },
      {
        says: "a role as principal is limited by session policies",
        ...read,
        principal: session,
        context: ofRole,
        policies: {
          permissionsBoundary: fullAccess,
          resource: policy({ Effect: "Allow", Principal: { AWS: session.roleArn }, Action: "s3:*", Resource: "*" }),
        },
        outcome: "implicit deny: session policy",
      },
    ],
  },
  {
    title,
    page,
    policies: { identity: [], resource: resourceFullAccess },
    requests: [
      { says: "everybody of the account: no other permissions are required", ...read, outcome: "allowed" },
      {
        says: "principals in other accounts must also have identity-based permissions",
        ...abroad,
        principal: named,
        outcome: "implicit deny: identity-based policy",
      },
      {
        says: "with which they are allowed",
        ...abroad,
        principal: named,
        policies: { identity: [fullAccess] },
        outcome: "allowed",
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
          Sid: "UsePrincipalArnInsteadOfNotPrincipalWithDeny",
          Effect: "Deny",
          Action: "s3:*",
          Principal: "*",
          Resource: ["arn:aws:s3:::BUCKETNAME/*", "arn:aws:s3:::BUCKETNAME"],
          Condition: { ArnNotEquals: { "aws:PrincipalArn": named.arn } },
        },
        { Effect: "Allow", Principal: { AWS: ["444455556666", "123456789012"] }, Action: "s3:*", Resource: "*" },
      ),
    },
    requests: [
      {
        says: "all principals are denied except for the one in the condition",
        ...abroad,
        principal: named,
        context: { "aws:PrincipalArn": named.arn },
        outcome: "allowed",
      },
      {
        says: "the account's own users too",
        ...read,
        context: { "aws:PrincipalArn": user("someone").arn },
        outcome: "explicit deny: resource-based policy",
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [],
      resourceMustAllow: true,
      resource: policy({
        Effect: "Allow",
        Principal: { Service: ["ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com"] },
        Action: "sts:AssumeRole",
      }),
    },
    requests: [
      {
        says: "a service that the trust policy names",
        action: "sts:AssumeRole",
        resource: session.roleArn ?? "",
        principal: { kind: "service", accountId: "123456789012", arn: "ecs.amazonaws.com" },
        outcome: "allowed",
      },
      {
        says: "another service",
        action: "sts:AssumeRole",
        resource: session.roleArn ?? "",
        principal: { kind: "service", accountId: "123456789012", arn: "ec2.amazonaws.com" },
        outcome: "implicit deny: resource-based policy",
      },
      {
        says: "nor a user of the account, whatever else allows it",
        action: "sts:AssumeRole",
        resource: session.roleArn ?? "",
        policies: { identity: [fullAccess] },
        outcome: "implicit deny: resource-based policy",
      },
    ],
  },
];
