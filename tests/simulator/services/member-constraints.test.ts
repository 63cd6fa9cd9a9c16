import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { homeRegion, identityStoreId, instanceArn } from "../identity-center.ts";
import { form, json, send, signed } from "../wire-client.ts";

const tooShort = (least: number): string => `have length greater than or equal to ${least}`;
const tooLong = (most: number): string => `have length less than or equal to ${most}`;
const pattern = "satisfy regular expression pattern: ";
const x = (length: number): string => "x".repeat(length);

type Case = readonly [operation: string, input: object, member: string, rule: string];

const kms: readonly Case[] = [
  ["DescribeKey", { KeyId: "" }, "keyId", tooShort(1)],
  ["DescribeKey", { KeyId: x(2049) }, "keyId", tooLong(2048)],
  ["EnableKey", { KeyId: "" }, "keyId", tooShort(1)],
  ["ListAliases", { KeyId: "" }, "keyId", tooShort(1)],
  ["CreateAlias", { AliasName: "alias/a", TargetKeyId: "" }, "targetKeyId", tooShort(1)],
  ["CreateAlias", { AliasName: "", TargetKeyId: "k" }, "aliasName", tooShort(1)],
  ["CreateKey", { Description: x(8193) }, "description", tooLong(8192)],
  ["CreateKey", { Policy: "" }, "policy", tooShort(1)],
  ["CreateKey", { Policy: "\u0100" }, "policy", pattern],
  [
    "CreateKey",
    {
      Tags: [
        { TagKey: "a", TagValue: "" },
        { TagKey: "", TagValue: "" },
      ],
    },
    "tags.2.member.tagKey",
    tooShort(1),
  ],
  ["CreateKey", { Tags: [{ TagKey: "a" }] }, "tags.1.member.tagValue", "not be null"],
  ["UntagResource", { KeyId: "k", TagKeys: [""] }, "tagKeys", tooShort(1)],
  ["GetKeyPolicy", { KeyId: "k", PolicyName: "" }, "policyName", tooShort(1)],
  ["ListKeys", { Marker: "" }, "marker", tooShort(1)],
  ["ListKeys", { Limit: 0 }, "limit", "have value greater than or equal to 1"],
  [
    "EnableKeyRotation",
    { KeyId: "k", RotationPeriodInDays: 89 },
    "rotationPeriodInDays",
    "have value greater than or equal to 90",
  ],
];

const target = { Id: "t", Arn: "arn:aws:sqs:us-east-1:111111111111:q" };

const events: readonly Case[] = [
  ["DescribeRule", { Name: "" }, "name", tooShort(1)],
  ["DeleteRule", { Name: x(65) }, "name", tooLong(64)],
  ["EnableRule", { Name: "règle" }, "name", pattern],
  ["ListRules", { NamePrefix: "" }, "namePrefix", tooShort(1)],
  ["ListRules", { NextToken: "" }, "nextToken", tooShort(1)],
  ["ListRules", { EventBusName: "" }, "eventBusName", tooShort(1)],
  ["ListRules", { Limit: 101 }, "limit", "have value less than or equal to 100"],
  ["ListTargetsByRule", { Rule: "" }, "rule", tooShort(1)],
  ["PutTargets", { Rule: "r", Targets: [] }, "targets", tooShort(1)],
  ["PutTargets", { Rule: "r", Targets: [{ ...target, Id: "" }] }, "targets.1.member.id", tooShort(1)],
  [
    "PutTargets",
    { Rule: "r", Targets: [{ ...target, InputPath: x(257) }] },
    "targets.1.member.inputPath",
    tooLong(256),
  ],
  [
    "PutTargets",
    { Rule: "r", Targets: [target, { ...target, InputTransformer: { InputTemplate: "" } }] },
    "targets.2.member.inputTransformer.inputTemplate",
    tooShort(1),
  ],
  [
    "PutTargets",
    { Rule: "r", Targets: [{ ...target, InputTransformer: { InputPathsMap: { a: "$.id" } } }] },
    "targets.1.member.inputTransformer.inputTemplate",
    "not be null",
  ],
  ["TagResource", { ResourceARN: "r", Tags: [{ Key: "a" }] }, "tags.1.member.value", "not be null"],
  ["PutTargets", { Rule: "r", Targets: [{ Arn: target.Arn }] }, "targets.1.member.id", "not be null"],
  ["RemoveTargets", { Rule: "r", Ids: [""] }, "ids", tooShort(1)],
  ["RemoveTargets", { Rule: "r", Ids: Array.from({ length: 101 }, () => "t") }, "ids", tooLong(100)],
  ["ListTagsForResource", { ResourceARN: "" }, "resourceARN", tooShort(1)],
];

