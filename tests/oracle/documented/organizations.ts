import { type Example, fullAccess, policy, resourceFullAccess, roleSession, root, user } from "./example.ts";

const serviceOnly = policy({ Effect: "Allow", Action: ["ec2:*", "s3:*"], Resource: "*" });
const denyRootUser = policy({
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::*:root"] }, Null: { "aws:AssumedRoot": "true" } },
});
const outsideOrganization = policy({
  Effect: "Deny",
  Principal: "*",
  Action: ["s3:*", "sqs:*"],
  Resource: "*",
  Condition: {
    StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-example" },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  },
});
const session = roleSession("Deploy", "alice");
const read = { action: "s3:GetObject", resource: "arn:aws:s3:::b/x" };

export const organizations: readonly Example[] = [
  {
    title: "SCP evaluation",
    page: "organizations/latest/userguide/orgs_manage_policies_scps_evaluation",
    policies: { identity: [fullAccess] },
    requests: [
      {
        says: "an Allow at the root, the OU and the account",
        ...read,
        policies: { serviceControl: [[fullAccess], [fullAccess], [fullAccess]] },
        outcome: "allowed",
      },
      {
        says: "no Allow at the Production OU",
        ...read,
        policies: { serviceControl: [[fullAccess], [], [fullAccess]] },
        outcome: "implicit deny: service control policy",
      },
      {
        says: "a service that one level does not name",
        action: "sqs:SendMessage",
        policies: { serviceControl: [[fullAccess], [serviceOnly], [fullAccess]] },
        outcome: "implicit deny: service control policy",
      },
      {
        says: "a Deny at any level is a Deny",
        ...read,
        policies: {
          serviceControl: [
            [fullAccess, policy({ Effect: "Deny", Action: "s3:*", Resource: "*" })],
            [fullAccess],
            [fullAccess],
          ],
        },
        outcome: "explicit deny: service control policy",
      },
      {
        says: "SCPs do not grant anything",
        ...read,
        policies: { identity: [], serviceControl: [[fullAccess]] },
        outcome: "implicit deny: identity-based policy",
      },
    ],
  },
  {
    title: "Prevent root credentials management in member accounts in AWS Organizations",
    page: "github.com/aws-samples/service-control-policy-examples, Privileged-access-controls",
    policies: { identity: [], serviceControl: [[fullAccess, denyRootUser]] },
    requests: [
      {
        says: "the root user is denied",
        action: "s3:DeleteBucketPolicy",
        principal: root(),
        context: { "aws:PrincipalArn": root().arn },
        outcome: "explicit deny: service control policy",
      },
      {
        says: "a root session is not",
        action: "s3:DeleteBucketPolicy",
        principal: root(),
        context: { "aws:PrincipalArn": root().arn, "aws:AssumedRoot": "true" },
        outcome: "allowed",
      },
      {
        says: "nor are others",
        action: "s3:DeleteBucketPolicy",
        policies: { identity: [fullAccess] },
        context: { "aws:PrincipalArn": user("someone").arn },
        outcome: "allowed",
      },
    ],
  },
  {
    title: "Resource control policy examples",
    page: "organizations/latest/userguide/orgs_manage_policies_rcps_examples",
    policies: {
      identity: [fullAccess],
      resource: resourceFullAccess,
      resourceControl: [[resourceFullAccess, outsideOrganization]],
    },
    requests: [
      {
        says: "identities of the organization",
        ...read,
        context: { "aws:PrincipalOrgID": "o-example", "aws:PrincipalIsAWSService": "false" },
        outcome: "allowed",
      },
      {
        says: "identities outside of it",
        ...read,
        context: { "aws:PrincipalOrgID": "o-other", "aws:PrincipalIsAWSService": "false" },
        outcome: "explicit deny: resource control policy",
      },
      {
        says: "identities of no organization",
        ...read,
        context: { "aws:PrincipalIsAWSService": "false" },
        outcome: "explicit deny: resource control policy",
      },
      {
        says: "AWS services",
        ...read,
        principal: { kind: "service", accountId: "123456789012", arn: "cloudtrail.amazonaws.com" },
        policies: { identity: [] },
        context: { "aws:PrincipalIsAWSService": "true" },
        outcome: "allowed",
      },
    ],
  },
  {
    title: "RCP evaluation",
    page: "organizations/latest/userguide/orgs_manage_policies_rcps_evaluation",
    policies: { identity: [fullAccess] },
    requests: [
      {
        says: "a Deny at the Production OU denies for the account below",
        ...read,
        policies: {
          resourceControl: [
            [resourceFullAccess],
            [resourceFullAccess, policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" })],
            [resourceFullAccess],
          ],
        },
        outcome: "explicit deny: resource control policy",
      },
      {
        says: "RCPs do not grant anything",
        ...read,
        policies: { identity: [], resourceControl: [[resourceFullAccess]] },
        outcome: "implicit deny: identity-based policy",
      },
    ],
  },
  {
    title: "Policies and permissions in AWS Identity and Access Management: session policies",
    page: "IAM/latest/UserGuide/access_policies",
    policies: {
      identity: [policy({ Effect: "Allow", Action: ["s3:*", "sqs:*"], Resource: "*" })],
      session: [policy({ Effect: "Allow", Action: ["s3:*", "ec2:*"], Resource: "*" })],
    },
    requests: [
      { says: "what both allow", ...read, principal: session, outcome: "allowed" },
      {
        says: "what only the role's policies allow",
        action: "sqs:SendMessage",
        principal: session,
        outcome: "implicit deny: session policy",
      },
      {
        says: "what only the session policy allows",
        action: "ec2:RunInstances",
        principal: session,
        outcome: "implicit deny: identity-based policy",
      },
      {
        says: "a resource-based policy that names the session adds to them",
        action: "ec2:RunInstances",
        principal: session,
        policies: {
          session: [],
          resource: policy({ Effect: "Allow", Principal: { AWS: session.arn }, Action: "*", Resource: "*" }),
        },
        outcome: "allowed",
      },
      {
        says: "a permissions boundary limits the session as well",
        ...read,
        principal: session,
        policies: { permissionsBoundary: policy({ Effect: "Allow", Action: "sqs:*", Resource: "*" }) },
        outcome: "implicit deny: permissions boundary",
      },
    ],
  },
];
