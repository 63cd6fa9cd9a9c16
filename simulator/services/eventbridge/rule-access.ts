import { parseArn } from "#iam";
import { notImplemented } from "../../aws-fault.ts";
import type { EventRule } from "../../state/eventbridge.ts";
import type { Call, Requirement } from "../service.ts";
import { resourceNotFound } from "./faults.ts";

const defaultBus = "default";

interface NamesBus {
  readonly EventBusName?: string | undefined;
}

/** @throws AwsFault 501 for a bus of the caller's account other than its default one in the Region that is asked */
export function checkBus(input: NamesBus, call: Call): void {
  const { EventBusName: bus = defaultBus } = input;
  const { region, caller } = call;
  const isOwn = bus === defaultBus || bus === `arn:aws:events:${region}:${caller.accountId}:event-bus/${defaultBus}`;
  if (!isOwn && !foreignBus(input, call)) {
    throw notImplemented("An event bus other than the account's default one in the Region");
  }
}

/**
 * What an operation on a rule requires. On another account's bus it needs that bus's policy as well, and here no bus
 * has one: nobody gets past this.
 */
export function onRule(name: string, input: NamesBus, call: Call): readonly Requirement[] {
  const foreign = foreignBus(input, call);
  if (!foreign) return [{ resource: ruleArn(name, call) }];
  const rule = foreign.name === defaultBus ? name : `${foreign.name}/${name}`;
  const resource = `arn:aws:events:${call.region}:${foreign.accountId}:rule/${rule}`;
  return [{ resource, resourceAccountId: foreign.accountId }];
}

function foreignBus(
  { EventBusName: bus = defaultBus }: NamesBus,
  { caller }: Call,
): { readonly accountId: string; readonly name: string } | undefined {
  const arn = parseArn(bus);
  if (!arn || arn.accountId === caller.accountId) return undefined;
  return { accountId: arn.accountId, name: arn.resource.replace(/^event-bus\//, "") };
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
