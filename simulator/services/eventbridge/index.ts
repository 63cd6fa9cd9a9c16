import * as eventBridge from "@aws-sdk/client-eventbridge";
import { awsJson } from "../../wire/aws-json.ts";
import { serviceModel } from "../../wire/service-model.ts";
import { jsonDenial, missingFromJson } from "../json-refusals.ts";
import type { Operations, Service } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { deleteRule, describeRule, disableRule, enableRule, listRules, putRule } from "./rules.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { listTargetsByRule, putTargets, removeTargets } from "./targets.ts";
import { testEventPattern } from "./test-event-pattern.ts";

const operations: Operations<typeof eventBridge> = {
  DeleteRule: deleteRule,
  DescribeRule: describeRule,
  DisableRule: disableRule,
  EnableRule: enableRule,
  ListRules: listRules,
  ListTagsForResource: listTagsForResource,
  ListTargetsByRule: listTargetsByRule,
  PutRule: putRule,
  PutTargets: putTargets,
  RemoveTargets: removeTargets,
  TagResource: tagResource,
  TestEventPattern: testEventPattern,
  UntagResource: untagResource,
};

const client = new eventBridge.EventBridgeClient({ region: "us-east-1" });
const model = serviceModel(eventBridge, client.config.protocolSettings);

/** Amazon EventBridge: rules on the default event buses, which see CloudTrail's events, and their targets. */
export const eventBridgeService: Service = {
  name: "events",
  signingNames: ["events"],
  actionPrefix: "events",
  eventSource: "events.amazonaws.com",
  dataOperations: new Set(),
  model,
  protocol: awsJson(model, "1.1"),
  checkMembers,
  operations,
  denial: jsonDenial,
  missingMembers: missingFromJson,
};
