import { absent, type Chapter, type ExpectedRefusal, type Step } from "./step.ts";

const UserName = "onlooker";
const onlookerArn = `arn:aws:iam::333333333333:user/${UserName}`;

/** Keeps the keys of a user who may do nothing, for the chapters that follow; builds on the key that `iamUsers` deletes. */
export const regions: Chapter = {
  title: "section 8: an account's Regions and its name, as the console asks for them",
  steps: [
    step("a user who may do nothing", "iam:CreateUser", { UserName }, { answer: { User: { Arn: onlookerArn } } }),
    {
      ...step("a key", "iam:CreateAccessKey", { UserName }, { answer: { AccessKey: { UserName } } }),
      keeps: { onlooker: "AccessKey" },
    },
    step(
      "Regions by name, enabled or not",
      "ec2:DescribeRegions",
      { RegionNames: ["us-east-1", "eu-south-1"] },
      {
        answer: {
          Regions: [
            {
              RegionName: "eu-south-1",
              Endpoint: "ec2.eu-south-1.amazonaws.com",
              OptInStatus: "not-opted-in",
            },
            { RegionName: "us-east-1", OptInStatus: "opt-in-not-required" },
          ],
        },
      },
    ),
    step(
      "Regions by wildcards, of all",
      "ec2:DescribeRegions",
      { AllRegions: true, Filters: [{ Name: "region-name", Values: ["me-*", "eu-west-?"] }] },
      {
        answer: {
          Regions: [
            { RegionName: "eu-west-1" },
            { RegionName: "eu-west-2" },
            { RegionName: "eu-west-3" },
            { RegionName: "me-central-1" },
            { RegionName: "me-south-1" },
          ],
        },
      },
    ),
    step(
      "no Region of that name",
      "ec2:DescribeRegions",
      { RegionNames: ["moon-1"] },
      refusal("InvalidParameterValue", "Invalid region: [moon-1]"),
    ),
    step(
      "no filter of that name",
      "ec2:DescribeRegions",
      { Filters: [{ Name: "colour", Values: ["red"] }] },
      refusal("InvalidParameterValue", "The filter 'colour' is invalid"),
    ),
    step(
      "a dry run",
      "ec2:DescribeRegions",
      { DryRun: true },
      refusal("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412),
    ),
    {
      ...step(
        "who may not look",
        "ec2:DescribeRegions",
        {},
        refusal(
          "UnauthorizedOperation",
          `You are not authorized to perform this operation. ${notAllowed("ec2:DescribeRegions")}`,
          403,
        ),
      ),
      as: "onlooker",
    },
    {
      ...step(
        "a key that is gone",
        "ec2:DescribeRegions",
        {},
        refusal("AuthFailure", "AWS was not able to validate the provided access credentials", 401),
      ),
      as: "rehearsal",
    },
    step(
      "what is not modelled, by name",
      "ec2:DescribeVpcs",
      {},
      refusal("NotImplemented", "ec2:DescribeVpcs is not modelled by the sandbox organization.", 501),
    ),
    step(
      "an account's own name",
      "account:GetAccountInformation",
      {},
      {
        answer: { AccountId: "333333333333", AccountName: "Orders", AccountCreatedDate: /^2026-01-05T09:00:00/ },
      },
    ),
    step(
      "a member account asks for another",
      "account:GetAccountInformation",
      { AccountId: "444444444444" },
      refusal(
        "AccessDeniedException",
        "User: arn:aws:iam::333333333333:user/administrator is not authorized to perform: account:GetAccountInformation",
        403,
      ),
    ),
    {
      ...step(
        "the management account asks without trusted access",
        "account:GetAccountInformation",
        { AccountId: "333333333333" },
        refusal("AccessDeniedException", /enable trusted access/, 403),
      ),
      as: "management",
    },
    step(
      "an account that is none",
      "account:GetAccountInformation",
      { AccountId: "orders" },
      refusal("ValidationException", /'accountId' failed to satisfy constraint/),
    ),
    {
      ...step(
        "who may not ask",
        "account:GetAccountInformation",
        {},
        refusal(
          "AccessDeniedException",
          `User: ${onlookerArn} is not authorized to perform: account:GetAccountInformation on resource: arn:aws:account::333333333333:account because no identity-based policy allows the account:GetAccountInformation action`,
          403,
        ),
      ),
      as: "onlooker",
    },
    {
      ...step(
        "a key that is gone, to the account",
        "account:GetAccountInformation",
        {},
        refusal("UnrecognizedClientException", "The security token included in the request is invalid.", 403),
      ),
      as: "rehearsal",
    },
    step(
      "the Regions by pages of two",
      "account:ListRegions",
      { MaxResults: 2 },
      {
        answer: { Regions: [{ RegionName: "af-south-1", RegionOptStatus: "DISABLED" }, {}], NextToken: /./ },
      },
    ),
    step(
      "too many at once",
      "account:ListRegions",
      { MaxResults: 51 },
      refusal(
        "ValidationException",
        /'maxResults' failed to satisfy constraint: Member must have value less than or equal to 50/,
      ),
    ),
    step(
      "a Region that is always on",
      "account:DisableRegion",
      { RegionName: "us-east-1" },
      refusal("ValidationException", /us-east-1/),
    ),
    step("a Region is opted in to", "account:EnableRegion", { RegionName: "ap-east-1" }, { answer: {} }),
    {
      ...step(
        "and is open after a while",
        "account:GetRegionOptStatus",
        { RegionName: "ap-east-1" },
        {
          answer: { RegionName: "ap-east-1", RegionOptStatus: "ENABLED" },
        },
      ),
      eventually: true,
    },
    step(
      "which EC2 knows, too",
      "ec2:DescribeRegions",
      { Filters: [{ Name: "opt-in-status", Values: ["opted-in"] }] },
      {
        answer: { Regions: [{ RegionName: "ap-east-1" }], NextToken: absent },
      },
    ),
  ],
};

function step(says: string, call: Step["call"], input: NonNullable<Step["input"]>, expects: Step["expects"]): Step {
  return { says, as: "orders", call, input, expects };
}

function refusal(code: string, message: string | RegExp, status = 400): { readonly refusal: ExpectedRefusal } {
  return { refusal: { code, message, status } };
}

function notAllowed(action: string): string {
  return `User: ${onlookerArn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
}
