import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-eventbridge";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { addTags, tagMap } from "../tag-map.ts";
import { resourceNotFound } from "./faults.ts";
import { tagRefusals } from "./tag-refusals.ts";

export const tagResource: Operation<Decoded<TagResourceRequest>, object> = {
  validate: ({ Tags }) => {
    tagMap(Tags, tagRefusals);
  },
  requires: onTagged,
  perform: (input, call) => {
    addTags(tagsOf(input, call), input.Tags, tagRefusals);
    return {};
  },
};

export const untagResource: Operation<Decoded<UntagResourceRequest>, object> = {
  requires: onTagged,
  perform: (input, call) => {
    const tags = tagsOf(input, call);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  },
};

export const listTagsForResource: Operation<Decoded<ListTagsForResourceRequest>, ListTagsForResourceResponse> = {
  requires: onTagged,
  perform: (input, call) => ({ Tags: [...tagsOf(input, call)].map(([Key, Value]) => ({ Key, Value })) }),
};

interface NamesResource {
  readonly ResourceARN: string;
}

function onTagged({ ResourceARN }: NamesResource): readonly Requirement[] {
  return [{ resource: ResourceARN }];
}

function tagsOf({ ResourceARN: arn }: NamesResource, { state, caller }: Call): Map<string, string> {
  const rule = state.eventRules.get(arn);
  if (rule?.accountId !== caller.accountId) throw resourceNotFound(`Rule ${arn} does not exist.`);
  return rule.tags;
}