const sso: readonly Case[] = [
  [
    "DescribeAccountAssignmentCreationStatus",
    { InstanceArn: instanceArn, AccountAssignmentCreationRequestId: "x" },
    "accountAssignmentCreationRequestId",
    tooShort(36),
  ],
  ["ListPermissionSets", { InstanceArn: instanceArn, NextToken: "ü" }, "nextToken", pattern],
  [
    "CreatePermissionSet",
    { InstanceArn: instanceArn, Name: "n", Tags: [{ Key: "", Value: "" }] },
    "tags.1.member.key",
    tooShort(1),
  ],
  [
    "CreatePermissionSet",
    { InstanceArn: instanceArn, Name: "n", Tags: Array.from({ length: 76 }, () => ({ Key: "a", Value: "" })) },
    "tags",
    tooLong(75),
  ],
];

const identityStore: readonly Case[] = [
  [
    "ListUsers",
    { IdentityStoreId: identityStoreId, Filters: [{ AttributePath: "", AttributeValue: "a" }] },
    "filters.1.member.attributePath",
    tooShort(1),
  ],
  [
    "IsMemberInGroups",
    { IdentityStoreId: identityStoreId, MemberId: { UserId: "x" }, GroupIds: [] },
    "groupIds",
    tooShort(1),
  ],
  [
    "IsMemberInGroups",
    { IdentityStoreId: identityStoreId, MemberId: { UserId: "" }, GroupIds: ["x"] },
    "memberId.userId",
    tooShort(1),
  ],
];

const services = [
  ["kms", "TrentService", kms],
  ["events", "AWSEvents", events],
  ["sso", "SWBExternalService", sso],
  ["identitystore", "AWSIdentityStore", identityStore],
] as const;

const iam: readonly (readonly [query: string, member: string, rule: string])[] = [
  ["Action=GetUser&UserName=", "userName", tooShort(1)],
  [`Action=GetRole&RoleName=${x(65)}`, "roleName", tooLong(64)],
  ["Action=DeleteAccessKey&AccessKeyId=x", "accessKeyId", tooShort(16)],
  ["Action=ListUsers&PathPrefix=a", "pathPrefix", pattern],
  ["Action=TagUser&UserName=u&Tags.member.1.Key=&Tags.member.1.Value=v", "tags.1.member.key", tooShort(1)],
  ["Action=TagUser&UserName=u&Tags.member.1.Key=k", "tags.1.member.value", "not be null"],
  ["Action=ListVirtualMFADevices&AssignmentStatus=x", "assignmentStatus", "satisfy enum value set"],
  ["Action=ListUsers&Marker=", "marker", tooShort(1)],
  ["Action=ListRoles&MaxItems=0", "maxItems", "have value greater than or equal to 1"],
  ["Action=ListRoles&MaxItems=10000", "maxItems", "have value less than or equal to 1000"],
  ["Action=AttachUserPolicy&UserName=u&PolicyArn=x", "policyArn", tooShort(20)],
];

