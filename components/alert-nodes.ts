import type { EventRule, EventRuleArgs, EventTarget, EventTargetArgs } from "@pulumi/aws/cloudwatch/index.js";
import type { Role, RoleArgs, RolePolicy, RolePolicyArgs } from "@pulumi/aws/iam/index.js";
import type { Alias, AliasArgs, Key, KeyArgs } from "@pulumi/aws/kms/index.js";
import type {
  Topic,
  TopicArgs,
  TopicPolicy,
  TopicPolicyArgs,
  TopicSubscription,
  TopicSubscriptionArgs,
} from "@pulumi/aws/sns/index.js";
import type { ComponentResource } from "@pulumi/pulumi";
import type { AccountId } from "#iam";
import type { ExistingAlerts } from "./existing-alerts.ts";
import type { Transform } from "./transform.ts";

/** The resources of the alerts. */
export interface RootAccessAlertsNodes {
  /** `undefined` with a key of one's own; so is its alias. */
  readonly key: Key | undefined;
  readonly keyAlias: Alias | undefined;
  readonly topic: Topic;
  readonly topicPolicy: TopicPolicy;
  /** In the order of `subscriptions`. */
  readonly subscriptions: readonly TopicSubscription[];
  /** The topic's Region first, then one for each other Region, in the order of their names; targets likewise. */
  readonly rules: readonly EventRule[];
  readonly targets: readonly EventTarget[];
  /** `undefined` where there is no other Region; so is its policy. */
  readonly role: Role | undefined;
  readonly rolePolicy: RolePolicy | undefined;
}

/** A transform for each node of the alerts. */
export interface RootAccessAlertsTransform {
  readonly key?: Transform<KeyArgs> | undefined;
  readonly keyAlias?: Transform<AliasArgs> | undefined;
  readonly topic?: Transform<TopicArgs> | undefined;
  readonly topicPolicy?: Transform<TopicPolicyArgs> | undefined;
  readonly subscriptions?: Transform<TopicSubscriptionArgs> | undefined;
  readonly rules?: Transform<EventRuleArgs> | undefined;
  readonly targets?: Transform<EventTargetArgs> | undefined;
  readonly role?: Transform<RoleArgs> | undefined;
  readonly rolePolicy?: Transform<RolePolicyArgs> | undefined;
}

/** Where the alerts are made, and how their nodes are called and changed. */
export interface AlertPlace {
  readonly name: string;
  readonly accountId: AccountId;
  /** The topic's. */
  readonly region: string;
  readonly parent: ComponentResource;
  readonly transform: RootAccessAlertsTransform;
  readonly existing: ExistingAlerts;
}
