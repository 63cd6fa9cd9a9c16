import * as sqs from "@aws-sdk/client-sqs";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import type { DenialStyle, Operations, Service } from "../service.ts";
import { missingParameter } from "./faults.ts";
import { getQueueAttributes, setQueueAttributes } from "./queue-attributes.ts";
import { listQueueTags, tagQueue, untagQueue } from "./queue-tags.ts";
import { createQueue, deleteQueue, getQueueUrl, listQueues, purgeQueue } from "./queues.ts";
import { receiveMessage } from "./receive-message.ts";
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from "./received-messages.ts";
import { sendMessage, sendMessageBatch } from "./send-message.ts";

const operations: Operations<typeof sqs> = {
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  CreateQueue: createQueue,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListQueues: listQueues,
  ListQueueTags: listQueueTags,
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
  TagQueue: tagQueue,
  UntagQueue: untagQueue,
};

/** The action in lower case, the ARN without quotes (docs/aws-behaviour.md, section 6). */
const denial: DenialStyle = {
  code: "AccessDenied",
  status: 403,
  shape: "AccessDeniedException",
  actionText: (action) => action.toLowerCase(),
  resourceText: (resource) => resource,
};

const model = serviceModel(sqs, new sqs.SQSClient({ region: "us-east-1" }).config.protocolSettings);

/** Amazon Simple Queue Service: standard queues, their attributes and policies, and messages. */
export const simpleQueueService: Service = {
  name: "sqs",
  signingNames: ["sqs"],
  actionPrefix: "sqs",
  eventSource: "sqs.amazonaws.com",
  dataOperations: new Set([
    "ChangeMessageVisibility",
    "ChangeMessageVisibilityBatch",
    "DeleteMessage",
    "DeleteMessageBatch",
    "ReceiveMessage",
    "SendMessage",
    "SendMessageBatch",
  ]),
  model,
  protocol: awsJson(model, "1.0"),
  operations,
  denial,
  missingMembers: ([first = ""]) => missingParameter(first),
};