const organizations: readonly (readonly [operation: string, input: object, reason: string])[] = [
  ["DescribeAccount", { AccountId: "" }, "INVALID_PATTERN"],
  ["ListParents", { ChildId: "arn:aws:organizations::111111111111:account/o-x/222222222222" }, "INVALID_PATTERN"],
  ["ListTagsForResource", { ResourceId: "x" }, "INVALID_PATTERN"],
  ["DescribePolicy", { PolicyId: "" }, "INVALID_PATTERN"],
  ["EnablePolicyType", { RootId: "root", PolicyType: "SERVICE_CONTROL_POLICY" }, "INVALID_PATTERN"],
  ["AttachPolicy", { PolicyId: "p-FullAWSAccess", TargetId: "all" }, "INVALID_PATTERN"],
  ["TagResource", { ResourceId: "222222222222", Tags: [{ Key: "", Value: "" }] }, "MIN_LENGTH_EXCEEDED"],
  ["TagResource", { ResourceId: "222222222222", Tags: [{ Key: "k", Value: x(257) }] }, "MAX_LENGTH_EXCEEDED"],
  ["UntagResource", { ResourceId: "222222222222", TagKeys: ["?"] }, "INVALID_PATTERN"],
  ["EnableAWSServiceAccess", { ServicePrincipal: "" }, "MIN_LENGTH_EXCEEDED"],
  ["CreatePolicy", { Name: "", Content: "{}", Description: "", Type: "SERVICE_CONTROL_POLICY" }, "MIN_LENGTH_EXCEEDED"],
  [
    "CreatePolicy",
    { Name: x(129), Content: "{}", Description: "", Type: "SERVICE_CONTROL_POLICY" },
    "MAX_LENGTH_EXCEEDED",
  ],
];

