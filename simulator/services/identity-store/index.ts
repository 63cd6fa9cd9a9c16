import * as identityStore from "@aws-sdk/client-identitystore";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { describeGroup, getGroupId, listGroups } from "./groups.ts";
import {
  describeGroupMembership,
  getGroupMembershipId,
  isMemberInGroups,
  listGroupMemberships,
  listGroupMembershipsForMember,
} from "./memberships.ts";
import { describeUser, getUserId, listUsers } from "./users.ts";

const operations: Operations<typeof identityStore> = {
  DescribeGroup: describeGroup,
  DescribeGroupMembership: describeGroupMembership,
  DescribeUser: describeUser,
  GetGroupId: getGroupId,
  GetGroupMembershipId: getGroupMembershipId,
  GetUserId: getUserId,
  IsMemberInGroups: isMemberInGroups,
  ListGroupMemberships: listGroupMemberships,
  ListGroupMembershipsForMember: listGroupMembershipsForMember,
  ListGroups: listGroups,
  ListUsers: listUsers,
};

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
  operations,
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
