import * as aws from "@pulumi/aws";
import {
  Assignment,
  AssignmentPrincipalType,
  AssignmentTargetType,
  PermissionSet,
} from "@pulumi/aws-native/sso/index.js";
import { alertResources } from "./alert-resources.ts";

/** A resource of every type that the stand-ins model; PLUGIN_PROGRAM_EDITION 2 changes what can change in place. */
export async function everyType(): Promise<Record<string, unknown>> {
  const second = process.env["PLUGIN_PROGRAM_EDITION"] === "2";
  const member = new aws.Provider("member", { profile: "orders", region: "ap-northeast-2" });
  return {
    ...organizationResources(second),
    ...memberResources(member, second),
    ...alertResources(member, second),
    ...(await permissionSet(second)),
  };
}

function organizationResources(second: boolean): Record<string, unknown> {
  const servicePrincipal = "iam.amazonaws.com";
  const trust = new aws.organizations.AwsServiceAccess("trust", { servicePrincipal });
  const features = new aws.iam.OrganizationsFeatures(
    "features",
    { enabledFeatures: second ? ["RootSessions"] : ["RootSessions", "RootCredentialsManagement"] },
    { dependsOn: trust },
  );
  const delegate = new aws.organizations.DelegatedAdministrator(
    "delegate",
    { accountId: "222222222222", servicePrincipal },
    { dependsOn: features },
  );
  new aws.iam.OpenIdConnectProvider("identity-provider", {
    url: "https://token.actions.githubusercontent.com",
    clientIdLists: ["sts.amazonaws.com"],
  });
  const guardrail = new aws.organizations.Policy("guardrail", {
    type: "SERVICE_CONTROL_POLICY",
    description: second ? "second edition" : "first edition",
    content: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }],
    }),
  });
  const attached = new aws.organizations.PolicyAttachment("attachment", {
    policyId: guardrail.id,
    targetId: "333333333333",
  });
  return { features: features.enabledFeatures, delegate: delegate.name, guarded: attached.targetId };
}

function memberResources(provider: aws.Provider, second: boolean): Record<string, unknown> {
  const bucket = new aws.s3.Bucket("Everyday", { forceDestroy: true }, { provider });
  const object = new aws.s3.BucketObjectv2(
    "orders/1",
    { bucket: bucket.bucket, content: second ? "two" : "one" },
    { provider },
  );
  const block = new aws.s3.BucketPublicAccessBlock(
    "block",
    { bucket: bucket.bucket, blockPublicAcls: true, blockPublicPolicy: second },
    { provider },
  );
  const statement = { Effect: "Allow" as const, Principal: { AWS: "arn:aws:iam::333333333333:root" } };
  const policy = new aws.s3.BucketPolicy(
    "policy",
    {
      bucket: bucket.bucket,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            ...statement,
            Action: second ? ["s3:GetObject"] : "s3:GetObjectVersion",
            Resource: [bucket.arn.apply((arn) => `${arn}/*`)],
          },
        ],
      },
    },
    { provider, dependsOn: block },
  );
  const queue = new aws.sqs.Queue("queue", { delaySeconds: second ? 1 : 0 }, { provider });
  new aws.sqs.QueuePolicy(
    "queue-policy",
    {
      queueUrl: queue.url,
      policy: queue.arn.apply((Resource) =>
        JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, Action: "sqs:SendMessage", Resource }] }),
      ),
    },
    { provider },
  );
  return { bucket: bucket.bucket, etag: object.etag, queue: queue.arn, policyOf: policy.bucket };
}

async function permissionSet(second: boolean): Promise<Record<string, unknown>> {
  const { arns, identityStoreIds } = await aws.ssoadmin.getInstances({});
  const [instanceArn = "", identityStoreId = ""] = [arns[0], identityStoreIds[0]];
  const group = await aws.identitystore.getGroup({
    identityStoreId,
    alternateIdentifier: { uniqueAttribute: { attributePath: "DisplayName", attributeValue: "auditors" } },
  });
  const set = new PermissionSet("Everyday", {
    instanceArn,
    sessionDuration: "PT2H",
    description: second ? "second edition" : "first edition",
    inlinePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRoot", Resource: "*" }] },
  });
  new Assignment("auditors", {
    instanceArn,
    permissionSetArn: set.permissionSetArn,
    principalId: group.groupId,
    principalType: AssignmentPrincipalType.Group,
    targetId: "222222222222",
    targetType: AssignmentTargetType.AwsAccount,
  });
  return { permissionSet: set.name, description: set.description };
}
