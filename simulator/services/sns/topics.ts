import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  GetTopicAttributesInput,
  GetTopicAttributesResponse,
  ListTopicsInput,
  ListTopicsResponse,
  SetTopicAttributesInput,
} from "@aws-sdk/client-sns";
import { parseArn } from "#iam";
import { notImplemented } from "../../aws-fault.ts";
import type { Topic } from "../../state/sns.ts";
import { nextTokenPage } from "../next-token-page.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { invalidParameter } from "./faults.ts";
import { tagMap } from "../tag-map.ts";
import { tagRefusals } from "./tag-refusals.ts";
import { checkTopicArn, onTopic, topicArn, topicOf } from "./topic-access.ts";
import { checkTopicAttribute, defaultTopicPolicy, isKept } from "./topic-rules.ts";

const pageSize = 100;

/** Creating a topic again with the same attributes and tags answers its ARN. */
export const createTopic: Operation<Decoded<CreateTopicInput>, CreateTopicResponse> = {
  validate: (input, { state }) => {
    refuseUnmodelled("sns:CreateTopic", input, ["Name", "Attributes", "Tags"]);
    if (input.Name.endsWith(".fifo")) throw notImplemented("A FIFO topic");
    if (!/^[\w-]{1,256}$/.test(input.Name)) throw invalidParameter("Topic Name");
    for (const [name, value] of Object.entries(input.Attributes ?? {})) checkTopicAttribute(name, value, state);
    tagMap(input.Tags ?? [], tagRefusals);
  },
  requires: ({ Name, Tags = [] }, call) => {
    const resource = topicArn(Name, call);
    return [{ resource }, ...(Tags.length > 0 ? [{ resource, action: "sns:TagResource" }] : [])];
  },
  perform: (input, call) => {
    const known = call.state.topics.get(topicArn(input.Name, call));
    const topic = known ? sameTopic(known, input) : newTopic(input, call);
    call.state.topics.set(topic.arn, topic);
    return { TopicArn: topic.arn };
  },
};

function sameTopic(topic: Topic, { Attributes = {}, Tags = [] }: Decoded<CreateTopicInput>): Topic {
  const differs = Object.entries(Attributes).some(
    ([name, value]) => isKept(name) && (topic.attributes.get(name) ?? "") !== value,
  );
  if (differs) throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
  const tagsDiffer = [...tagMap(Tags, tagRefusals)].some(([key, value]) => topic.tags.get(key) !== value);
  if (tagsDiffer) throw invalidParameter("Tags Reason: Topic already exists with different tags");
  return topic;
}

function newTopic({ Name: name, Attributes = {}, Tags = [] }: Decoded<CreateTopicInput>, call: Call): Topic {
  const arn = topicArn(name, call);
  const { accountId } = call.caller;
  return {
    name,
    arn,
    accountId,
    region: call.region,
    attributes: new Map([
      ["Policy", defaultTopicPolicy(arn, accountId)],
      ...Object.entries(Attributes).filter(([attribute]) => isKept(attribute)),
    ]),
    tags: tagMap(Tags, tagRefusals),
    deletedSubscriptions: 0,
  };
}

/** Its subscriptions go with it. Deleting what is not there succeeds. */
export const deleteTopic: Operation<Decoded<DeleteTopicInput>, object> = {
  validate: checkTopicArn,
  requires: (input, call) =>
    call.state.topics.has(input.TopicArn) ? onTopic(input, call) : [{ resource: input.TopicArn }],
  perform: ({ TopicArn: arn }, { state }) => {
    state.topics.delete(arn);
    for (const subscription of state.subscriptions.values()) {
      if (subscription.topicArn === arn) state.subscriptions.delete(subscription.arn);
    }
    return {};
  },
};

export const listTopics: Operation<ListTopicsInput, ListTopicsResponse> = {
  perform: (input, call) => {
    const { state, caller, region } = call;
    const topics = [...state.topics.values()].filter(
      (topic) => topic.accountId === caller.accountId && topic.region === region,
    );
    const { items, more } = nextTokenPage(topics, input, call, pageSize, () => invalidParameter("NextToken"));
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...more };
  },
};

export const getTopicAttributes: Operation<Decoded<GetTopicAttributesInput>, GetTopicAttributesResponse> = {
  requires: onTopic,
  perform: (input, call) => {
    const topic = topicOf(input, call);
    const subscriptions = [...call.state.subscriptions.values()].filter(({ topicArn: of }) => of === topic.arn);
    const confirmed = subscriptions.filter((subscription) => subscription.confirmed).length;
    return {
      Attributes: {
        TopicArn: topic.arn,
        Owner: parseArn(topic.arn)?.accountId ?? "",
        DisplayName: "",
        EffectiveDeliveryPolicy: effectiveDeliveryPolicy,
        SubscriptionsConfirmed: String(confirmed),
        SubscriptionsPending: String(subscriptions.length - confirmed),
        SubscriptionsDeleted: String(topic.deletedSubscriptions),
        ...Object.fromEntries([...topic.attributes].filter(([name, value]) => name === "DisplayName" || value !== "")),
      },
    };
  },
};

export const setTopicAttributes: Operation<Decoded<SetTopicAttributesInput>, object> = {
  validate: ({ AttributeName: name, AttributeValue: value = "" }, call) => {
    // Without a value the policy is the one that topics start with.
    if (name !== "Policy" || value !== "") checkTopicAttribute(name, value, call.state);
  },
  requires: onTopic,
  perform: (input, call) => {
    const topic = topicOf(input, call);
    const { AttributeName: name, AttributeValue: value = "" } = input;
    const isDefaultPolicy = name === "Policy" && value === "";
    if (isKept(name)) {
      topic.attributes.set(name, isDefaultPolicy ? defaultTopicPolicy(topic.arn, topic.accountId) : value);
    }
    return {};
  },
};

/** What SNS does when nobody has said how to deliver over HTTP. */
const effectiveDeliveryPolicy = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
});
