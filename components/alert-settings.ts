import {
  type AccountId,
  alertKeyPolicy,
  eventForwardingPolicy,
  eventForwardingTrustPolicy,
  type PolicyJson,
} from "#iam";
import { type AlertEvent, alertEvents, forwardedEvents, globalRegion } from "./alert-events.ts";
import type { RoleSettings } from "./existing-role.ts";

/** Of which account alerts are made, where, and under which names. */
export interface AlertScope {
  /** The component's name, with which the names of its rules and its role begin. */
  readonly name: string;
  readonly accountId: AccountId;
  /** The topic's Region. */
  readonly region: string;
  /** The Regions to watch; the topic's and that of IAM and Organizations are in any case. */
  readonly regions: readonly string[];
  readonly topicName: string;
}

/** A rule that makes messages of what it finds, or, without a message, hands it on to the topic's Region. */
export interface AlertRule {
  /** The part of its name that tells it from the others: what it looks for, or its Region. */
  readonly kind: string;
  readonly name: string;
  readonly region: string;
  readonly description: string;
  readonly pattern: object;
  readonly message?: AlertEvent["message"];
}

/** Rules have names of their own, and no random ones, so that those of a run that was killed are found again. */
export function alertRules({ name, region, regions }: AlertScope): readonly AlertRule[] {
  const elsewhere = [...new Set([...regions, globalRegion])].filter((other) => other !== region).sort();
  return [
    ...Object.entries(alertEvents).map(([kind, event]) => ({ ...event, kind, name: ruleName(name, kind), region })),
    ...elsewhere.map((other) => ({
      kind: other,
      name: ruleName(name, other),
      region: other,
      description: `Hands what concerns root sessions on to ${region}`,
      pattern: forwardedEvents(other),
    })),
  ];
}

function ruleName(component: string, kind: string): string {
  return `${component}-${kind}-rule`;
}

/** Only this state lets read-only management events through, which AssumeRoot may be. */
export const ruleState = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

export function topicArn({ accountId, region, topicName }: Omit<AlertScope, "name" | "regions">): string {
  return `arn:aws:sns:${region}:${accountId}:${topicName}`;
}

export const topicDisplayName = "Root access alerts";

/** Of targets: the topic, and the bus of the topic's Region. */
export const targetIds = { topic: "topic", bus: "bus" };

export function busArn({ accountId, region }: Pick<AlertScope, "accountId" | "region">): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/default`;
}

/** The key of a topic. */
export interface AlertKeySettings {
  readonly description: string;
  readonly policy: PolicyJson;
  /** A key has no name, and gets its alias only once it is there: by its tag it is found before that. */
  readonly tags: Readonly<Record<string, string>>;
}

export function alertKeySettings({
  accountId,
  topicName,
}: Pick<AlertScope, "accountId" | "topicName">): AlertKeySettings {
  return {
    description: "Encrypts the alerts about root sessions",
    policy: alertKeyPolicy(accountId),
    tags: { [keyTag]: topicName },
  };
}

/** Names the topic that a key is for. */
export const keyTag = "aws-break-glass";

/** The role as which events are handed on. */
export function forwardingRoleSettings(scope: Pick<AlertScope, "name" | "accountId" | "region">): RoleSettings {
  return {
    name: `${scope.name}-role`,
    path: "/",
    description: "As which EventBridge hands alerts about root sessions to the Region of their topic",
    trust: eventForwardingTrustPolicy(),
    maxSessionDuration: 3600,
    policyName: "put-events",
    policy: eventForwardingPolicy(busArn(scope)),
  };
}
