import * as ec2 from "@aws-sdk/client-ec2";
import { ec2Query } from "../../wire/ec2-query.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { operationsOf } from "../operations-of.ts";
import type { DenialStyle, Service } from "../service.ts";
import * as operations from "./operations.ts";
import { missingParameter } from "./faults.ts";

const denial: DenialStyle = {
  code: "UnauthorizedOperation",
  status: 403,
  shape: "UnauthorizedOperation",
  introduction: "You are not authorized to perform this operation. ",
  actionText: (action) => action,
  resourceText: () => "",
};

const model = serviceModel(ec2, new ec2.EC2Client({ region: "us-east-1" }).config.protocolSettings);

/** Amazon EC2, as far as one asks it which Regions an account has. */
export const elasticComputeCloud: Service = {
  name: "ec2",
  signingNames: ["ec2"],
  actionPrefix: "ec2",
  eventSource: "ec2.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: ec2Query(model),
  operations: operationsOf(ec2, operations),
  denial,
  missingMembers: ([first = ""]) => missingParameter(first),
};
