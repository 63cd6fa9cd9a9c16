import { CreateRoleCommand, IAMClient, PutRolePolicyCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateResourceCommand, CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreatePolicyCommand, OrganizationsClient, UpdatePolicyCommand } from "@aws-sdk/client-organizations";
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { PutInlinePolicyToPermissionSetCommand } from "@aws-sdk/client-sso-admin";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "./clients.ts";
import { createPermissionSet, homeRegion, instanceArn, ssoAdmin } from "./identity-center.ts";
import { refusalOf } from "./refusal.ts";

const { orders } = sandboxAccounts;
const Bucket = "orders-archive";
const QueueName = "orders-events";

/** A statement's elements that no evaluator knows: passed over, each would make the policy mean something else. */
const unknown: readonly (readonly [what: string, elements: object])[] = [
  ["a condition operator that does not exist", { Condition: { StringSortOf: { "aws:PrincipalArn": "x" } } }],
  ["a quantifier that does not exist", { Condition: { "ForSome:StringEquals": { "aws:PrincipalArn": "x" } } }],
  ["IfExists on Null", { Condition: { NullIfExists: { "aws:PrincipalArn": "true" } } }],
  ["a condition key without a service", { Condition: { StringEquals: { Department: "x" } } }],
  ["a misspelt element", { Conditions: { StringEquals: { "aws:PrincipalArn": "x" } } }],
  ["an element in lower case", { condition: {} }],
];

/** Everywhere that a policy can be put, and what the service says. */
interface Place {
  readonly name: string;
  /** What a sound statement has here. */
  readonly statement: object;
  readonly put: (policy: string) => Promise<unknown>;
  readonly code: string;
}

