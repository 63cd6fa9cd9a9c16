import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-sns";
import { AwsFault } from "../../aws-fault.ts";
import type { Topic } from "../../state/sns.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { addTags, tagMap } from "../tag-map.ts";
import { topicRequirement } from "./topic-access.ts";
import { tagRefusals } from "./tag-refusals.ts";

export const tagResource: Operation<Decoded<TagResourceRequest>, object> = {
  validate: ({ Tags }) => {
    tagMap(Tags, tagRefusals);
  },
  requires: onTagged,
  perform: (input, call) => {
    addTags(taggedTopic(input, call).tags, input.Tags, tagRefusals);
    return {};
  },
};

export const untagResource: Operation<Decoded<UntagResourceRequest>, object> = {
  requires: onTagged,
  perform: (input, call) => {
    const { tags } = taggedTopic(input, call);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  },
};

export const listTagsForResource: Operation<Decoded<ListTagsForResourceRequest>, ListTagsForResourceResponse> = {
  requires: onTagged,
  perform: (input, call) => ({ Tags: [...taggedTopic(input, call).tags].map(([Key, Value]) => ({ Key, Value })) }),
};

interface NamesResource {
  readonly ResourceArn: string;
}

function onTagged(input: NamesResource, call: Call): readonly Requirement[] {
  return [topicRequirement(taggedTopic(input, call))];
}

function taggedTopic({ ResourceArn: arn }: NamesResource, { state }: Call): Topic {
  const topic = state.topics.get(arn);
  if (topic) return topic;
  throw new AwsFault("ResourceNotFound", "Resource does not exist", {
    status: 404,
    shape: "ResourceNotFoundException",
  });
}
