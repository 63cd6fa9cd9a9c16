import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch/index.js";
import { Role, RolePolicy } from "@pulumi/aws/iam/index.js";
import { eventForwardingPolicy, eventForwardingTrustPolicy } from "#iam";
import { type AlertEvent, forwardedEvents } from "./alert-events.ts";
import type { AlertPlace } from "./alert-nodes.ts";
import type { AlertTopicNodes } from "./alert-topic.ts";
import { transformed } from "./transform.ts";

/** A rule and where it sends what it finds. */
export interface Watched {
  readonly rule: EventRule;
  readonly target: EventTarget;
}

/** Makes of one kind of event a message to the topic. */
export function makeAlert(
  place: AlertPlace,
  kind: string,
  event: AlertEvent,
  { topic, topicPolicy }: AlertTopicNodes,
): Watched {
  const { name, region, parent, transform } = place;
  const rule = makeRule(place, kind, region, event);
  const target = new EventTarget(
    `${name}-${kind}-target`,
    transformed(transform.targets, {
      rule: rule.name,
      targetId: "topic",
      arn: topic.arn,
      inputTransformer: event.message,
      region,
    }),
    // An event that came before the topic's policy would be lost.
    { parent, dependsOn: topicPolicy },
  );
  return { rule, target };
}

/** What hands events on, and the role as which that is done. */
export interface Forwarding {
  readonly role: Role;
  readonly rolePolicy: RolePolicy;
  readonly watched: readonly Watched[];
}

/** Lets each of these Regions hand its events on to that of the topic. */
export function makeForwarding(place: AlertPlace, regions: readonly string[]): Forwarding {
  const { name, accountId, region, parent, transform } = place;
  const busArn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  const role = new Role(
    `${name}-role`,
    transformed(transform.role, {
      description: "As which EventBridge hands alerts about root sessions to the Region of their topic",
      assumeRolePolicy: JSON.stringify(eventForwardingTrustPolicy()),
    }),
    { parent },
  );
  const rolePolicy = new RolePolicy(
    `${name}-role-policy`,
    transformed(transform.rolePolicy, {
      role: role.name,
      name: "put-events",
      policy: JSON.stringify(eventForwardingPolicy(busArn)),
    }),
    { parent },
  );
  const watched = regions.map((other) => {
    const description = `Hands what concerns root sessions on to ${region}`;
    const rule = makeRule(place, other, other, { description, pattern: forwardedEvents(other) });
    const target = new EventTarget(
      `${name}-${other}-target`,
      transformed(transform.targets, {
        rule: rule.name,
        targetId: "bus",
        arn: busArn,
        roleArn: role.arn,
        region: other,
      }),
      { parent, dependsOn: rolePolicy },
    );
    return { rule, target };
  });
  return { role, rolePolicy, watched };
}

/** Only this state lets read-only management events through, which AssumeRoot may be. */
function makeRule(
  { name, parent, transform }: AlertPlace,
  kind: string,
  region: string,
  { description, pattern }: Pick<AlertEvent, "description" | "pattern">,
): EventRule {
  return new EventRule(
    `${name}-${kind}-rule`,
    transformed(transform.rules, {
      description,
      eventPattern: JSON.stringify(pattern),
      state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
      region,
    }),
    { parent },
  );
}
