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
import type { Call, Decoded, Operation } from "../service.ts";
import { invalidParameter } from "./faults.ts";
import { onTopic, topicOf } from "./topic-access.ts";

const pageSize = 100;

export const listSubscriptions: Operation<ListSubscriptionsInput, ListSubscriptionsResponse> = {
  perform: (input, call) => {
    const { state, caller, region } = call;
    const found = [...state.subscriptions.values()].filter(
      ({ accountId, topicArn }) => accountId === caller.accountId && parseArn(topicArn)?.region === region,
    );
    return answer(found, input, call);
  },
};

export const listSubscriptionsByTopic: Operation<
  Decoded<ListSubscriptionsByTopicInput>,
  ListSubscriptionsByTopicResponse
> = {
  requires: onTopic,
  perform: (input, call) => {
    const { arn } = topicOf(input, call);
    const found = [...call.state.subscriptions.values()].filter(({ topicArn }) => topicArn === arn);
    return answer(found, input, call);
  },
};

function answer(
  subscriptions: readonly Subscription[],
  input: { readonly NextToken?: string | undefined },
  call: Call,
): { Subscriptions: Listed[]; NextToken?: string } {
  const { items, more } = nextTokenPage(subscriptions, input, call, pageSize, () => invalidParameter("NextToken"));
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
