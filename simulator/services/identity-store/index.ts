import * as identityStore from "@aws-sdk/client-identitystore";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import * as operations from "./operations.ts";

const client = new identityStore.IdentitystoreClient({ region: "us-east-1" });
const model = serviceModel(identityStore, client.config.protocolSettings);

/** The users and groups of IAM Identity Center. The sandbox organization's are fixed: they are read, never written. */
export const identityStoreService: Service = {
  name: "identitystore",
  signingNames: ["identitystore"],
  actionPrefix: "identitystore",
  eventSource: "identitystore.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  operations: operationsOf(identityStore, operations),
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
