import * as account from "@aws-sdk/client-account";
import { restJson } from "../../wire/rest-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { getAccountInformation } from "./account-information.ts";
import { disableRegion, enableRegion, getRegionOptStatus, listRegions } from "./regions.ts";

const operations: Operations<typeof account> = {
  DisableRegion: disableRegion,
  EnableRegion: enableRegion,
  GetAccountInformation: getAccountInformation,
  GetRegionOptStatus: getRegionOptStatus,
  ListRegions: listRegions,
};

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
  operations,
  denial: { ...jsonDenial, status: 403 },
  missingMembers: missingFromJson,
};
