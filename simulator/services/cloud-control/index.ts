import * as cloudControl from "@aws-sdk/client-cloudcontrol";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { getResourceRequestStatus, listResourceRequests } from "./request-statuses.ts";
import { getResource, listResources } from "./resource-reads.ts";
import { createResource, deleteResource, updateResource } from "./resource-writes.ts";

const operations: Operations<typeof cloudControl> = {
  CreateResource: createResource,
  DeleteResource: deleteResource,
  GetResource: getResource,
  GetResourceRequestStatus: getResourceRequestStatus,
  ListResourceRequests: listResourceRequests,
  ListResources: listResources,
  UpdateResource: updateResource,
};

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
  operations,
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
