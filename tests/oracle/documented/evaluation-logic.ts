import { type Example, fullAccess, policy, resourceFullAccess, roleSession, root, user } from "./example.ts";

const carlos = user("carlossalazar");
const carlosPolicy = policy(
  {
    Effect: "Allow",
    Action: ["s3:GetBucketLocation", "s3:GetAccountPublicAccessBlock", "s3:ListAccessPoints", "s3:ListAllMyBuckets"],
    Resource: "arn:aws:s3:::*",
  },
  { Effect: "Allow", Action: "s3:*", Resource: ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"] },
  { Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::*log*" },
);
const carlosBucketPolicy = policy({
  Effect: "Allow",
  Principal: { AWS: carlos.arn },
  Action: "s3:*",
  Resource: ["arn:aws:s3:::carlossalazar/*", "arn:aws:s3:::carlossalazar"],
});

const abroadCarlos = user("carlossalazar", "111111111111");
const productionBucketPolicy = policy({
  Effect: "Allow",
  Action: ["s3:GetObject*", "s3:PutObject*", "s3:ReplicateObject", "s3:RestoreObject"],
  Principal: { AWS: abroadCarlos.arn },
  Resource: "arn:aws:s3:::Production/*",
});

const bucket = "arn:aws:s3:::bucket";
const nothing = policy({ Effect: "Allow", Action: "ec2:*", Resource: "*" });
const exampleUser = user("exampleuser", "111122223333");
const exampleSession = roleSession("examplerole", "examplerolesessionname", "111122223333");
const read = { action: "s3:GetObject", resource: bucket, resourceAccountId: "111122223333" };

function grantTo(arn: string): unknown {
  return policy({ Effect: "Allow", Principal: { AWS: arn }, Action: "s3:GetObject", Resource: bucket });
}

export const evaluationLogic: readonly Example[] = [
  {
    title: "Policy evaluation for requests within a single account",
    page: "reference_policies_evaluation-logic_policy-eval-basics",
    policies: { identity: [carlosPolicy] },
    requests: [
      {
        says: "saving a file to the logs bucket is denied, explicitly",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::carlossalazar-logs/file",
        principal: carlos,
        outcome: "explicit deny: identity-based policy",
      },
      {
        says: "saving it to his own bucket is allowed by both policies",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::carlossalazar/file",
        principal: carlos,
        policies: { resource: carlosBucketPolicy },
        outcome: "allowed",
      },
      {
        says: "if one of the policy types allows it and the other doesn't, it is still allowed",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::carlossalazar/file",
        principal: carlos,
        policies: { identity: [], resource: carlosBucketPolicy },
        outcome: "allowed",
      },
    ],
  },
  {
    title: "The difference between explicit and implicit denies",
    page: "reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay",
    policies: {
      identity: [
        policy(
          { Sid: "AllowGetList", Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
          { Sid: "DenyReports", Effect: "Deny", Action: "iam:*Report", Resource: "*" },
        ),
      ],
    },
    requests: [
      { says: "reading is allowed", action: "iam:GetUser", outcome: "allowed" },
      {
        says: "other actions are implicitly denied",
        action: "iam:CreatePolicy",
        outcome: "implicit deny: identity-based policy",
      },
      {
        says: "reports are explicitly denied",
        action: "iam:GetOrganizationsAccessReport",
        outcome: "explicit deny: identity-based policy",
      },
      {
        says: "even if another policy grants access to reports",
        action: "iam:GenerateCredentialReport",
        policies: {
          identity: [
            policy({ Effect: "Deny", Action: "iam:*Report", Resource: "*" }),
            policy({ Effect: "Allow", Action: "iam:*", Resource: "*" }),
          ],
        },
        outcome: "explicit deny: identity-based policy",
      },
    ],
  },
  {
    title: "How AWS enforcement code logic evaluates requests to allow or deny access",
    page: "reference_policies_evaluation-logic_policy-eval-denyallow",
    policies: { identity: [] },
    requests: [
      {
        says: "by default all requests are implicitly denied",
        ...read,
        principal: exampleUser,
        outcome: "implicit deny: identity-based policy",
      },
      {
        says: "except those of the root user, which has full access",
        ...read,
        principal: root("111122223333"),
        outcome: "allowed",
      },
      {
        says: "a grant to an IAM user is not limited by an implicit deny in a boundary",
        ...read,
        principal: exampleUser,
        policies: { resource: grantTo(exampleUser.arn), permissionsBoundary: nothing },
        outcome: "allowed",
      },
      {
        says: "a grant to a role's ARN is limited by an implicit deny in a boundary",
        ...read,
        principal: exampleSession,
        policies: { resource: grantTo(exampleSession.roleArn ?? ""), permissionsBoundary: nothing },
        outcome: "implicit deny: permissions boundary",
      },
      {
        says: "and in a session policy",
        ...read,
        principal: exampleSession,
        policies: { resource: grantTo(exampleSession.roleArn ?? ""), session: [nothing] },
        outcome: "implicit deny: session policy",
      },
      {
        says: "but not by one in an identity-based policy",
        ...read,
        principal: exampleSession,
        policies: { resource: grantTo(exampleSession.roleArn ?? ""), identity: [nothing] },
        outcome: "allowed",
      },
      {
        says: "a grant to a role session is limited by none of them",
        ...read,
        principal: exampleSession,
        policies: {
          resource: grantTo(exampleSession.arn),
          identity: [nothing],
          permissionsBoundary: nothing,
          session: [nothing],
        },
        outcome: "allowed",
      },
      {
        says: "without an Allow in the SCPs the decision is Deny",
        ...read,
        principal: exampleUser,
        policies: { identity: [fullAccess], resource: grantTo(exampleUser.arn), serviceControl: [[nothing]] },
        outcome: "implicit deny: service control policy",
      },
      {
        says: "SCPs bind the root user as well",
        ...read,
        principal: root("111122223333"),
        policies: { serviceControl: [[nothing]] },
        outcome: "implicit deny: service control policy",
      },
      {
        says: "RCPFullAWSAccess is attached everywhere, so that there is an Allow at every level",
        ...read,
        principal: exampleUser,
        policies: { identity: [fullAccess], resourceControl: [[resourceFullAccess], [resourceFullAccess]] },
        outcome: "allowed",
      },
      {
        says: "role trust policies must explicitly allow: the identity's own grant is not enough",
        action: "sts:AssumeRole",
        resource: "arn:aws:iam::111122223333:role/examplerole",
        principal: exampleUser,
        policies: {
          identity: [fullAccess],
          resourceMustAllow: true,
          resource: policy({ Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "sts:AssumeRole" }),
        },
        outcome: "implicit deny: resource-based policy",
      },
      {
        says: "a session has what its session policy and the role's policies both allow",
        ...read,
        principal: exampleSession,
        policies: { identity: [fullAccess], session: [nothing] },
        outcome: "implicit deny: session policy",
      },
    ],
  },
  {
    title: "Cross-account policy evaluation logic",
    page: "reference_policies_evaluation-logic-cross-account",
    policies: {
      identity: [
        policy(
          { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" },
          { Effect: "Allow", Action: "s3:*Object*", Resource: "arn:aws:s3:::Production/*" },
          { Effect: "Deny", Action: "s3:*", Resource: ["arn:aws:s3:::*log*", "arn:aws:s3:::*log*/*"] },
        ),
      ],
    },
    requests: [
      {
        says: "the request to Production-logs is denied in the account of the user",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::Production-logs/file",
        principal: abroadCarlos,
        resourceAccountId: "222222222222",
        outcome: "explicit deny: identity-based policy",
      },
      {
        says: "the request to Production is allowed in both accounts",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::Production/file",
        principal: abroadCarlos,
        resourceAccountId: "222222222222",
        policies: { resource: productionBucketPolicy },
        outcome: "allowed",
      },
      {
        says: "he can create and edit objects there, but not delete them",
        action: "s3:DeleteObject",
        resource: "arn:aws:s3:::Production/file",
        principal: abroadCarlos,
        resourceAccountId: "222222222222",
        policies: { resource: productionBucketPolicy },
        outcome: "implicit deny: resource-based policy",
      },
      {
        says: "the user's own account has to allow it as well",
        action: "s3:PutObject",
        resource: "arn:aws:s3:::Production/file",
        principal: abroadCarlos,
        resourceAccountId: "222222222222",
        policies: { identity: [], resource: productionBucketPolicy },
        outcome: "implicit deny: identity-based policy",
      },
    ],
  },
];
