import type { MessageAttribute } from "../state/sqs.ts";

/** What is published to a topic. */
export interface Notification {
  readonly id: string;
  readonly subject: string | undefined;
  /** What subscribers of a protocol get: publishers may say something else to each. */
  readonly messageFor: (protocol: string) => string;
  readonly attributes: ReadonlyMap<string, MessageAttribute>;
}
