import type {
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  SetSubscriptionAttributesInput,
} from "@aws-sdk/client-sns";
import type { Decoded, Operation } from "../service.ts";
import { subscriptionOf } from "./subscription-access.ts";
import { checkSubscriptionAttribute } from "./subscription-rules.ts";

export const getSubscriptionAttributes: Operation<
  Decoded<GetSubscriptionAttributesInput>,
  GetSubscriptionAttributesResponse
> = {
  perform: (input, call) => {
    const subscription = subscriptionOf(input.SubscriptionArn, "GetSubscriptionAttributes", call);
    const { arn, topicArn, accountId, protocol, endpoint, principal, confirmed, authenticated, attributes } =
      subscription;
    const hasFilter = (attributes.get("FilterPolicy") ?? "") !== "";
    return {
      Attributes: {
        SubscriptionArn: arn,
        TopicArn: topicArn,
        Owner: accountId,
        Protocol: protocol,
        Endpoint: endpoint,
        SubscriptionPrincipal: principal,
        PendingConfirmation: String(!confirmed),
        ConfirmationWasAuthenticated: String(authenticated),
        RawMessageDelivery: "false",
        ...(hasFilter ? { FilterPolicyScope: "MessageAttributes" } : {}),
        ...Object.fromEntries([...attributes].filter(([, value]) => value !== "")),
      },
    };
  },
};

export const setSubscriptionAttributes: Operation<Decoded<SetSubscriptionAttributesInput>, object> = {
  validate: ({ SubscriptionArn, AttributeName, AttributeValue = "" }, { state }) => {
    const scope = state.subscriptions.get(SubscriptionArn)?.attributes.get("FilterPolicyScope");
    checkSubscriptionAttribute(AttributeName, AttributeValue, scope);
  },
  perform: (input, call) => {
    const { attributes } = subscriptionOf(input.SubscriptionArn, "SetSubscriptionAttributes", call);
    const { AttributeName: name, AttributeValue: value = "" } = input;
    // An empty filter is how one is removed.
    attributes.set(name, name === "FilterPolicy" && value === "{}" ? "" : value);
    return {};
  },
};
