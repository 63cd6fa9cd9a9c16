import * as sns from "@aws-sdk/client-sns";
import { awsQuery } from "../../wire/aws-query.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { missingParameters } from "../query-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { DenialStyle, Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import * as operations from "./operations.ts";

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
  checkMembers,
  operations: operationsOf(sns, operations),
  denial,
  missingMembers: missingParameters,
};
