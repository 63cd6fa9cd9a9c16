import { parseArn } from "#iam";
import { notImplemented } from "../../aws-fault.ts";
import { compilePattern } from "../../event-pattern/compile-pattern.ts";
import { EventPatternError } from "../../event-pattern/event-pattern-error.ts";
import type { Subscription } from "../../state/sns.ts";
import { parsedJson } from "../../json-text.ts";
import { invalidParameter } from "./faults.ts";

const booleans = ["true", "false"];

/**
 * @param scope what a filter policy in the same request, or already there, looks at
 * @throws AwsFault InvalidParameter, or 501 for what is not modelled
 */
export function checkSubscriptionAttribute(name: string, value: string, scope = "MessageAttributes"): void {
  switch (name) {
    case "RawMessageDelivery":
      if (!booleans.includes(value))
        throw invalidParameter(
          `Attributes Reason: RawMessageDelivery: Invalid value [${value}]. Must be true or false.`,
        );
      return;
    case "FilterPolicyScope":
      if (!["MessageAttributes", "MessageBody"].includes(value)) {
        throw invalidParameter(
          `Attributes Reason: FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
        );
      }
      return;
    case "FilterPolicy":
      checkFilterPolicy(value, scope);
      return;
    case "DeliveryPolicy":
    case "RedrivePolicy":
    case "ReplayPolicy":
      if (value !== "") throw notImplemented(`The subscription attribute ${name}`);
      return;
    default:
      throw invalidParameter("AttributeName");
  }
}

function checkFilterPolicy(text: string, scope: string): void {
  if (text === "" || text === "{}") return;
  try {
    compilePattern(text);
    if (scope === "MessageAttributes" && isNested(parsedJson(text))) {
      throw new EventPatternError("Filter policy scope MessageAttributes does not support nested filter policy");
    }
  } catch (error) {
    if (error instanceof EventPatternError) throw invalidParameter(`FilterPolicy: ${error.message}`);
    throw error;
  }
}

/** Attributes of a message have no members: `$or` alone may hold more than values. */
function isNested(pattern: unknown): boolean {
  if (typeof pattern !== "object" || pattern === null) return false;
  return Object.entries(pattern).some(([name, value]) =>
    name === "$or" && Array.isArray(value) ? value.some(isNested) : !Array.isArray(value),
  );
}

/** @throws AwsFault InvalidParameter, or 501 for a protocol that is not modelled */
export function checkEndpoint(protocol: string, endpoint: string): Subscription["protocol"] {
  switch (protocol) {
    case "sqs":
      if (parseArn(endpoint)?.service !== "sqs") throw invalidParameter("SQS endpoint ARN");
      return protocol;
    case "email":
    case "email-json":
      if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(endpoint)) throw invalidParameter("Email address");
      return protocol;
    case "application":
    case "firehose":
    case "http":
    case "https":
    case "lambda":
    case "sms":
      throw notImplemented(`The subscription protocol ${protocol}`);
    default:
      throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
}
