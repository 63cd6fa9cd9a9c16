import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { AccountId } from "#iam";
import { makeAlert, makeForwarding, makeForwardingRule } from "./alert-rules.ts";
import { alertRules } from "./alert-settings.ts";
import { type AlertSubscription, makeAlertTopic } from "./alert-topic.ts";
import type { AlertPlace, RootAccessAlertsNodes, RootAccessAlertsTransform } from "./alert-nodes.ts";
import type { ExistingAlerts } from "./existing-alerts.ts";

export interface RootAccessAlertsArgs {
  /**
   * The account whose root sessions are watched: the management account or the delegated administrator's.
   *
   * @example parseAccountId("222222222222")
   */
  readonly accountId: AccountId;
  /**
   * The Regions that are enabled in the account: whoever opens a root session chooses the Region, and only a rule there
   * sees it. That of the topic and us-east-1, where changes of the organization are recorded, are watched in any case.
   * Texts, not outputs: they decide how many resources there are.
   *
   * @example (await getRegions()).names
   */
  readonly regions: readonly string[];
  /**
   * Where the topic is, to which the other Regions hand their events on.
   *
   * @default "us-east-1"
   */
  readonly region?: string | undefined;
  /**
   * Who gets the alerts.
   *
   * @default nobody yet
   */
  readonly subscriptions?: readonly AlertSubscription[] | undefined;
  /**
   * A key of one's own for the topic, in its Region, whose policy lets events.amazonaws.com use it; see alertKeyPolicy.
   *
   * @default a key is made
   */
  readonly keyArn?: Input<string> | undefined;
  /**
   * How the topic is called.
   *
   * @default "root-access-alerts"
   */
  readonly topicName?: string | undefined;
  /**
   * What of the alerts the account has already with the same settings: it is taken over.
   *
   * @default nothing: all of it is made
   */
  readonly existing?: ExistingAlerts | undefined;
  /**
   * Changes the arguments of single nodes before they are registered.
   *
   * @default none
   */
  readonly transform?: RootAccessAlertsTransform | undefined;
}

/**
 * Tells somebody whenever the glass is broken: a message for every root session that is opened from this account, or
 * refused, in whatever Region, and for every change of centralized root access.
 *
 * EventBridge delivers to topics of the rule's own Region only, but hands events on to a bus of another. So every Region
 * has a rule that does that, and one Region the topic: one key, one confirmation for each address. Its rules ask for all
 * management events, because those in state ENABLED see no read-only ones. A trail has to record management events in
 * every Region, or no rule sees anything (docs/aws-behaviour.md, section 9).
 *
 * @example
 * const { names: regions } = await getRegions();
 * new RootAccessAlerts("alerts", { accountId, regions, subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }] });
 */
export class RootAccessAlerts extends ComponentResource {
  readonly topicArn: Output<string>;

  /** The resources that this component makes. */
  readonly nodes: Readonly<RootAccessAlertsNodes>;

  constructor(name: string, args: RootAccessAlertsArgs, options: ComponentResourceOptions = {}) {
    super("aws-break-glass:organization:RootAccessAlerts", name, {}, options);

    const { accountId, regions, region = "us-east-1", topicName = "root-access-alerts" } = args;
    const { existing = {}, transform = {} } = args;
    const place: AlertPlace = { name, region, parent: this, transform, accountId, existing };
    const topic = makeAlertTopic(place, { ...args, topicName });
    const wanted = alertRules({ name, accountId, region, regions, topicName });
    const elsewhere = wanted.filter((rule) => rule.message === undefined);
    const forwarding = elsewhere.length > 0 ? makeForwarding(place) : undefined;
    const watched = [
      ...wanted.filter((rule) => rule.message !== undefined).map((rule) => makeAlert(place, rule, topic)),
      ...(forwarding ? elsewhere.map((rule) => makeForwardingRule(place, rule, forwarding)) : []),
    ];

    this.topicArn = topic.topic.arn;
    this.nodes = {
      ...topic,
      rules: watched.map(({ rule }) => rule),
      targets: watched.map(({ target }) => target),
      role: forwarding?.role,
      rolePolicy: forwarding?.rolePolicy,
    };
    this.registerOutputs({ topicArn: this.topicArn });
  }
}
