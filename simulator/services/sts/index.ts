import * as sts from "@aws-sdk/client-sts";
import { awsQuery } from "../../wire/aws-query.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { missingParameters, queryDenial } from "../query-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { assumeRole } from "./assume-role.ts";
import { assumeRoot } from "./assume-root.ts";
import { getCallerIdentity } from "./get-caller-identity.ts";

const operations: Operations<typeof sts> = {
  AssumeRole: assumeRole,
  AssumeRoot: assumeRoot,
  GetCallerIdentity: getCallerIdentity,
};

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
  operations,
  denial: queryDenial,
  missingMembers: missingParameters,
};
