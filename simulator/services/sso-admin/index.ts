import * as ssoAdmin from "@aws-sdk/client-sso-admin";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import * as operations from "./operations.ts";

const model = serviceModel(ssoAdmin, new ssoAdmin.SSOAdminClient({ region: "us-east-1" }).config.protocolSettings);

/** IAM Identity Center: permission sets and who has them in which account. */
export const ssoAdminService: Service = {
  name: "sso",
  signingNames: ["sso"],
  actionPrefix: "sso",
  eventSource: "sso.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  operations: operationsOf(ssoAdmin, operations),
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