describe("what the services' models demand of members", () => {
  let sandbox: SandboxOrganization;

  before(async () => {
    sandbox = await startSandboxOrganization();
  });

  after(() => sandbox.close());

  const ask = async (service: string, sketch: Parameters<typeof signed>[2]) =>
    send(await signed(administrator(sandbox, "management", homeRegion), service, sketch));

  for (const [service, prefix, cases] of services) {
    for (const [operation, input, member, rule] of cases) {
      it(`${service}:${operation}: ${member} must ${rule}`, async () => {
        const answer = await ask(service, json(`${prefix}.${operation}`, JSON.stringify(input)));
        expect(answer.status).to.equal(400);
        expect(answer.body)
          .to.contain("ValidationException")
          .and.contain(`at '${member}' failed to satisfy constraint: `);
        expect(answer.body).to.contain(`Member must ${rule}`);
      });
    }
  }

  for (const [query, member, rule] of iam) {
    it(`iam: ${query.slice(0, 60)}: ${member} must ${rule}`, async () => {
      const answer = await ask("iam", form(`${query}&Version=2010-05-08`));
      expect(answer.status).to.equal(400);
      expect(answer.body)
        .to.contain("<Code>ValidationError</Code>")
        .and.match(new RegExp(`at (&apos;|')${member}(&apos;|')`));
      expect(answer.body).to.contain(rule);
    });
  }

  it("sts:AssumeRole: externalId and policy must not be too short", async () => {
    const role = "Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::111111111111:role/none&RoleSessionName=one";
    for (const member of ["ExternalId", "Policy"]) {
      const answer = await ask("sts", form(`${role}&${member}=`));
      expect(answer.body, member).to.contain("<Code>ValidationError</Code>").and.contain("have length greater than");
    }
  });

  it("sns:DeleteTopic: what is no topic's ARN of this Region is no topic to delete", async () => {
    for (const arn of ["x", "arn:aws:sns:eu-west-1:111111111111:t", "arn:aws:sqs:us-east-1:111111111111:t"]) {
      const answer = await ask("sns", form(`Action=DeleteTopic&Version=2010-03-31&TopicArn=${arn}`));
      expect(answer.status, arn).to.equal(400);
      expect(answer.body).to.contain("<Code>InvalidParameter</Code>");
    }
  });

  it("sns: a resource and its tags have names, and a tag a value", async () => {
    const topic = "ResourceArn=arn:aws:sns:us-east-1:111111111111:t";
    for (const query of [
      "Action=ListTagsForResource&ResourceArn=",
      `Action=UntagResource&${topic}&TagKeys.member.1=`,
      `Action=TagResource&${topic}&Tags.member.1.Key=a`,
    ]) {
      const answer = await ask("sns", form(`${query}&Version=2010-03-31`));
      expect(answer.status, query).to.equal(400);
      expect(answer.body).to.contain("<Code>ValidationError</Code>");
    }
  });

  it("organizations: a tag has a value", async () => {
    const input = JSON.stringify({ ResourceId: "222222222222", Tags: [{ Key: "a" }] });
    const answer = await ask("organizations", json("AWSOrganizationsV20161128.TagResource", input));
    expect(answer.status).to.equal(400);
    expect(answer.body).to.contain("ValidationException").and.contain("at 'tags.1.member.value'");
  });

  it("cloudtrail: a lookup attribute's value has 2000 characters, of which some count twice", async () => {
    const lookup = async (value: string): Promise<string> => {
      const input = JSON.stringify({ LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: value }] });
      return (await ask("cloudtrail", json("CloudTrail_20131101.LookupEvents", input))).body;
    };
    expect(await lookup(x(2000))).to.equal('{"Events":[]}');
    for (const value of [x(2001), "_".repeat(1001)]) {
      expect(await lookup(value)).to.contain("InvalidLookupAttributesException");
    }
  });

  it("events: the bus of another Region is not modelled, and that of another account lets nobody in, in every operation", async () => {
    const EventPattern = '{"source":["aws.sts"]}';
    const inputs = { PutRule: { EventPattern }, ListRules: {}, PutTargets: { Rule: "r", Targets: [target] } };
    for (const place of ["us-east-1:222222222222", "eu-west-1:111111111111"]) {
      for (const [operation, input] of Object.entries(inputs)) {
        const bus = { EventBusName: `arn:aws:events:${place}:event-bus/default`, Name: "r", ...input };
        const answer = await ask("events", json(`AWSEvents.${operation}`, JSON.stringify(bus)));
        expect(answer.status, `${operation} ${place}`).to.equal(place.startsWith("eu-west-1") ? 501 : 400);
        expect(answer.body).to.match(/not modelled|AccessDeniedException.*no resource-based policy allows/);
      }
    }
    const own = { EventBusName: "arn:aws:events:us-east-1:111111111111:event-bus/default" };
    expect((await ask("events", json("AWSEvents.ListRules", JSON.stringify(own)))).status).to.equal(200);
  });

  it("sqs: a message's attribute that is said to be a number is one", async () => {
    const queue = { QueueName: "numbers" };
    const made = await ask("sqs", json("AmazonSQS.CreateQueue", JSON.stringify(queue)));
    const { QueueUrl } = JSON.parse(made.body) as { readonly QueueUrl: string };
    const message = { QueueUrl, MessageBody: "x", MessageAttributes: { a: { DataType: "Number", StringValue: "b" } } };
    const answer = await ask("sqs", json("AmazonSQS.SendMessage", JSON.stringify(message)));
    expect(answer.status).to.equal(400);
    expect(answer.body).to.contain("to a number.");
  });

  it("cloudcontrol: an identifier's parts are as the type has them", async () => {
    for (const operation of ["GetResource", "DeleteResource"]) {
      const input = JSON.stringify({ TypeName: "AWS::SSO::PermissionSet", Identifier: "a|b" });
      const answer = await ask("cloudcontrolapi", json(`CloudApiService.${operation}`, input));
      expect(answer.body).to.contain("ValidationException").and.contain("#/InstanceArn: ");
    }
  });

  it("cloudcontrol: what is not modelled has not begun, and stands in no list", async () => {
    const trail = JSON.stringify({ TypeName: "AWS::CloudTrail::Trail", Identifier: "organization-trail" });
    expect((await ask("cloudcontrolapi", json("CloudApiService.DeleteResource", trail))).status).to.equal(501);
    const listed = await ask("cloudcontrolapi", json("CloudApiService.ListResourceRequests", "{}"));
    expect(listed).to.include({ status: 200, body: '{"ResourceRequestStatusSummaries":[]}' });
  });

  for (const [operation, input, reason] of organizations) {
    it(`organizations:${operation} of ${JSON.stringify(input).slice(0, 60)}: ${reason}`, async () => {
      const answer = await ask("organizations", json(`AWSOrganizationsV20161128.${operation}`, JSON.stringify(input)));
      expect(answer.status).to.equal(400);
      expect(answer.body).to.contain("InvalidInputException").and.contain(`"Reason":"${reason}"`);
    });
  }
});
