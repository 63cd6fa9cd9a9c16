import * as eventBridge from "@aws-sdk/client-eventbridge";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import * as operations from "./operations.ts";

const client = new eventBridge.EventBridgeClient({ region: "us-east-1" });
const model = serviceModel(eventBridge, client.config.protocolSettings);

/** Amazon EventBridge: rules on the default event buses, which see CloudTrail's events, and their targets. */
export const eventBridgeService: Service = {
  name: "events",
  signingNames: ["events"],
  actionPrefix: "events",
  eventSource: "events.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  checkMembers,
  operations: operationsOf(eventBridge, operations),
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
