import { absent, type Chapter, type ExpectedRefusal, type Step } from "./step.ts";

const UserName = "rehearsal";
const lookAtBuckets = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "OnlyLook", Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
});

/** A user with a key of its own, who may do one thing. */
export const iamUsers: Chapter = {
  title: "IAM: a user, a key, a policy, and what they allow",
  steps: [
    step(
      "a user",
      "CreateUser",
      { UserName, Path: "/drill/", Tags: [{ Key: "team", Value: "orders" }] },
      {
        answer: {
          User: { UserName, Path: "/drill/", Arn: `arn:aws:iam::333333333333:user/drill/${UserName}`, UserId: /^AIDA/ },
        },
      },
    ),
    step(
      "the same once more",
      "CreateUser",
      { UserName },
      {
        refusal: { code: "EntityAlreadyExists", message: `User with name ${UserName} already exists.`, status: 409 },
      },
    ),
    step(
      "a name with a space",
      "CreateUser",
      { UserName: "drill user" },
      {
        refusal: { code: "ValidationError", message: /user ?name/i, status: 400 },
      },
    ),
    step(
      "the users by pages of one",
      "ListUsers",
      { MaxItems: 1 },
      {
        answer: { Users: [{ UserName: "administrator" }], IsTruncated: true, Marker: /./ },
      },
    ),
    {
      ...step(
        "a key",
        "CreateAccessKey",
        { UserName },
        {
          answer: { AccessKey: { UserName, Status: "Active", AccessKeyId: /^AKIA/, SecretAccessKey: /./ } },
        },
      ),
      keeps: { rehearsal: "AccessKey", rehearsalKey: "AccessKey.AccessKeyId" },
    },
    {
      says: "the user is somebody",
      as: "rehearsal",
      call: "sts:GetCallerIdentity",
      expects: { answer: { Arn: `arn:aws:iam::333333333333:user/drill/${UserName}`, Account: "333333333333" } },
    },
    { ...look("who may do nothing yet"), expects: { refusal: notAllowed("s3:ListAllMyBuckets") } },
    step(
      "a policy that is none",
      "PutUserPolicy",
      { UserName, PolicyName: "look", PolicyDocument: "{}" },
      {
        refusal: { code: "MalformedPolicyDocument", message: /./, status: 400 },
      },
    ),
    step("a policy", "PutUserPolicy", { UserName, PolicyName: "look", PolicyDocument: lookAtBuckets }, { answer: {} }),
    step(
      "the policy is read",
      "GetUserPolicy",
      { UserName, PolicyName: "look" },
      {
        answer: { UserName, PolicyName: "look", PolicyDocument: encodeURIComponent(lookAtBuckets).replace("*", "%2A") },
      },
    ),
    {
      ...look("who may look now"),
      expects: { answer: { Owner: { ID: /./ }, ContinuationToken: absent } },
    },
    step(
      "no user with a key goes",
      "DeleteUser",
      { UserName },
      {
        refusal: {
          code: "DeleteConflict",
          message: /^Cannot delete entity, must/,
          status: 409,
        },
      },
    ),
    step("the key goes", "DeleteAccessKey", { UserName, AccessKeyId: "{{rehearsalKey}}" }, { answer: {} }),
    {
      ...look("a key that is gone"),
      expects: {
        refusal: {
          code: "InvalidAccessKeyId",
          message: "The AWS Access Key Id you provided does not exist in our records.",
          status: 403,
        },
      },
    },
    {
      says: "a key that is gone, elsewhere",
      as: "rehearsal",
      call: "sts:GetCallerIdentity",
      expects: {
        refusal: {
          code: "InvalidClientTokenId",
          message: "The security token included in the request is invalid.",
          status: 403,
        },
      },
    },
    step("the policy goes", "DeleteUserPolicy", { UserName, PolicyName: "look" }, { answer: {} }),
    step("the user goes", "DeleteUser", { UserName }, { answer: {} }),
    step(
      "and is nobody",
      "GetUser",
      { UserName },
      {
        refusal: {
          code: "NoSuchEntity",
          message: `The user with name ${UserName} cannot be found.`,
          status: 404,
        },
      },
    ),
    step(
      "what is not modelled, by name",
      "ListGroups",
      {},
      {
        refusal: {
          code: "NotImplemented",
          message: "iam:ListGroups is not modelled by the sandbox organization.",
          status: 501,
        },
      },
    ),
  ],
};

function step(says: string, operation: string, input: NonNullable<Step["input"]>, expects: Step["expects"]): Step {
  return { says, as: "orders", call: `iam:${operation}`, input, expects };
}

function look(says: string): Omit<Step, "expects"> {
  return { says, as: "rehearsal", call: "s3:ListBuckets" };
}

function notAllowed(action: string): ExpectedRefusal {
  const message = `User: arn:aws:iam::333333333333:user/drill/${UserName} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
  return { code: "AccessDenied", message, status: 403 };
}
