import { notImplemented } from "../../aws-fault.ts";
import type { EventRule } from "../../state/eventbridge.ts";
import type { Call, Requirement } from "../service.ts";
import { resourceNotFound } from "./faults.ts";

const defaultBus = "default";

/** @throws AwsFault 501 for a bus other than the caller's default one in the Region that is asked */
export function checkBus(
  { EventBusName: bus = defaultBus }: { readonly EventBusName?: string | undefined },
  { region, caller }: Call,
): void {
  if (bus !== defaultBus && bus !== `arn:aws:events:${region}:${caller.accountId}:event-bus/${defaultBus}`) {
    throw notImplemented("An event bus other than the account's default one in the Region");
  }
}

export function onRule(name: string, call: Call): readonly Requirement[] {
  return [{ resource: ruleArn(name, call) }];
}

/** @throws AwsFault ResourceNotFoundException */
export function ruleOf(name: string, call: Call): EventRule {
  const rule = call.state.eventRules.get(ruleArn(name, call));
  if (!rule) throw resourceNotFound(`Rule ${name} does not exist on EventBus ${defaultBus}.`);
  return rule;
}

export function ruleArn(name: string, { caller, region }: Call): string {
  return `arn:aws:events:${region}:${caller.accountId}:rule/${name}`;
}
