import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import * as operations from "./operations.ts";

const client = new cloudTrail.CloudTrailClient({ region: "us-east-1" });
const model = serviceModel(cloudTrail, client.config.protocolSettings);

/** AWS CloudTrail: the event history that every account has, and the trails that EventBridge depends on. */
export const cloudTrailService: Service = {
  name: "cloudtrail",
  signingNames: ["cloudtrail"],
  actionPrefix: "cloudtrail",
  eventSource: "cloudtrail.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  operations: operationsOf(cloudTrail, operations),
  // CloudTrail's denials of what has no resource of its own, such as LookupEvents, name none.
  denial: { ...jsonDenial, resourceText: (resource) => (resource === "*" ? "" : resource) },
  missingMembers: missingFromJson,
};
