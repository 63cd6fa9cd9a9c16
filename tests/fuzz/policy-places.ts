import { z } from "zod";
import { sandboxAccounts, type SandboxOrganization } from "#simulator";
import { administrator } from "../simulator/clients.ts";
import { homeRegion, instanceArn } from "../simulator/identity-center.ts";
import { rootSession } from "../simulator/root-session.ts";
import type { Conversation, Question } from "./conversation.ts";
import type { PlaceName } from "./policy-shapes.ts";
import type { Sender } from "./signed-request.ts";

/** Somewhere AWS takes a policy, and a request about which a policy there has something to say. */
export interface Place {
  readonly put: (policy: string) => Question;
  /** @param output of the put */
  readonly ask: (output: object) => Question;
}

type Ask = (sender: Sender, service: string, operation: string, input: object) => Question;

const ask: Ask = (sender, service, operation, input) => ({ sender, service, operation, input });

/** Makes everything that policies are put on. */
export async function openPlaces(
  sandbox: SandboxOrganization,
  speak: Conversation,
): Promise<Readonly<Record<PlaceName, Place>>> {
  const workshop: Workshop = {
    sandbox,
    orders: administrator(sandbox, "orders"),
    management: administrator(sandbox, "management", homeRegion),
    make: async (sender, service, operation, input) => {
      const { output, error } = await speak.send(ask(sender, service, operation, input));
      if (!output) throw new Error(`${service}:${operation} failed.`, { cause: error });
      return output;
    },
  };
  return {
    ...(await resourcePlaces(workshop)),
    ...(await identityPlaces(workshop)),
    ...(await organizationPlaces(workshop)),
  };
}

interface Workshop {
  readonly sandbox: SandboxOrganization;
  readonly orders: Sender;
  readonly management: Sender;
  readonly make: (...question: Parameters<Ask>) => Promise<object>;
}

type Places<Name extends PlaceName> = Promise<Readonly<Record<Name, Place>>>;

const Bucket = "fuzz-bucket";

/**
 * A root session puts the policies that may lock everybody else out. There is none for topics: each policy is that of a
 * new one.
 */
async function resourcePlaces({
  sandbox,
  orders,
  make,
}: Workshop): Places<"bucket policy" | "queue policy" | "key policy" | "topic policy"> {
  const bucketRoot = await rootSession(sandbox, "orders", "S3UnlockBucketPolicy");
  const queueRoot = await rootSession(sandbox, "orders", "SQSUnlockQueuePolicy");
  const configuration = { LocationConstraint: orders.region };
  await make(orders, "s3", "CreateBucket", { Bucket, CreateBucketConfiguration: configuration });
  await make(orders, "s3", "DeletePublicAccessBlock", { Bucket });
  const { QueueUrl } = queueSchema.parse(await make(orders, "sqs", "CreateQueue", { QueueName: "fuzz" }));
  let topics = 0;
  const { KeyMetadata } = keySchema.parse(await make(orders, "kms", "CreateKey", {}));
  return {
    "bucket policy": {
      put: (Policy) => ask(bucketRoot, "s3", "PutBucketPolicy", { Bucket, Policy }),
      ask: () => ask(orders, "s3", "ListObjectsV2", { Bucket }),
    },
    "queue policy": {
      put: (Policy) => ask(queueRoot, "sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy } }),
      ask: () => ask(orders, "sqs", "ListQueueTags", { QueueUrl }),
    },
    "key policy": {
      put: (Policy) => ask(orders, "kms", "PutKeyPolicy", { ...KeyMetadata, Policy }),
      ask: () => ask(orders, "kms", "DescribeKey", KeyMetadata),
    },
    "topic policy": {
      put: (Policy) => ask(orders, "sns", "CreateTopic", { Name: `fuzz-${++topics}`, Attributes: { Policy } }),
      ask: (output) => ask(orders, "sns", "GetTopicAttributes", topicSchema.parse(output)),
    },
  };
}

const queueSchema = z.object({ QueueUrl: z.string() });
const topicSchema = z.object({ TopicArn: z.string() });
const keySchema = z.object({ KeyMetadata: z.object({ KeyId: z.string() }) });

async function identityPlaces({
  orders,
  make,
}: Workshop): Places<"inline policy of a user" | "inline policy of a role" | "trust policy" | "session policy"> {
  const named = { PolicyName: "fuzz" };
  const user = { UserName: "fuzz" };
  await make(orders, "iam", "CreateUser", user);
  const key = keyOfUserSchema.parse(await make(orders, "iam", "CreateAccessKey", user)).AccessKey;
  const asUser = senderWith(key, orders);
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: { AWS: sandboxAccounts.orders }, Action: "sts:AssumeRole" },
  });
  for (const RoleName of ["limited", "trusting", "administering"]) {
    await make(orders, "iam", "CreateRole", { RoleName, AssumeRolePolicyDocument });
  }
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await make(orders, "iam", "AttachRolePolicy", { RoleName: "administering", PolicyArn });
  const asLimited = sessionOf(await make(...assume("limited")));
  return {
    "inline policy of a user": {
      put: (PolicyDocument) => ask(orders, "iam", "PutUserPolicy", { ...user, ...named, PolicyDocument }),
      ask: () => ask(asUser, "iam", "ListUsers", {}),
    },
    "inline policy of a role": {
      put: (PolicyDocument) => ask(orders, "iam", "PutRolePolicy", { RoleName: "limited", ...named, PolicyDocument }),
      ask: () => ask(asLimited, "iam", "ListUsers", {}),
    },
    "trust policy": {
      put: (PolicyDocument) => ask(orders, "iam", "UpdateAssumeRolePolicy", { RoleName: "trusting", PolicyDocument }),
      ask: () => ask(...assume("trusting")),
    },
    "session policy": {
      put: (Policy) => ask(...assume("administering", { Policy })),
      ask: (output) => ask(sessionOf(output), "iam", "ListUsers", {}),
    },
  };

  function assume(role: string, more: object = {}): Parameters<Ask> {
    const RoleArn = `arn:aws:iam::${sandboxAccounts.orders}:role/${role}`;
    return [orders, "sts", "AssumeRole", { RoleArn, RoleSessionName: "fuzz", ...more }];
  }

  function sessionOf(output: object): Sender {
    return senderWith(sessionSchema.parse(output).Credentials, orders);
  }
}

