import * as iam from "@aws-sdk/client-iam";
import { awsQuery } from "../../wire/aws-query.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { missingParameters, queryDenial } from "../query-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import * as operations from "./operations.ts";

const model = serviceModel(iam, new iam.IAMClient({ region: "us-east-1" }).config.protocolSettings);

/** AWS Identity and Access Management: the root user's credentials, users, roles, features of centralized root access. */
export const identityAndAccessManagement: Service = {
  name: "iam",
  signingNames: ["iam"],
  actionPrefix: "iam",
  eventSource: "iam.amazonaws.com",
  globalRegion: "us-east-1",
  dataOperations: new Set(),
  model,
  protocol: awsQuery(model),
  checkMembers,
  operations: operationsOf(iam, operations),
  denial: queryDenial,
  missingMembers: missingParameters,
};
