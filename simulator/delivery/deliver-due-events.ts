import { randomUUID } from "node:crypto";
import { parseArn } from "#iam";
import { compilePattern } from "../event-pattern/compile-pattern.ts";
import type { PendingEvent } from "../state/deliveries.ts";
import type { EventRule, EventTarget } from "../state/eventbridge.ts";
import type { State } from "../state/state.ts";
import type { DeliveryWorld } from "./service-principal.ts";
import { roleRefusalOf } from "./target-role.ts";
import { targetInput } from "./target-input.ts";
import { deliverToQueue } from "./to-queue.ts";
import { publishAsService } from "./to-topic.ts";

const eventBridge = "events.amazonaws.com";

/**
 * Lets the events arrive whose time has come, the first first, under the rules and policies that there are now. Every
 * request asks for it before it is carried out, so nothing runs by itself and two runs do the same.
 */
export function deliverDueEvents(state: State, now: Date): void {
  if (state.pendingEvents.length === 0) return;
  const due = state.pendingEvents.filter((pending) => pending.due <= now);
  state.pendingEvents = state.pendingEvents.filter((pending) => pending.due > now);
  for (const pending of due.sort((a, b) => a.due.getTime() - b.due.getTime())) arrive(pending, state);
}

function arrive(pending: PendingEvent, state: State): void {
  const world = { state, at: pending.due };
  for (const rule of state.eventRules.values()) {
    if (!concerns(rule, pending)) continue;
    for (const target of rule.targets.values()) {
      const reason = invoke(target, rule, pending, world);
      if (reason !== undefined) state.undelivered.push({ at: pending.due, from: rule.arn, to: target.arn, reason });
    }
  }
}

/** Read-only management events are for the rules alone that ask for all of them (docs/aws-behaviour.md, section 9). */
function concerns(rule: EventRule, { accountId, region, event, readOnlyManagement }: PendingEvent): boolean {
  if (rule.accountId !== accountId || rule.region !== region || rule.state === "DISABLED") return false;
  if (readOnlyManagement && rule.state !== "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS") return false;
  return compilePattern(rule.pattern)(event);
}

function invoke(target: EventTarget, rule: EventRule, pending: PendingEvent, world: DeliveryWorld): string | undefined {
  const service = parseArn(target.arn)?.service;
  if (service === "events") return handOn(target, pending, world);
  const input = targetInput(target, rule, pending);
  if (service === "sns") {
    const notification = { id: randomUUID(), subject: undefined, messageFor: () => input, attributes: new Map() };
    // EventBridge brings no condition keys to a topic's policy, and none to the policy of its key.
    return publishAsService(target.arn, notification, { name: eventBridge, context: {} }, world);
  }
  const context = { "aws:SourceArn": rule.arn, "aws:SourceAccount": rule.accountId };
  const message = { body: input, senderId: "AIDASANDBOXEVENTSENDER", attributes: new Map() };
  return deliverToQueue(target.arn, message, { name: eventBridge, context }, world);
}

/** To the default bus of another Region, which sees the event as it is: source, account and Region are where it began. */
function handOn({ arn, roleArn = "" }: EventTarget, pending: PendingEvent, world: DeliveryWorld): string | undefined {
  if (pending.forwarded) return "An event that came from another bus is not handed on again.";
  const refusal = roleRefusalOf(roleArn, "events:PutEvents", arn, world);
  if (refusal === undefined) {
    arrive({ ...pending, region: parseArn(arn)?.region ?? "", forwarded: true }, world.state);
  }
  return refusal;
}
