import * as kms from "@aws-sdk/client-kms";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { createAlias, deleteAlias, listAliases, updateAlias } from "./aliases.ts";
import { cancelKeyDeletion, scheduleKeyDeletion } from "./deletion.ts";
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from "./key-policy.ts";
import { createKey, describeKey, disableKey, enableKey, listKeys, updateKeyDescription } from "./keys.ts";
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from "./rotation.ts";
import { listResourceTags, tagResource, untagResource } from "./tags.ts";

const operations: Operations<typeof kms> = {
  CancelKeyDeletion: cancelKeyDeletion,
  CreateAlias: createAlias,
  CreateKey: createKey,
  DeleteAlias: deleteAlias,
  DescribeKey: describeKey,
  DisableKey: disableKey,
  DisableKeyRotation: disableKeyRotation,
  EnableKey: enableKey,
  EnableKeyRotation: enableKeyRotation,
  GetKeyPolicy: getKeyPolicy,
  GetKeyRotationStatus: getKeyRotationStatus,
  ListAliases: listAliases,
  ListKeyPolicies: listKeyPolicies,
  ListKeys: listKeys,
  ListResourceTags: listResourceTags,
  PutKeyPolicy: putKeyPolicy,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAlias: updateAlias,
  UpdateKeyDescription: updateKeyDescription,
};

const model = serviceModel(kms, new kms.KMSClient({ region: "us-east-1" }).config.protocolSettings);

/** AWS Key Management Service: symmetric keys, their policies and aliases, as far as encrypted topics and queues need. */
export const keyManagementService: Service = {
  name: "kms",
  signingNames: ["kms"],
  actionPrefix: "kms",
  eventSource: "kms.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  checkMembers,
  operations,
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