const secretSchema = z.object({
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string().optional(),
});
const keyOfUserSchema = z.object({ AccessKey: secretSchema });
const sessionSchema = z.object({ Credentials: secretSchema });

function senderWith(secret: z.infer<typeof secretSchema>, { region }: Sender): Sender {
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = secret;
  return {
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  };
}

async function organizationPlaces({
  sandbox,
  orders,
  management,
  make,
}: Workshop): Places<"service control policy" | "resource control policy" | "inline policy of a permission set"> {
  const { Roots } = rootsSchema.parse(await make(management, "organizations", "ListRoots", {}));
  const PolicyType = "RESOURCE_CONTROL_POLICY";
  await make(management, "organizations", "EnablePolicyType", { RootId: Roots[0].Id, PolicyType });
  const serviceControl = await attached("SERVICE_CONTROL_POLICY", sandboxAccounts.audit, {});
  const resourceControl = await attached(PolicyType, sandboxAccounts.orders, { Principal: "*" });
  const set = { InstanceArn: instanceArn, Name: "fuzz" };
  const { PermissionSet } = setSchema.parse(await make(management, "sso", "CreatePermissionSet", set));
  const permissionSet = { InstanceArn: instanceArn, PermissionSetArn: PermissionSet.PermissionSetArn };
  return {
    "service control policy": {
      put: (Content) => ask(management, "organizations", "UpdatePolicy", { ...serviceControl, Content }),
      ask: () => ask(administrator(sandbox, "audit"), "iam", "ListUsers", {}),
    },
    "resource control policy": {
      put: (Content) => ask(management, "organizations", "UpdatePolicy", { ...resourceControl, Content }),
      ask: () => ask(orders, "s3", "ListObjectsV2", { Bucket }),
    },
    "inline policy of a permission set": {
      put: (InlinePolicy) =>
        ask(management, "sso", "PutInlinePolicyToPermissionSet", { ...permissionSet, InlinePolicy }),
      ask: () => ask(management, "sso", "GetInlinePolicyForPermissionSet", permissionSet),
    },
  };

  async function attached(Type: string, TargetId: string, principal: object): Promise<{ PolicyId: string }> {
    const Statement = { Effect: "Deny", ...principal, Action: "s3:GetObject", Resource: "*" };
    const Content = JSON.stringify({ Version: "2012-10-17", Statement });
    const made = await make(management, "organizations", "CreatePolicy", {
      Type,
      Content,
      Name: Type,
      Description: "",
    });
    const PolicyId = policySchema.parse(made).Policy.PolicySummary.Id;
    await make(management, "organizations", "AttachPolicy", { PolicyId, TargetId });
    return { PolicyId };
  }
}

const rootsSchema = z.object({ Roots: z.tuple([z.object({ Id: z.string() })]) });
const setSchema = z.object({ PermissionSet: z.object({ PermissionSetArn: z.string() }) });
const policySchema = z.object({ Policy: z.object({ PolicySummary: z.object({ Id: z.string() }) }) });
