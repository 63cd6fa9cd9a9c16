import type { AccountId } from "#iam";

export interface Topic {
  readonly name: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: string;
  /** What was set, and the policy that every topic has. */
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Subscriptions that are no more. */
  deletedSubscriptions: number;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: "sqs" | "email" | "email-json";
  readonly endpoint: string;
  readonly accountId: AccountId;
  /** ARN of who subscribed. */
  readonly principal: string;
  readonly attributes: Map<string, string>;
  /** What confirms it; sent to the endpoint. */
  readonly token: string;
  confirmed: boolean;
  readonly authenticated: boolean;
}

/** What SNS would have sent by e-mail. */
export interface Mail {
  readonly to: string;
  readonly topicArn: string;
  readonly subject: string;
  readonly body: string;
  readonly sent: Date;
}
