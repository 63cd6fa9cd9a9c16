import * as organizations from "@aws-sdk/client-organizations";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import { operationsOf } from "../operations-of.ts";
import type { Service } from "../service.ts";
import { checkMembers } from "./member-patterns.ts";
import * as operations from "./operations.ts";

const model = serviceModel(
  organizations,
  new organizations.OrganizationsClient({ region: "us-east-1" }).config.protocolSettings,
);

/** AWS Organizations: accounts and their tree, trusted access, delegated administrators, SCPs and RCPs. */
export const organizationsService: Service = {
  name: "organizations",
  signingNames: ["organizations"],
  actionPrefix: "organizations",
  eventSource: "organizations.amazonaws.com",
  globalRegion: "us-east-1",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  checkMembers,
  operations: operationsOf(organizations, operations),
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
