import * as account from "@aws-sdk/client-account";
import { restJson } from "../../wire/rest-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import * as operations from "./operations.ts";

const model = serviceModel(account, new account.AccountClient({ region: "us-east-1" }).config.protocolSettings);

/** AWS Account Management: an account's name and its Regions. */
export const accountManagement: Service = {
  name: "account",
  signingNames: ["account"],
  actionPrefix: "account",
  eventSource: "account.amazonaws.com",
  globalRegion: "us-east-1",
  dataOperations: new Set(),
  model,
  protocol: restJson(model),
  operations: operationsOf(account, operations),
  denial: { ...jsonDenial, status: 403 },
  missingMembers: missingFromJson,
};
