import type { AccountId } from "#iam";
import type { Propagating } from "./propagating.ts";

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: string;
  readonly created: Date;
  modified: Date;
  /** What was set, `Policy` included; takes the propagation time to take effect. */
  readonly attributes: Propagating<ReadonlyMap<string, string>>;
  readonly tags: Map<string, string>;
  readonly messages: QueueMessage[];
}

export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  readonly sent: Date;
  readonly attributes: Readonly<Record<string, unknown>>;
  visibleAt: Date;
  receiptHandle: string | undefined;
  received: number;
  firstReceived: Date | undefined;
}
