import type { InvokeOptions } from "@pulumi/pulumi";
import { adoptAlertKey, type AdoptedKey } from "./alert-key-adoption.ts";
import { adoptAlertRule } from "./alert-rule-adoption.ts";
import { type AlertRule, alertRules, type AlertScope, forwardingRoleSettings } from "../alert-settings.ts";
import { adoptAlertTopic } from "./alert-topic-adoption.ts";
import { leftAlone } from "./alerts-left-alone.ts";
import { configurationNamespace } from "../configuration/configuration.ts";
import type { ExistingAlerts, ExistingRule } from "../existing-alerts.ts";
import {
  existingRole,
  type ExistingRole,
  findRole,
  findRolePermissions,
  isOwnRole,
  roleDifferences,
} from "../existing-role.ts";
import { observe } from "../facts/observed.ts";
import type { OwnResources } from "../facts/own-resources.ts";
import { allAccepted, problemsOf, refused, type Reviewed } from "../review.ts";

/** The alerts to make in an account. */
export interface WantedAlerts extends AlertScope {
  /** `undefined` where a key is to be made. */
  readonly keyArn: string | undefined;
}

/**
 * Looks for what of an account's alerts is there already: left behind by a run that was killed, or somebody else's. The
 * same settings are taken over, others are left alone. What is in the stack's state is not looked up.
 *
 * A look-up that the caller may not make is a problem, too: EventBridge and SNS overwrite what is there without a word.
 *
 * @param options with the provider of the account in which the alerts are to be made
 */
export async function adoptAlerts(
  wanted: WantedAlerts,
  own: OwnResources,
  options: InvokeOptions,
): Promise<Reviewed<ExistingAlerts>> {
  const rules = alertRules(wanted);
  const [topic, role, ...found] = await Promise.all([
    adoptKeyAndTopic(wanted, own, options),
    adoptForwardingRole(wanted, rules, own, options),
    ...rules.map((rule) => allowed(wanted, `a rule ${rule.name}`, adoptNamedRule(wanted, rule, own, options))),
  ]);
  const adopted = allAccepted(found);
  if ("problems" in topic || "problems" in role || "problems" in adopted) {
    return refused(...problemsOf(topic, role, adopted));
  }
  return { accepted: { ...topic.accepted, role: role.accepted, rules: new Map(adopted.accepted.flat()) } };
}

async function adoptKeyAndTopic(
  wanted: WantedAlerts,
  own: OwnResources,
  options: InvokeOptions,
): Promise<Reviewed<ExistingAlerts>> {
  const given: AdoptedKey = { keyArn: wanted.keyArn, existing: {} };
  const key =
    wanted.keyArn === undefined
      ? await allowed(wanted, "a key for them", adoptAlertKey(wanted, own, options))
      : { accepted: given };
  if ("problems" in key) return key;
  const { keyArn, existing } = key.accepted;
  const topic = await allowed(wanted, "a topic", adoptAlertTopic(wanted, keyArn, own, options));
  if ("problems" in topic) return topic;
  const unfinished = new Set([...(existing.unfinished ?? []), ...(topic.accepted.unfinished ?? [])]);
  return { accepted: { ...existing, ...topic.accepted, unfinished } };
}

async function adoptNamedRule(
  wanted: WantedAlerts,
  rule: AlertRule,
  own: OwnResources,
  options: InvokeOptions,
): Promise<Reviewed<readonly (readonly [string, ExistingRule])[]>> {
  const adopted = await adoptAlertRule(wanted, rule, own, options);
  if ("problems" in adopted) return adopted;
  return { accepted: adopted.accepted === undefined ? [] : [[rule.name, adopted.accepted]] };
}

/** IAM refuses a second role of a name: where it may not be looked for, nothing can be overwritten. */
async function adoptForwardingRole(
  wanted: WantedAlerts,
  rules: readonly AlertRule[],
  own: OwnResources,
  options: InvokeOptions,
): Promise<Reviewed<ExistingRole | undefined>> {
  const settings = forwardingRoleSettings(wanted);
  const isNeeded = rules.some(({ message }) => message === undefined);
  if (!isNeeded || isOwnRole(own, wanted.accountId, settings.name)) return { accepted: undefined };
  const found = await observe(findRole(settings.name, options), findRolePermissions);
  if ("needs" in found || found.known === undefined) return { accepted: undefined };
  const differences = roleDifferences(settings, found.known);
  if (differences.length === 0) return { accepted: existingRole(settings, found.known) };
  return refused(leftAlone(wanted, `a role ${settings.name}`, differences, "delete it"));
}

/** A look-up, or what it needs. */
async function allowed<T>(
  { accountId }: WantedAlerts,
  what: string,
  lookUp: Promise<Reviewed<T>>,
): Promise<Reviewed<T>> {
  const found = await observe(lookUp, "cloudformation:GetResource");
  if ("known" in found) return found.known;
  return refused(
    `${configurationNamespace}:rootAccessAlerts: whether account ${accountId} has ${what} already cannot be seen without ${found.needs}, which making the alerts needs anyway.`,
  );
}
