import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-sns";
import { AwsFault } from "../../aws-fault.ts";
import type { Topic } from "../../state/sns.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { invalidParameter } from "./faults.ts";
import { topicRequirement } from "./topic-access.ts";

const mostTags = 50;

export const tagResource: Operation<Decoded<TagResourceRequest>, object> = {
  validate: ({ Tags }) => {
    tagMap(Tags);
  },
  requires: onTagged,
  perform: (input, call) => {
    const { tags } = taggedTopic(input, call);
    const added = tagMap(input.Tags);
    if (new Set([...tags.keys(), ...added.keys()]).size > mostTags) throw tooMany();
    for (const [key, value] of added) tags.set(key, value);
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

/** @throws AwsFault InvalidParameter, TagLimitExceeded */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  const map = new Map(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const isWrong = [...map].some(([key, value]) => !/^(?!aws:).{1,128}$/su.test(key) || value.length > 256);
  if (map.size < tags.length || isWrong) throw invalidParameter("Tags");
  if (map.size > mostTags) throw tooMany();
  return map;
}

function tooMany(): AwsFault {
  return new AwsFault("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded", {
    shape: "TagLimitExceededException",
  });
}

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
