import * as cloudControl from "@aws-sdk/client-cloudcontrol";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import * as operations from "./operations.ts";

const client = new cloudControl.CloudControlClient({ region: "us-east-1" });
const model = serviceModel(cloudControl, client.config.protocolSettings);

/**
 * AWS Cloud Control API: every resource type through the same operations. The `aws-native` plugin works through it; given
 * an endpoints map it signs with the second name (docs/aws-behaviour.md, section 10).
 */
export const cloudControlService: Service = {
  name: "cloudcontrol",
  signingNames: ["cloudcontrolapi", "cloudapiservice"],
  actionPrefix: "cloudformation",
  eventSource: "cloudcontrolapi.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.0"),
  operations: operationsOf(cloudControl, operations),
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
