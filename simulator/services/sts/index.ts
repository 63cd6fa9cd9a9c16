import * as sts from "@aws-sdk/client-sts";
import { awsQuery } from "../../wire/aws-query.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { missingParameters, queryDenial } from "../query-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import * as operations from "./operations.ts";

const model = serviceModel(sts, new sts.STSClient({ region: "us-east-1" }).config.protocolSettings);

/** AWS Security Token Service: root sessions, role sessions, who am I. */
export const securityTokenService: Service = {
  name: "sts",
  signingNames: ["sts"],
  actionPrefix: "sts",
  eventSource: "sts.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsQuery(model),
  operations: operationsOf(sts, operations),
  denial: queryDenial,
  missingMembers: missingParameters,
};
