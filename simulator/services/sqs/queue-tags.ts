import type {
  ListQueueTagsRequest,
  ListQueueTagsResult,
  TagQueueRequest,
  UntagQueueRequest,
} from "@aws-sdk/client-sqs";
import type { Decoded, Operation } from "../service.ts";
import { invalidParameterValue } from "./faults.ts";
import { onOwnQueue, queueOf } from "./queue-access.ts";

const mostTags = 50;

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

/** @throws AwsFault InvalidParameterValue */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const wrong = Object.entries(tags).find(
    ([key, value]) => !/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || value.length > 256,
  );
  if (wrong) throw invalidParameterValue(`The tag ${wrong[0]} is not valid.`);
  if (Object.keys(tags).length > mostTags) throw tooManyTags();
}

function tooManyTags(): Error {
  return invalidParameterValue(`Too many tags are specified. Maximum number of tags are ${mostTags}.`);
}
