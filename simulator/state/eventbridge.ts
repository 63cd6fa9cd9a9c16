import type { AccountId } from "#iam";

export type RuleState = "ENABLED" | "DISABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** A rule of an account's default event bus in one Region. */
export interface EventRule {
  readonly name: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: string;
  pattern: string;
  state: RuleState;
  description: string | undefined;
  /** By id. */
  readonly targets: Map<string, EventTarget>;
  readonly tags: Map<string, string>;
}

export interface EventTarget {
  readonly id: string;
  readonly arn: string;
  /** The role as which EventBridge hands events to a bus; topics and queues have policies of their own. */
  readonly roleArn: string | undefined;
  /** One of the three at most; none sends the event as it is. */
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  readonly transformer: InputTransformer | undefined;
}

export interface InputTransformer {
  /** JSON paths by variable. */
  readonly paths: ReadonlyMap<string, string>;
  readonly template: string;
}

/** An event as EventBridge hands it on. */
export interface EventBridgeEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}
