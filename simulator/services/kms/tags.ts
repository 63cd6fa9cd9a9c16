import type {
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-kms";
import { AwsFault } from "../../aws-fault.ts";
import { checkConstraints } from "../json-refusals.ts";
import type { Decoded, Operation } from "../service.ts";
import { keyOf, onKey, usableKey } from "./key-access.ts";
import { markerPage } from "./marker-page.ts";

const mostTags = 50;

export const tagResource: Operation<Decoded<TagResourceRequest>, object> = {
  validate: ({ Tags }) => {
    tagMap(Tags);
  },
  requires: onKey,
  perform: (input, call) => {
    const { tags } = usableKey(input, call);
    const added = tagMap(input.Tags);
    if (new Set([...tags.keys(), ...added.keys()]).size > mostTags) throw tooMany();
    for (const [key, value] of added) tags.set(key, value);
    return {};
  },
};

export const untagResource: Operation<Decoded<UntagResourceRequest>, object> = {
  requires: onKey,
  perform: (input, call) => {
    const { tags } = usableKey(input, call);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  },
};

export const listResourceTags: Operation<Decoded<ListResourceTagsRequest>, ListResourceTagsResponse> = {
  validate: (input) => {
    checkConstraints(input, { Limit: { least: 1, most: mostTags } });
  },
  requires: onKey,
  perform: (input, call) => {
    const { items, more } = markerPage([...keyOf(input, call).tags], input, call, mostTags);
    return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...more };
  },
};

/** @throws AwsFault TagException for tags that are not valid, LimitExceededException for too many */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  const map = new Map(tags.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));
  if (map.size < tags.length) throw new AwsFault("TagException", "Duplicate tag keys");
  const isWrong = [...map].some(([key, value]) => !/^(?!aws:).{1,128}$/su.test(key) || value.length > 256);
  if (isWrong) throw new AwsFault("TagException", "One or more tags are not valid.");
  if (map.size > mostTags) throw tooMany();
  return map;
}

function tooMany(): AwsFault {
  return new AwsFault("LimitExceededException", "Too many tags");
}
