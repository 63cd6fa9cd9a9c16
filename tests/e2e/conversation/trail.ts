import type { Chapter, Step } from "./step.ts";

/** What the root sessions have done, joined with who opened them by the access key. */
export const trail: Chapter = {
  title: "section 9: the trail, joined by access key",
  steps: [
    lookUp("who assumed root, in the caller's account", "audit", "ap-northeast-2", "EventName", "AssumeRoot", {
      answer: { Events: { 0: { EventName: "AssumeRoot", Username: "administrator" } } },
    }),
    lookUp("nothing of it in the member account", "orders", "ap-northeast-2", "EventName", "AssumeRoot", {
      answer: { Events: [] },
    }),
    lookUp(
      "what a session did in IAM, in us-east-1",
      "orders",
      "us-east-1",
      "AccessKeyId",
      "{{IAMCreateRootUserPasswordKey}}",
      {
        answer: {
          Events: [
            { EventName: "DeleteLoginProfile", CloudTrailEvent: /"errorCode":"AccessDenied"/ },
            { EventName: "CreateLoginProfile", CloudTrailEvent: /"assumedRoot":"true"/ },
            { EventName: "GetLoginProfile", CloudTrailEvent: /"type":"Root"/ },
            { EventName: "CreateLoginProfile" },
          ],
        },
      },
    ),
    lookUp(
      "a page of one",
      "orders",
      "ap-northeast-2",
      "AccessKeyId",
      "{{S3UnlockBucketPolicyKey}}",
      {
        answer: { Events: [{ EventName: "DeleteBucketPolicy", ReadOnly: "false" }], NextToken: /./ },
      },
      { MaxResults: 1 },
    ),
    lookUp("an attribute that is none", "orders", "us-east-1", "Colour", "blue", {
      refusal: { code: "InvalidLookupAttributesException", message: /./, status: 400 },
    }),
  ],
};

function lookUp(
  says: string,
  as: string,
  region: string,
  AttributeKey: string,
  AttributeValue: string,
  expects: Step["expects"],
  more: NonNullable<Step["input"]> = {},
): Step {
  const input = { LookupAttributes: [{ AttributeKey, AttributeValue }], ...more };
  return { says, as, region, call: "cloudtrail:LookupEvents", input, expects };
}
