import type { ResourceType } from "./resource-type.ts";
import { awsServiceAccess } from "./resources/aws-service-access.ts";
import { bucketObject } from "./resources/bucket-object.ts";
import { bucketPolicy } from "./resources/bucket-policy.ts";
import { bucketPublicAccessBlock } from "./resources/bucket-public-access-block.ts";
import { bucket } from "./resources/bucket.ts";
import { delegatedAdministrator } from "./resources/delegated-administrator.ts";
import { eventRule } from "./resources/event-rule.ts";
import { eventTarget } from "./resources/event-target.ts";
import { keyAlias } from "./resources/key-alias.ts";
import { key } from "./resources/key.ts";
import { openIdConnectProvider } from "./resources/open-id-connect-provider.ts";
import { organizationPolicy } from "./resources/organization-policy.ts";
import { organizationPolicyAttachment } from "./resources/organization-policy-attachment.ts";
import { organizationsFeatures } from "./resources/organizations-features.ts";
import { queuePolicy } from "./resources/queue-policy.ts";
import { rolePolicy } from "./resources/role-policy.ts";
import { role } from "./resources/role.ts";
import { queue } from "./resources/queue.ts";
import { topicPolicy } from "./resources/topic-policy.ts";
import { topicSubscription } from "./resources/topic-subscription.ts";
import { topic } from "./resources/topic.ts";

const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    awsServiceAccess,
    organizationsFeatures,
    delegatedAdministrator,
    organizationPolicy,
    organizationPolicyAttachment,
    role,
    rolePolicy,
    openIdConnectProvider,
    bucket,
    bucketPolicy,
    bucketPublicAccessBlock,
    bucketObject,
    queue,
    queuePolicy,
    topic,
    topicPolicy,
    topicSubscription,
    eventRule,
    eventTarget,
    key,
    keyAlias,
  ].map((type) => [type.token, type]),
);

/** Tokens of the resource types that the stand-in models. */
export const modelledTypes: readonly string[] = [...resourceTypes.keys()];

/** @throws Error when the stand-in does not model the type */
export function modelledType(token: string): ResourceType {
  const type = resourceTypes.get(token);
  if (!type) throw new Error(refusal(token));
  return type;
}

/** Why a resource type is refused; `undefined` when it is modelled. */
export function refusalOf(token: string): string | undefined {
  return resourceTypes.has(token) ? undefined : refusal(token);
}

function refusal(token: string): string {
  return (
    `The stand-in for the aws plugin does not model the resource type ${token} and refuses it: it models ` +
    `${modelledTypes.join(", ")}; use the official plugin for others.`
  );
}
