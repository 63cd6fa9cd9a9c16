import type { AccountId } from "#iam";
import type { EventBridgeEvent } from "./eventbridge.ts";

/** An event on its way to the default bus of an account in one Region. */
export interface PendingEvent {
  readonly due: Date;
  readonly accountId: AccountId;
  readonly region: string;
  readonly event: EventBridgeEvent;
  /** Seen only by rules that ask for all management events. */
  readonly readOnlyManagement: boolean;
  /** Whether it came from the bus of another Region. */
  readonly forwarded: boolean;
}

/** What did not reach whom it was for: AWS has no more than a metric for it. */
export interface Undelivered {
  readonly at: Date;
  /** ARN of the rule or topic that sent it. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}
