import { MalformedPolicyError, parsePolicy } from "#iam";
import { notImplemented } from "../../aws-fault.ts";
import type { State } from "../../state/state.ts";
import { unknownPrincipal } from "../known-principals.ts";
import { invalidParameter } from "./faults.ts";

/** What every topic starts with: its owner's account alone. EventBridge is not in it. */
export function defaultTopicPolicy(arn: string, accountId: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  });
}

const checks: ReadonlyMap<string, (value: string, state: State) => boolean> = new Map([
  ["Policy", (value: string, state: State) => isTopicPolicy(value, state)],
  ["DisplayName", (value: string) => value.length <= 100],
  ["KmsMasterKeyId", () => true],
  ["SignatureVersion", (value: string) => ["1", "2"].includes(value)],
  ["TracingConfig", (value: string) => ["PassThrough", "Active"].includes(value)],
]);

/** What these do is not modelled; saying that they are not wanted is. */
const acceptedWhenOff: ReadonlyMap<string, readonly string[]> = new Map([
  ["DeliveryPolicy", [""]],
  ["FifoTopic", ["false"]],
  ["ContentBasedDeduplication", ["false"]],
  ["ArchivePolicy", [""]],
]);

/** @throws AwsFault InvalidParameter, or 501 for what is not modelled */
export function checkTopicAttribute(name: string, value: string, state: State): void {
  const check = checks.get(name);
  if (acceptedWhenOff.get(name)?.includes(value)) return;
  if (acceptedWhenOff.has(name) || /(Success|Failure)Feedback/.test(name)) {
    throw notImplemented(`The topic attribute ${name}`);
  }
  if (!check) throw invalidParameter("AttributeName");
  if (!check(value, state)) throw invalidParameter(name === "Policy" ? "Policy Error: null" : name);
}

/** Whether a topic keeps an attribute: those that say only that something is not wanted, it does not. */
export function isKept(name: string): boolean {
  return checks.has(name);
}

function isTopicPolicy(text: string, state: State): boolean {
  try {
    const document = parsePolicy(text, "resource");
    const actions = document.statements.flatMap(({ actions: some = [], notActions = [] }) => [...some, ...notActions]);
    return unknownPrincipal(document, state) === undefined && actions.every((action) => /^(\*$|sns:)/i.test(action));
  } catch (error) {
    if (error instanceof MalformedPolicyError) return false;
    throw error;
  }
}
