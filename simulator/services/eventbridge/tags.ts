import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-eventbridge";
import { validationException } from "../json-refusals.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { resourceNotFound } from "./faults.ts";

const mostTags = 50;

export const tagResource: Operation<Decoded<TagResourceRequest>, object> = {
  validate: ({ Tags }) => {
    tagMap(Tags);
  },
  requires: onTagged,
  perform: (input, call) => {
    const tags = tagsOf(input, call);
    const added = tagMap(input.Tags);
    if (new Set([...tags.keys(), ...added.keys()]).size > mostTags) throw tooMany();
    for (const [key, value] of added) tags.set(key, value);
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

/** @throws AwsFault ValidationException */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  const map = new Map(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const isWrong = [...map].some(([key, value]) => !/^(?!aws:).{1,128}$/su.test(key) || value.length > 256);
  if (map.size < tags.length || isWrong) throw validationException("Parameter Tags is not valid.");
  if (map.size > mostTags) throw tooMany();
  return map;
}

function tooMany(): Error {
  return validationException(`A resource has ${mostTags} tags at most.`);
}

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
