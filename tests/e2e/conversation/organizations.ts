import { absent, type Chapter, type ExpectedRefusal } from "./step.ts";

/** Thirty accounts: what does not fit on a page of twenty is on the next. */
export const organizationPages: Chapter = {
  title: "Organizations: accounts by pages, the tree, policies",
  steps: [
    {
      says: "the organization, to every member",
      as: "orders",
      call: "organizations:DescribeOrganization",
      expects: { answer: { Organization: { MasterAccountId: "111111111111", FeatureSet: "ALL" } } },
    },
    {
      says: "its accounts not to every member",
      as: "orders",
      call: "organizations:ListAccounts",
      expects: { refusal: noPermission() },
    },
    {
      says: "the first page",
      as: "management",
      call: "organizations:ListAccounts",
      expects: { answer: { Accounts: { 0: { Name: "Management" }, 19: { Status: "ACTIVE" } }, NextToken: /./ } },
      keeps: { rest: "NextToken" },
    },
    {
      says: "the last page, to whom it was not promised",
      as: "audit",
      call: "organizations:ListAccounts",
      input: { NextToken: "{{rest}}" },
      expects: {
        refusal: {
          code: "InvalidInputException",
          message: "You specified an invalid value for NextToken.",
          status: 400,
        },
      },
    },
    {
      says: "the last page",
      as: "management",
      call: "organizations:ListAccounts",
      input: { NextToken: "{{rest}}" },
      expects: { answer: { Accounts: { length: 10 }, NextToken: absent } },
    },
    {
      says: "a page of three",
      as: "management",
      call: "organizations:ListAccountsForParent",
      input: { ParentId: "ou-sbox-workloads", MaxResults: 3 },
      expects: {
        answer: {
          Accounts: [{ Id: "333333333333" }, { Id: "555555555555", Status: "SUSPENDED" }, { Id: "600000000001" }],
          NextToken: /./,
        },
      },
    },
    {
      says: "a page of twenty-one",
      as: "management",
      call: "organizations:ListAccounts",
      input: { MaxResults: 21 },
      expects: { refusal: { code: "InvalidInputException", message: /greater than 20/, status: 400 } },
    },
    {
      says: "a token that is none",
      as: "management",
      call: "organizations:ListAccounts",
      input: { NextToken: "nonsense" },
      expects: {
        refusal: {
          code: "InvalidInputException",
          message: "You specified an invalid value for NextToken.",
          status: 400,
        },
      },
    },
    {
      says: "a stranger",
      as: "management",
      call: "organizations:DescribeAccount",
      input: { AccountId: "999999999999" },
      expects: {
        refusal: {
          code: "AccountNotFoundException",
          message: "You specified an account that doesn't exist.",
          status: 400,
        },
      },
    },
    {
      says: "the units below the root",
      as: "management",
      call: "organizations:ListOrganizationalUnitsForParent",
      input: { ParentId: "r-sbox" },
      expects: {
        answer: { OrganizationalUnits: [{ Name: "Security" }, { Name: "Workloads" }, { Name: "Restricted" }] },
      },
    },
    {
      says: "a policy that is none",
      as: "management",
      call: "organizations:CreatePolicy",
      input: { Name: "broken", Description: "none", Type: "SERVICE_CONTROL_POLICY", Content: "{" },
      expects: { refusal: { code: "MalformedPolicyDocumentException", message: /./, status: 400 } },
    },
    {
      says: "a guardrail",
      as: "management",
      call: "organizations:CreatePolicy",
      input: {
        Name: "KeepTheLock",
        Description: "No bucket policy is deleted",
        Type: "SERVICE_CONTROL_POLICY",
        Content: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Deny", Action: "s3:DeleteBucketPolicy", Resource: "*" }],
        }),
      },
      expects: { answer: { Policy: { PolicySummary: { Name: "KeepTheLock", AwsManaged: false } } } },
      keeps: { guardrail: "Policy.PolicySummary.Id" },
    },
    {
      says: "for the Orders account",
      as: "management",
      call: "organizations:AttachPolicy",
      input: { PolicyId: "{{guardrail}}", TargetId: "333333333333" },
      expects: { answer: {} },
    },
    {
      says: "section 7: it binds the root session",
      as: "S3UnlockBucketPolicy",
      call: "s3:DeleteBucketPolicy",
      input: { Bucket: "orders-events" },
      expects: {
        refusal: {
          code: "AccessDenied",
          message:
            'User: arn:aws:iam::333333333333:root is not authorized to perform: s3:DeleteBucketPolicy on resource: "arn:aws:s3:::orders-events" with an explicit deny in a service control policy',
          status: 403,
        },
      },
    },
    {
      says: "until it is detached",
      as: "management",
      call: "organizations:DetachPolicy",
      input: { PolicyId: "{{guardrail}}", TargetId: "333333333333" },
      expects: { answer: {} },
    },
    {
      says: "and no longer",
      as: "S3UnlockBucketPolicy",
      call: "s3:DeleteBucketPolicy",
      input: { Bucket: "orders-events" },
      expects: { answer: {} },
    },
  ],
};

function noPermission(): ExpectedRefusal {
  return {
    code: "AccessDeniedException",
    message: "You don't have permissions to access this resource.",
    status: 400,
  };
}
