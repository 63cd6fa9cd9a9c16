import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-organizations";
import type { OrganizationState } from "../../state/organization.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { constraintViolation, invalidInput, notFound } from "./faults.ts";
import { listPage } from "./list-page.ts";
import { arnOf } from "./targets.ts";
import { checkIsManagementAccount, checkMayRead } from "./who-may-call.ts";

const mostTags = 50;

export const tagResource: Operation<Decoded<TagResourceRequest>, object> = {
  requires,
  perform: (input, call) => {
    checkIsManagementAccount(call);
    const { tags } = call.state.organization;
    const kept = tagsOf(input.ResourceId, call.state.organization);
    tags.set(input.ResourceId, checkedCount(new Map([...kept, ...tagMap(input.Tags)])));
    return {};
  },
};

export const untagResource: Operation<Decoded<UntagResourceRequest>, object> = {
  requires,
  perform: (input, call) => {
    checkIsManagementAccount(call);
    const tags = tagsOf(input.ResourceId, call.state.organization);
    for (const key of input.TagKeys) tags.delete(key);
    return {};
  },
};

export const listTagsForResource: Operation<Decoded<ListTagsForResourceRequest>, ListTagsForResourceResponse> = {
  requires,
  perform: (input, call) => {
    checkMayRead(call);
    const page = listPage([...tagsOf(input.ResourceId, call.state.organization)], input, call);
    return { Tags: page.items.map(([Key, Value]) => ({ Key, Value })), ...page.more };
  },
};

/** @throws AwsFault InvalidInputException for a key given twice, ConstraintViolationException for too many tags */
export function tagMap(tags: readonly Tag[]): Map<string, string> {
  const map = new Map(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  if (map.size < tags.length) throw invalidInput("DUPLICATE_TAG_KEY", "You specified a tag key more than once.");
  return checkedCount(map);
}

function checkedCount(tags: Map<string, string>): Map<string, string> {
  if (tags.size <= mostTags) return tags;
  throw constraintViolation("MAX_TAG_LIMIT_EXCEEDED", "You have exceeded the number of tags allowed on this resource.");
}

function tagsOf(id: string, organization: OrganizationState): Map<string, string> {
  if (arnOf(id, organization) === "*") throw notFound("TargetNotFoundException");
  return organization.tags.get(id) ?? new Map<string, string>();
}

function requires({ ResourceId }: { readonly ResourceId: string }, { state }: Call): readonly Requirement[] {
  return [{ resource: arnOf(ResourceId, state.organization) }];
}
