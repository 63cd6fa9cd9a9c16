import type { Subscription } from "../../state/sns.ts";
import type { Call } from "../service.ts";
import { authorizationError, invalidParameter, subscriptionDoesNotExist } from "./faults.ts";

/** @throws AwsFault InvalidParameter, NotFound, AuthorizationError for another account's */
export function subscriptionOf(arn: string, action: string, { state, caller }: Call): Subscription {
  checkSubscriptionArn(arn);
  const subscription = state.subscriptions.get(arn);
  if (!subscription) throw subscriptionDoesNotExist();
  const topic = state.topics.get(subscription.topicArn);
  if (caller.accountId === subscription.accountId || caller.accountId === topic?.accountId) return subscription;
  throw authorizationError(caller.principal.arn, action, subscription.topicArn);
}

export function checkSubscriptionArn(arn: string): void {
  const elements = arn.split(":").length;
  if (elements < 6) {
    throw invalidParameter(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${elements}`);
  }
}
