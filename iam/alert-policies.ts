import type { AccountId } from "./account-id.ts";
import type { PolicyJson, StatementJson } from "./policy-json.ts";
import { rootUserArn } from "./arn.ts";

const eventBridge = "events.amazonaws.com";

/**
 * The policy of a key that encrypts an alert topic: EventBridge has to be able to put messages there, and SNS into queues
 * that are encrypted with the same key. EventBridge brings no condition keys (docs/aws-behaviour.md, section 9).
 *
 * @example JSON.stringify(alertKeyPolicy(accountId))
 */
export function alertKeyPolicy(accountId: AccountId): PolicyJson {
  const use = ["kms:Decrypt", "kms:GenerateDataKey*"];
  return policy(
    {
      Sid: "AllowAccount",
      Effect: "Allow",
      Principal: { AWS: rootUserArn(accountId) },
      Action: "kms:*",
      Resource: "*",
    },
    { Sid: "AllowEventBridge", Effect: "Allow", Principal: { Service: eventBridge }, Action: use, Resource: "*" },
    {
      Sid: "AllowDelivery",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: use,
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    },
  );
}

/** The policy of an alert topic; the account's own principals need none. */
export function alertTopicPolicy(topicArn: string): PolicyJson {
  return policy({
    Sid: "AllowEventBridge",
    Effect: "Allow",
    Principal: { Service: eventBridge },
    Action: "sns:Publish",
    Resource: topicArn,
  });
}

/** The trust policy of the role as which EventBridge hands events to another Region. */
export function eventForwardingTrustPolicy(): PolicyJson {
  return policy({
    Sid: "AllowEventBridge",
    Effect: "Allow",
    Principal: { Service: eventBridge },
    Action: "sts:AssumeRole",
  });
}

/** What that role may do: put events onto one bus. */
export function eventForwardingPolicy(busArn: string): PolicyJson {
  return policy({ Sid: "AllowPutEvents", Effect: "Allow", Action: "events:PutEvents", Resource: busArn });
}

function policy(...statements: readonly StatementJson[]): PolicyJson {
  return { Version: "2012-10-17", Statement: statements };
}
