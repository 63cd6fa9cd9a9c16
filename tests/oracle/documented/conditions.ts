import { type DocumentedRequest, type Example, fullAccess, policy } from "./example.ts";

const denied = "implicit deny: identity-based policy";
const refused = "explicit deny: identity-based policy";
const title = "IAM JSON policy elements: Condition operators";
const page = "reference_policies_elements_condition_operators";
const manyTitle = "Conditions with multiple context keys or values";
const manyPage = "reference_policies_condition-logic-multiple-context-keys-or-values";
const singleTitle = "Single-valued context key policy examples";
const singlePage = "reference_policies_condition_examples-single-valued-context-keys";
const multivaluedTitle = "Multivalued context key examples";
const multivaluedPage = "reference_policies_condition_examples-multi-valued-context-keys";

/** One Allow under a condition, and what becomes of one action with each context. */
function allowIf(
  Condition: Readonly<Record<string, unknown>>,
  ...cases: readonly (readonly [says: string, context: NonNullable<DocumentedRequest["context"]>, allowed: boolean])[]
): Omit<Example, "title" | "page"> {
  return {
    policies: { identity: [policy({ Effect: "Allow", Action: "service:*", Resource: "*", Condition })] },
    requests: cases.map(([says, context, allowed]) => ({
      says,
      action: "service:Act",
      context,
      outcome: allowed ? "allowed" : denied,
    })),
  };
}

/** One Deny under a condition over full access. */
function denyIf(
  Condition: Readonly<Record<string, unknown>>,
  ...cases: readonly (readonly [says: string, context: NonNullable<DocumentedRequest["context"]>, denied: boolean])[]
): Omit<Example, "title" | "page"> {
  return {
    policies: { identity: [fullAccess, policy({ Effect: "Deny", Action: "service:*", Resource: "*", Condition })] },
    requests: cases.map(([says, context, isDenied]) => ({
      says,
      action: "service:Act",
      context,
      outcome: isDenied ? refused : "allowed",
    })),
  };
}

const lookalike = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
const finance = "arn:aws:someservice:*:111122223333:finance/*";

export const conditions: readonly Example[] = [
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
    title: manyTitle,
    page: manyPage,
    ...allowIf(
      {
        StringEquals: {
          "aws:PrincipalTag/department": ["finance", "hr", "legal"],
          "aws:PrincipalTag/role": ["audit", "security"],
        },
        ArnLike: { "aws:PrincipalArn": ["arn:aws:iam::222222222222:user/Ana", "arn:aws:iam::222222222222:user/Mary"] },
      },
      [
        "one value of each tag and one of the ARNs",
        {
          "aws:PrincipalTag/department": "legal",
          "aws:PrincipalTag/role": "audit",
          "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Mary",
        },
        true,
      ],
      [
        "another department",
        {
          "aws:PrincipalTag/department": "it",
          "aws:PrincipalTag/role": "audit",
          "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Mary",
        },
        false,
      ],
      [
        "no role tag",
        { "aws:PrincipalTag/department": "hr", "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Mary" },
        false,
      ],
      [
        "another user",
        {
          "aws:PrincipalTag/department": "hr",
          "aws:PrincipalTag/role": "audit",
          "aws:PrincipalArn": "arn:aws:iam::222222222222:user/Nikhil",
        },
        false,
      ],
    ),
  },
  {
    title: manyTitle,
    page: manyPage,
    ...denyIf(
      { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } },
      ["NOR: one of the values", { "aws:RequestedRegion": "eu-west-1" }, false],
      ["none of them", { "aws:RequestedRegion": "us-east-1" }, true],
    ),
  },
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { Null: { "aws:TagKeys": "false" }, "ForAllValues:StringLike": { "aws:TagKeys": ["key1*", "key2*", "key3*"] } },
      ["every tag key has one of the prefixes", { "aws:TagKeys": ["key1-a", "key3"] }, true],
      ["one has another", { "aws:TagKeys": ["key1-a", "other"] }, false],
      ["no tag keys at all: Null keeps the Deny away", {}, false],
      ["nor an empty one", { "aws:TagKeys": "" }, false],
    ),
  },
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { "ForAllValues:StringLike": { "aws:TagKeys": ["key1*"] } },
      ["without Null, ForAllValues is true for a request without the key", {}, true],
      ["and for a null dataset, such as an empty string", { "aws:TagKeys": "" }, true],
    ),
  },
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { "ForAnyValue:StringEquals": { "aws:TagKeys": ["environment", "webserver"] } },
      ["one of the tag keys is among them", { "aws:TagKeys": ["owner", "webserver"] }, true],
      ["none is", { "aws:TagKeys": ["owner"] }, false],
      ["the key is not in the request", {}, false],
    ),
  },
  {
    title: "Creating a condition that tests multiple key values (set operations)",
    page: "reference_policies_multi-value-conditions",
    ...allowIf(
      { "ForAllValues:StringLike": { "dynamodb:requestedAttributes": ["PostDateTime", "Message", "Tags"] } },
      ["PostDateTime and Message", { "dynamodb:requestedAttributes": ["PostDateTime", "Message"] }, true],
      ["a request that includes ID fails", { "dynamodb:requestedAttributes": ["PostDateTime", "ID"] }, false],
      ["PostDateTime and UserName fail", { "dynamodb:requestedAttributes": ["PostDateTime", "UserName"] }, false],
    ),
  },
  {
    title: "Creating a condition that tests multiple key values (set operations)",
    page: "reference_policies_multi-value-conditions",
    ...denyIf(
      { "ForAnyValue:StringLike": { "dynamodb:requestedAttributes": ["ID", "PostDateTime"] } },
      ["PostDateTime and Message", { "dynamodb:requestedAttributes": ["PostDateTime", "Message"] }, true],
      [
        "UserName, Message and PostDateTime",
        { "dynamodb:requestedAttributes": ["UserName", "Message", "PostDateTime"] },
        true,
      ],
      ["just UserName", { "dynamodb:requestedAttributes": ["UserName"] }, false],
      ["an empty data set: ForAnyValue returns false", { "dynamodb:requestedAttributes": "" }, false],
    ),
  },
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
  {
    title: multivaluedTitle,
    page: multivaluedPage,
    ...denyIf(
      { "ForAllValues:StringNotLike": { "aws:TagKeys": "key1*" } },
      ["no tag key has the prefix", { "aws:TagKeys": ["key2", "key3"] }, true],
      ["one has it", { "aws:TagKeys": ["key1:legal", "key2"] }, false],
      ["all have it", { "aws:TagKeys": ["key1:hr", "key1:legal"] }, false],
    ),
  },
];