describe("refusals: a policy that the evaluator would not understand", () => {
  let sandbox: SandboxOrganization;
  let permissionSet: string;
  let QueueUrl: string | undefined;
  let PolicyId: string | undefined;

  const settings = () => administrator(sandbox, "orders");
  const iam = () => new IAMClient(settings());
  const organizations = () => new OrganizationsClient(administrator(sandbox, "management"));
  const identity = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const trust = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${orders}:user/administrator` },
    Action: "sts:AssumeRole",
  };
  const everybody = (action: string, resource: string): object => ({
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
  });
  const onQueue = (name: string): object => everybody("sqs:*", `arn:aws:sqs:ap-northeast-2:${orders}:${name}`);
  const policyOf = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const malformed = "MalformedPolicyDocumentException";

  const places: readonly Place[] = [
    {
      name: "a user's policy",
      statement: identity,
      put: (PolicyDocument) =>
        iam().send(new PutUserPolicyCommand({ UserName: "administrator", PolicyName: "p", PolicyDocument })),
      code: malformed,
    },
    {
      name: "a role's policy",
      statement: identity,
      put: (PolicyDocument) =>
        iam().send(new PutRolePolicyCommand({ RoleName: "incident", PolicyName: "p", PolicyDocument })),
      code: malformed,
    },
    {
      name: "a role's trust policy",
      statement: trust,
      put: (AssumeRolePolicyDocument) =>
        iam().send(new CreateRoleCommand({ RoleName: "other", AssumeRolePolicyDocument })),
      code: malformed,
    },
    {
      name: "AssumeRole's session policy",
      statement: identity,
      put: (Policy) => {
        const request = { RoleArn: `arn:aws:iam::${orders}:role/incident`, RoleSessionName: "dana", Policy };
        return new STSClient(settings()).send(new AssumeRoleCommand(request));
      },
      code: malformed,
    },
    {
      name: "a bucket policy",
      statement: everybody("s3:GetBucketPolicy", `arn:aws:s3:::${Bucket}`),
      put: (Policy) => new S3Client(settings()).send(new PutBucketPolicyCommand({ Bucket, Policy })),
      code: "MalformedPolicy",
    },
    {
      name: "a queue policy",
      statement: onQueue(QueueName),
      put: (Policy) =>
        new SQSClient(settings()).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } })),
      code: "InvalidAttributeValue",
    },
    {
      name: "a new queue's policy",
      statement: onQueue("orders-new"),
      put: (Policy) =>
        new SQSClient(settings()).send(new CreateQueueCommand({ QueueName: "orders-new", Attributes: { Policy } })),
      code: "InvalidAttributeValue",
    },
    {
      name: "a key policy",
      statement: everybody("kms:Decrypt", "*"),
      put: (Policy) =>
        new KMSClient(settings()).send(new CreateKeyCommand({ Policy, BypassPolicyLockoutSafetyCheck: true })),
      code: malformed,
    },
    {
      name: "a service control policy",
      statement: { ...identity, Effect: "Deny" },
      put: (Content) =>
        organizations().send(
          new CreatePolicyCommand({ Type: "SERVICE_CONTROL_POLICY", Name: "new", Description: "", Content }),
        ),
      code: malformed,
    },
    {
      name: "a service control policy's new text",
      statement: { ...identity, Effect: "Deny" },
      put: (Content) => organizations().send(new UpdatePolicyCommand({ PolicyId, Content })),
      code: malformed,
    },
    {
      name: "a resource control policy",
      statement: everybody("s3:PutBucketPolicy", "*"),
      put: (Content) =>
        organizations().send(
          new CreatePolicyCommand({ Type: "RESOURCE_CONTROL_POLICY", Name: "new", Description: "", Content }),
        ),
      code: malformed,
    },
    {
      name: "a permission set's inline policy",
      statement: identity,
      put: (InlinePolicy) => {
        const request = { InstanceArn: instanceArn, PermissionSetArn: permissionSet, InlinePolicy };
        return ssoAdmin(sandbox).send(new PutInlinePolicyToPermissionSetCommand(request));
      },
      code: "ValidationException",
    },
  ];

  before(async () => {
    sandbox = await startSandboxOrganization({ propagationMilliseconds: 0 });
    const CreateBucketConfiguration = { LocationConstraint: "ap-northeast-2" } as const;
    await new S3Client(settings()).send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    ({ QueueUrl } = await new SQSClient(settings()).send(new CreateQueueCommand({ QueueName })));
    const AssumeRolePolicyDocument = policyOf(trust);
    await iam().send(new CreateRoleCommand({ RoleName: "incident", AssumeRolePolicyDocument }));
    permissionSet = await createPermissionSet(ssoAdmin(sandbox), "Incident");
    const Content = policyOf({ ...identity, Effect: "Deny", Action: "iam:CreateUser" });
    const request = { Type: "SERVICE_CONTROL_POLICY", Name: "known", Description: "", Content } as const;
    PolicyId = (await organizations().send(new CreatePolicyCommand(request))).Policy?.PolicySummary?.Id;
  });

  after(() => sandbox.close());

  for (const { name, statement, put, code } of places) {
    it(`is refused as ${name}, where a sound one is taken`, async () => {
      for (const [what, elements] of unknown) {
        const refusal = await refusalOf(put(policyOf({ ...statement, ...elements })));
        expect(refusal, what).to.include({ code, status: 400 });
      }
      await put(policyOf(statement));
    });
  }

  it("is refused in a permission set that names principals, as IAM would when it is provisioned", async () => {
    const inline = places.find(({ name }) => name.includes("inline")) ?? expect.fail("There is such a place.");
    for (const wrong of [{ Principal: "*" }, { Sid: "with spaces" }]) {
      expect(await refusalOf(inline.put(policyOf({ ...identity, ...wrong })))).to.include({ code: inline.code });
    }
  });

  it("is refused through Cloud Control, with Identity Center's reason", async () => {
    const cloudControl = new CloudControlClient(administrator(sandbox, "management", homeRegion));
    const InlinePolicy = { Version: "2012-10-17", Statement: [{ ...identity, ...unknown[0]?.[1] }] };
    const DesiredState = JSON.stringify({ InstanceArn: instanceArn, Name: "Unknown", InlinePolicy });
    const begun = new CreateResourceCommand({ TypeName: "AWS::SSO::PermissionSet", DesiredState });
    const { ProgressEvent } = await cloudControl.send(begun);
    expect(ProgressEvent).to.include({ OperationStatus: "FAILED" });
    expect(ProgressEvent?.StatusMessage).to.contain("StringSortOf");
  });
});
