import * as sqs from "@aws-sdk/client-sqs";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { operationsOf } from "../operations-of.ts";
import type { DenialStyle, Service } from "../service.ts";
import * as operations from "./operations.ts";
import { missingParameter } from "./faults.ts";

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
  operations: operationsOf(sqs, operations),
  denial,
  missingMembers: ([first = ""]) => missingParameter(first),
};
