import type { AccountId } from "#iam";

/** What CloudTrail writes about an event, ready for JSON. */
export type TrailRecord = Readonly<Record<string, unknown>>;

/** A CloudTrail event, in the form in which LookupEvents gives it (docs/aws-behaviour.md, section 9). */
export interface TrailEvent {
  readonly eventId: string;
  /** The account whose trail shows the event. */
  readonly accountId: AccountId;
  readonly region: string;
  readonly time: Date;
  readonly eventSource: string;
  readonly eventName: string;
  readonly readOnly: boolean;
  readonly accessKeyId: string;
  /** Of the IAM user, the name of a role session, or `root`. */
  readonly userName: string;
  /** The record itself as JSON: thousands of records as objects would keep the garbage collector busy. */
  readonly record: string;
}
