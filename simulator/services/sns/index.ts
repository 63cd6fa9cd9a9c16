import * as sns from "@aws-sdk/client-sns";
import { awsQuery } from "../../wire/aws-query.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { missingParameters } from "../query-refusals.ts";
import type { DenialStyle, Operations, Service } from "../service.ts";
import { listSubscriptions, listSubscriptionsByTopic } from "./list-subscriptions.ts";
import { publish } from "./publish.ts";
import { getSubscriptionAttributes, setSubscriptionAttributes } from "./subscription-attributes.ts";
import { confirmSubscription, subscribe, unsubscribe } from "./subscriptions.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { createTopic, deleteTopic, getTopicAttributes, listTopics, setTopicAttributes } from "./topics.ts";

const operations: Operations<typeof sns> = {
  ConfirmSubscription: confirmSubscription,
  CreateTopic: createTopic,
  DeleteTopic: deleteTopic,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  GetTopicAttributes: getTopicAttributes,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  ListTagsForResource: listTagsForResource,
  ListTopics: listTopics,
  Publish: publish,
  SetSubscriptionAttributes: setSubscriptionAttributes,
  SetTopicAttributes: setTopicAttributes,
  Subscribe: subscribe,
  TagResource: tagResource,
  Unsubscribe: unsubscribe,
  UntagResource: untagResource,
};

const denial: DenialStyle = {
  code: "AuthorizationError",
  status: 403,
  shape: "AuthorizationErrorException",
  actionText: (action) => action.replace(/^sns:/, "SNS:"),
  resourceText: (resource) => resource,
};

const model = serviceModel(sns, new sns.SNSClient({ region: "us-east-1" }).config.protocolSettings);

/** Amazon Simple Notification Service: standard topics, with queues and e-mail addresses as subscribers. */
export const simpleNotificationService: Service = {
  name: "sns",
  signingNames: ["sns"],
  actionPrefix: "sns",
  eventSource: "sns.amazonaws.com",
  dataOperations: new Set(["Publish"]),
  model,
  protocol: awsQuery(model),
  operations,
  denial,
  missingMembers: missingParameters,
};
