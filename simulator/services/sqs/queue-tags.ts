import type {
  ListQueueTagsRequest,
  ListQueueTagsResult,
  TagQueueRequest,
  UntagQueueRequest,
} from "@aws-sdk/client-sqs";
import type { Decoded, Operation } from "../service.ts";
import { onOwnQueue, queueOf } from "./queue-access.ts";
import { checkTags, mostTags, tooManyTags } from "./queue-tag-rules.ts";

export const tagQueue: Operation<Decoded<TagQueueRequest>, object> = {
  validate: ({ Tags }) => {
    checkTags(Tags);
  },
  requires: onOwnQueue,
  perform: (input, call) => {
    const { tags } = queueOf(input, call);
    if (new Set([...tags.keys(), ...Object.keys(input.Tags)]).size > mostTags) throw tooManyTags();
    for (const [key, value] of Object.entries(input.Tags)) tags.set(key, value);
    return {};
  },
};

export const untagQueue: Operation<Decoded<UntagQueueRequest>, object> = {
  requires: onOwnQueue,
  perform: (input, call) => {
    const { tags } = queueOf(input, call);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  },
};

export const listQueueTags: Operation<Decoded<ListQueueTagsRequest>, ListQueueTagsResult> = {
  requires: onOwnQueue,
  perform: (input, call) => {
    const { tags } = queueOf(input, call);
    return tags.size > 0 ? { Tags: Object.fromEntries(tags) } : {};
  },
};
