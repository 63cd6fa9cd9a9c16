import type { PendingEvent } from "../state/deliveries.ts";
import type { EventRule, EventTarget } from "../state/eventbridge.ts";
import { fillTemplate } from "./input-template.ts";
import { valueAt } from "./json-path.ts";

/** Variables that every template may name. */
export const reservedVariables: ReadonlySet<string> = new Set([
  "aws.events.rule-arn",
  "aws.events.rule-name",
  "aws.events.event",
  "aws.events.event.json",
  "aws.events.event.ingestion-time",
]);

/** What a target gets of an event: all of it, a part, something fixed, or a template filled in. */
export function targetInput(target: EventTarget, rule: EventRule, { event, due }: PendingEvent): string {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(valueAt(target.inputPath, event) ?? null);
  const { transformer } = target;
  if (!transformer) return JSON.stringify(event);
  const withoutDetail = Object.fromEntries(Object.entries(event).filter(([member]) => member !== "detail"));
  const reserved = new Map<string, unknown>([
    ["aws.events.rule-arn", rule.arn],
    ["aws.events.rule-name", rule.name],
    ["aws.events.event", withoutDetail],
    ["aws.events.event.json", event],
    ["aws.events.event.ingestion-time", due.toISOString()],
  ]);
  return fillTemplate(transformer.template, (variable) => {
    const path = transformer.paths.get(variable);
    return path === undefined ? reserved.get(variable) : valueAt(path, event);
  });
}
