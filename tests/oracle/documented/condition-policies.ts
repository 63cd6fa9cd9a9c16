import { allowIf, denyIf } from "./condition-example.ts";
import type { Example } from "./example.ts";

const singleTitle = "Single-valued context key policy examples";
const singlePage = "reference_policies_condition_examples-single-valued-context-keys";

export const conditionPolicies: readonly Example[] = [
  {
    title: "AWS: Allows access using MFA within specific dates",
    page: "reference_policies_examples_aws_mfa-dates",
    ...allowIf(
      {
        Bool: { "aws:MultiFactorAuthPresent": true },
        DateGreaterThan: { "aws:CurrentTime": "2017-07-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2017-12-31T23:59:59Z" },
      },
      [
        "with MFA and in time",
        { "aws:MultiFactorAuthPresent": "true", "aws:CurrentTime": "2017-10-01T00:00:00Z" },
        true,
      ],
      ["too early", { "aws:MultiFactorAuthPresent": "true", "aws:CurrentTime": "2017-06-30T23:59:59Z" }, false],
      ["too late", { "aws:MultiFactorAuthPresent": "true", "aws:CurrentTime": "2018-01-01T00:00:00Z" }, false],
      ["without MFA", { "aws:MultiFactorAuthPresent": "false", "aws:CurrentTime": "2017-10-01T00:00:00Z" }, false],
      ["with long-term credentials", { "aws:CurrentTime": "2017-10-01T00:00:00Z" }, false],
    ),
  },
  {
    title: "AWS: Denies access to AWS based on the source IP",
    page: "reference_policies_examples_aws_deny-ip",
    ...denyIf(
      { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"] } },
      ["from within a range", { "aws:SourceIp": "203.0.113.9" }, false],
      ["from outside", { "aws:SourceIp": "198.51.100.1" }, true],
      ["a negated operator is true where the key is not there", {}, true],
    ),
  },
  {
    title: singleTitle,
    page: singlePage,
    ...allowIf(
      { StringLike: { "aws:RequestTag/project": "*" } },
      ["the request context must include a project tag", { "aws:RequestTag/project": "Feature3" }, true],
      ["which it does not", {}, false],
    ),
  },
  {
    title: singleTitle,
    page: singlePage,
    ...allowIf(
      { StringNotEquals: { "aws:ResourceTag/environment": "production" } },
      ["anything except production", { "aws:ResourceTag/environment": "QA" }, true],
      ["production", { "aws:ResourceTag/environment": "production" }, false],
    ),
  },
];
