import type { AccountId } from "#iam";

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
  /** The record itself, ready for JSON. */
  readonly record: Readonly<Record<string, unknown>>;
}
