import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { lookupEvents } from "./lookup-events.ts";

const operations: Operations<typeof cloudTrail> = { LookupEvents: lookupEvents };

const client = new cloudTrail.CloudTrailClient({ region: "us-east-1" });
const model = serviceModel(cloudTrail, client.config.protocolSettings);

/** AWS CloudTrail's event history: who did what. Every account has it without a trail. */
export const cloudTrailService: Service = {
  name: "cloudtrail",
  signingNames: ["cloudtrail"],
  actionPrefix: "cloudtrail",
  eventSource: "cloudtrail.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  operations,
  // CloudTrail's denials of LookupEvents name no resource.
  denial: { ...jsonDenial, resourceText: () => "" },
  missingMembers: missingFromJson,
};
