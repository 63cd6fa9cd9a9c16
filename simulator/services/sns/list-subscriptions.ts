import type {
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  ListSubscriptionsInput,
  ListSubscriptionsResponse,
  Subscription as Listed,
} from "@aws-sdk/client-sns";
import { parseArn } from "#iam";
import type { Subscription } from "../../state/sns.ts";
import { nextTokenPage } from "../next-token-page.ts";
import type { Decoded, Operation } from "../service.ts";
import { invalidParameter } from "./faults.ts";
import { onTopic, topicOf } from "./topic-access.ts";

const pageSize = 100;

export const listSubscriptions: Operation<ListSubscriptionsInput, ListSubscriptionsResponse> = {
  perform: (input, { state, caller, region }) =>
    answer(
      [...state.subscriptions.values()].filter(
        ({ accountId, topicArn }) => accountId === caller.accountId && parseArn(topicArn)?.region === region,
      ),
      input,
    ),
};

export const listSubscriptionsByTopic: Operation<
  Decoded<ListSubscriptionsByTopicInput>,
  ListSubscriptionsByTopicResponse
> = {
  requires: onTopic,
  perform: (input, call) => {
    const { arn } = topicOf(input, call);
    return answer(
      [...call.state.subscriptions.values()].filter(({ topicArn }) => topicArn === arn),
      input,
    );
  },
};

function answer(
  subscriptions: readonly Subscription[],
  { NextToken }: { readonly NextToken?: string | undefined },
): { Subscriptions: Listed[]; NextToken?: string } {
  const { items, more } = nextTokenPage(subscriptions, { NextToken }, pageSize, () => invalidParameter("NextToken"));
  return { Subscriptions: items.map(listed), ...more };
}

function listed({ arn, confirmed, accountId, protocol, endpoint, topicArn }: Subscription): Listed {
  return {
    SubscriptionArn: confirmed ? arn : "PendingConfirmation",
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
