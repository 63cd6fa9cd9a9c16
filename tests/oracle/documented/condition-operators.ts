import { allowIf, denyIf } from "./condition-example.ts";
import type { Example } from "./example.ts";

const title = "IAM JSON policy elements: Condition operators";
const page = "reference_policies_elements_condition_operators";

const lookalike = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
const finance = "arn:aws:someservice:*:111122223333:finance/*";

export const conditionOperators: readonly Example[] = [
  {
    title,
    page,
    ...allowIf(
      { StringEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } },
      ["a principal with the tag", { "aws:PrincipalTag/job-category": "iamuser-admin" }, true],
      ["another value", { "aws:PrincipalTag/job-category": "clerk" }, false],
      ["another letter case", { "aws:PrincipalTag/job-category": "IAMUser-Admin" }, false],
      ["a user without the tag", {}, false],
    ),
  },
  {
    title,
    page,
    ...allowIf(
      { StringLike: { "s3:prefix": ["", "home/", "home/${aws:username}/"] } },
      ["the bucket's root", { "aws:username": "David", "s3:prefix": "" }, true],
      ["one's own folder", { "aws:username": "David", "s3:prefix": "home/David/" }, true],
      ["somebody else's", { "aws:username": "David", "s3:prefix": "home/Adele/" }, false],
    ),
  },
  {
    title,
    page,
    ...allowIf(
      { NumericLessThanEquals: { "s3:max-keys": "10" } },
      ["up to ten", { "s3:max-keys": "10" }, true],
      ["more", { "s3:max-keys": "11" }, false],
      ["the key is not there", {}, false],
    ),
  },
  {
    title,
    page,
    ...allowIf(
      { DateGreaterThan: { "aws:TokenIssueTime": "2020-01-01T00:00:01Z" } },
      ["credentials of 2020", { "aws:TokenIssueTime": "2020-05-01T00:00:00Z" }, true],
      ["older ones", { "aws:TokenIssueTime": "2019-12-31T23:59:59Z" }, false],
      ["access keys, without the key", {}, false],
    ),
  },
  {
    title,
    page,
    ...denyIf(
      { Bool: { "aws:SecureTransport": "false" } },
      ["not over SSL", { "aws:SecureTransport": "false" }, true],
      ["over SSL", { "aws:SecureTransport": "true" }, false],
    ),
  },
  {
    title,
    page,
    ...allowIf(
      { BinaryEquals: { "ex:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } },
      ["the same bytes", { "ex:key": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" }, true],
      ["others", { "ex:key": "QmluYXJ5" }, false],
    ),
  },
  {
    title,
    page,
    ...allowIf(
      { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64"] } },
      ["the first address of the range", { "aws:SourceIp": "203.0.113.0" }, true],
      ["its last", { "aws:SourceIp": "203.0.113.255" }, true],
      ["an IPv6 address of the other", { "aws:SourceIp": "2001:db8:1234:5678::1" }, true],
      ["one beside them", { "aws:SourceIp": "203.0.114.1" }, false],
      ["through a VPC endpoint, without the key", {}, false],
    ),
  },
  {
    title,
    page,
    ...allowIf({ StringLike: { "aws:SourceArn": finance } }, [
      "a string operator matches",
      { "aws:SourceArn": lookalike },
      true,
    ]),
  },
  {
    title,
    page,
    ...allowIf({ ArnLike: { "aws:SourceArn": finance } }, [
      "an ARN operator does not",
      { "aws:SourceArn": lookalike },
      false,
    ]),
  },
  {
    title,
    page,
    ...allowIf(
      { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:123456789012:TOPIC-?D" } },
      ["ArnEquals behaves like ArnLike", { "aws:SourceArn": "arn:aws:sns:us-east-1:123456789012:TOPIC-ID" }, true],
      ["a direct call, without the key", {}, false],
    ),
  },
  {
    title,
    page,
    ...allowIf({ StringLike: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } }, [
      "THISPOLICYDOESNOTWORK: resources without the key",
      {},
      false,
    ]),
  },
  {
    title,
    page,
    ...allowIf(
      { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } },
      ["resources without the key", {}, true],
      ["an instance of the type", { "ec2:InstanceType": "t2.micro" }, true],
      ["of another", { "ec2:InstanceType": "x1.large" }, false],
    ),
  },
  {
    title,
    page,
    ...denyIf(
      { StringNotEqualsIfExists: { "aws:PrincipalTag/team": "ops" } },
      ["a Deny with a negated operator still denies where the tag is missing", {}, true],
      ["and not where it is right", { "aws:PrincipalTag/team": "ops" }, false],
    ),
  },
  {
    title,
    page,
    ...allowIf(
      { Null: { "aws:TokenIssueTime": "true" } },
      ["own credentials", {}, true],
      ["temporary ones", { "aws:TokenIssueTime": "2020-05-01T00:00:00Z" }, false],
    ),
  },
  {
    title: "IAM JSON policy elements: Condition",
    page: "reference_policies_elements_condition",
    ...allowIf(
      { StringEquals: { "aws:username": "john" } },
      ["john", { "aws:username": "john" }, true],
      ["John is denied", { "aws:username": "John" }, false],
      ["the key's own name is not case-sensitive", { "AWS:UserName": "john" }, true],
    ),
  },
  {
    title: "IAM JSON policy elements: Condition",
    page: "reference_policies_elements_condition",
    ...allowIf(
      { StringEqualsIgnoreCase: { "aws:username": "john" } },
      ["john", { "aws:username": "john" }, true],
      ["John", { "aws:username": "John" }, true],
    ),
  },
  {
    title,
    page,
    ...allowIf(
      { Bool: { "aws:MultiFactorAuthPresent": "${aws:PrincipalTag/mfa}" } },
      [
        "a policy variable with the Boolean condition operator",
        { "aws:MultiFactorAuthPresent": "true", "aws:PrincipalTag/mfa": "true" },
        true,
      ],
      ["that says otherwise", { "aws:MultiFactorAuthPresent": "false", "aws:PrincipalTag/mfa": "true" }, false],
    ),
  },
];
