import { EventRule, EventTarget, type EventTargetArgs } from "@pulumi/aws/cloudwatch/index.js";
import { Role, RolePolicy } from "@pulumi/aws/iam/index.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import { type AlertRule, busArn, forwardingRoleSettings, ruleState, targetIds } from "./alert-settings.ts";
import type { AlertPlace } from "./alert-nodes.ts";
import type { AlertTopicNodes } from "./alert-topic.ts";
import { transformed } from "./transform.ts";

/** A rule and where it sends what it finds. */
export interface Watched {
  readonly rule: EventRule;
  readonly target: EventTarget;
}

/** Makes of one kind of event a message to the topic. */
export function makeAlert(place: AlertPlace, wanted: AlertRule, { topic, topicPolicy }: AlertTopicNodes): Watched {
  // An event that came before the topic's policy would be lost.
  const at = { targetId: targetIds.topic, dependsOn: topicPolicy };
  return watch(place, wanted, at, { arn: topic.arn, inputTransformer: wanted.message });
}

/** The role as which events are handed on, and what it may do. */
export interface Forwarding {
  readonly role: Role;
  readonly rolePolicy: RolePolicy;
}

/** Lets other Regions hand their events on to that of the topic. */
export function makeForwarding(place: AlertPlace): Forwarding {
  const { name, parent, transform, existing } = place;
  const settings = forwardingRoleSettings(place);
  const role = new Role(
    `${name}-role`,
    transformed(transform.role, {
      name: settings.name,
      description: settings.description,
      assumeRolePolicy: JSON.stringify(settings.trust),
    }),
    { parent, ...(existing.role ? { import: settings.name } : {}) },
  );
  const rolePolicy = new RolePolicy(
    `${name}-role-policy`,
    transformed(transform.rolePolicy, {
      role: role.name,
      name: settings.policyName,
      policy: JSON.stringify(settings.policy),
    }),
    { parent, ...(existing.role?.hasPolicy ? { import: `${settings.name}:${settings.policyName}` } : {}) },
  );
  return { role, rolePolicy };
}

/** Hands one Region's events on. */
export function makeForwardingRule(place: AlertPlace, wanted: AlertRule, { role, rolePolicy }: Forwarding): Watched {
  const at = { targetId: targetIds.bus, dependsOn: rolePolicy };
  return watch(place, wanted, at, { arn: busArn(place), roleArn: role.arn });
}

/** A rule with its one target. */
function watch(
  place: AlertPlace,
  wanted: AlertRule,
  { targetId, dependsOn }: { readonly targetId: string; readonly dependsOn: Resource },
  to: Pick<EventTargetArgs, "arn" | "roleArn" | "inputTransformer">,
): Watched {
  const { name, parent, transform } = place;
  const rule = makeRule(place, wanted);
  const target = new EventTarget(
    `${name}-${wanted.kind}-target`,
    transformed(transform.targets, { rule: rule.name, targetId, region: wanted.region, ...to }),
    { parent, dependsOn, ...importedTarget(place, wanted, targetId) },
  );
  return { rule, target };
}

function makeRule({ parent, transform, existing }: AlertPlace, wanted: AlertRule): EventRule {
  const { name, description, pattern, region } = wanted;
  const isThere = existing.rules?.get(name)?.hasRule ?? false;
  return new EventRule(
    name,
    transformed(transform.rules, {
      name,
      description,
      eventPattern: JSON.stringify(pattern),
      state: ruleState,
      region,
    }),
    { parent, ...(isThere ? { import: `${name}@${region}` } : {}) },
  );
}

function importedTarget(
  { existing }: AlertPlace,
  { name, region }: AlertRule,
  targetId: string,
): Pick<CustomResourceOptions, "import"> {
  return existing.rules?.get(name)?.hasTarget ? { import: `${name}/${targetId}@${region}` } : {};
}
