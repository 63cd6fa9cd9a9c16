import { compilePattern, type EventTest } from "../event-pattern/compile-pattern.ts";
import { parsedJson } from "../json-text.ts";
import type { Subscription } from "../state/sns.ts";
import type { MessageAttribute } from "../state/sqs.ts";
import type { Notification } from "./notification.ts";

/** Whether a subscription's filter policy, if it has one, lets a notification through. */
export function passesFilter({ attributes, protocol }: Subscription, notification: Notification): boolean {
  const policy = attributes.get("FilterPolicy") ?? "";
  if (policy === "") return true;
  const test: EventTest = compilePattern(policy);
  if (attributes.get("FilterPolicyScope") === "MessageBody") {
    const body = parsedJson(notification.messageFor(protocol));
    return body !== undefined && test(body);
  }
  return test(Object.fromEntries([...notification.attributes].map(([name, value]) => [name, read(value)])));
}

function read({ dataType, value }: MessageAttribute): unknown {
  if (typeof value !== "string") return undefined;
  if (dataType === "Number") return Number(value);
  if (dataType !== "String.Array") return value;
  const parsed = parsedJson(value);
  return parsed === undefined ? value : parsed;
}
