import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { createTrail } from "./create-trail.ts";
import { getEventSelectors, putEventSelectors } from "./event-selectors.ts";
import { getTrailStatus, startLogging, stopLogging } from "./logging.ts";
import { lookupEvents } from "./lookup-events.ts";
import { deleteTrail, describeTrails, getTrail, listTrails } from "./trails.ts";

const operations: Operations<typeof cloudTrail> = {
  CreateTrail: createTrail,
  DeleteTrail: deleteTrail,
  DescribeTrails: describeTrails,
  GetEventSelectors: getEventSelectors,
  GetTrail: getTrail,
  GetTrailStatus: getTrailStatus,
  ListTrails: listTrails,
  LookupEvents: lookupEvents,
  PutEventSelectors: putEventSelectors,
  StartLogging: startLogging,
  StopLogging: stopLogging,
};

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
  operations,
  // CloudTrail's denials of what has no resource of its own, such as LookupEvents, name none.
  denial: { ...jsonDenial, resourceText: (resource) => (resource === "*" ? "" : resource) },
  missingMembers: missingFromJson,
};
