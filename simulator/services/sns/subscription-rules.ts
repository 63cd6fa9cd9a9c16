import { parseArn } from "#iam";
import { notImplemented } from "../../aws-fault.ts";
import { compilePattern } from "../../event-pattern/compile-pattern.ts";
import { EventPatternError } from "../../event-pattern/event-pattern-error.ts";
import type { Subscription } from "../../state/sns.ts";
import { invalidParameter } from "./faults.ts";

const booleans = ["true", "false"];

/** @throws AwsFault InvalidParameter, or 501 for what is not modelled */
export function checkSubscriptionAttribute(name: string, value: string): void {
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
      checkFilterPolicy(value);
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

function checkFilterPolicy(text: string): void {
  if (text === "" || text === "{}") return;
  try {
    compilePattern(text);
  } catch (error) {
    if (error instanceof EventPatternError) throw invalidParameter(`FilterPolicy: ${error.message}`);
    throw error;
  }
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
