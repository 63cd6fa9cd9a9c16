import * as kms from "@aws-sdk/client-kms";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import * as operations from "./operations.ts";

const model = serviceModel(kms, new kms.KMSClient({ region: "us-east-1" }).config.protocolSettings);

/** AWS Key Management Service: symmetric keys, their policies and aliases, as far as encrypted topics and queues need. */
export const keyManagementService: Service = {
  name: "kms",
  signingNames: ["kms"],
  actionPrefix: "kms",
  eventSource: "kms.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  checkMembers,
  operations: operationsOf(kms, operations),
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
