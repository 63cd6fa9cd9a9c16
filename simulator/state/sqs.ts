import type { AccountId } from "#iam";
import type { Propagating } from "./propagating.ts";

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: string;
  readonly created: Date;
  modified: Date;
  /** Kept for a while after its deletion: until then no queue of this name can be created. */
  deleted: Date | undefined;
  purged: Date | undefined;
  /** What was set, `Policy` included; takes the propagation time to take effect. */
  readonly attributes: Propagating<ReadonlyMap<string, string>>;
  readonly tags: Map<string, string>;
  messages: QueueMessage[];
}

export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  readonly sent: Date;
  readonly senderId: string;
  readonly attributes: ReadonlyMap<string, MessageAttribute>;
  /** Not before then: a delay of the sender, or the visibility timeout of whoever received it last. */
  visibleAt: Date;
  receiptHandle: string | undefined;
  received: number;
  firstReceived: Date | undefined;
}

export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with an own label after a dot. */
  readonly dataType: string;
  readonly value: string | Uint8Array;
}
