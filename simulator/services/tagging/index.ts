import * as tagging from "@aws-sdk/client-resource-groups-tagging-api";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import * as operations from "./operations.ts";

const client = new tagging.ResourceGroupsTaggingAPIClient({ region: "us-east-1" });
const model = serviceModel(tagging, client.config.protocolSettings);

/** Resource Groups Tagging API, as far as one looks for KMS keys by their tags. */
export const taggingService: Service = {
  name: "tagging",
  signingNames: ["tagging"],
  actionPrefix: "tag",
  eventSource: "tagging.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  checkMembers,
  operations: operationsOf(tagging, operations),
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
