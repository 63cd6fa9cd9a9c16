import type {
  ListResourceTagsRequest,
  ListResourceTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-kms";
import { checkConstraints } from "../json-refusals.ts";
import type { Decoded, Operation } from "../service.ts";
import { keyOf, onKey, usableKey } from "./key-access.ts";
import { markerPage } from "./marker-page.ts";
import { mostTags, tagMap, tooMany } from "./tag-rules.ts";

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
