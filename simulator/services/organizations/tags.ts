import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from "@aws-sdk/client-organizations";
import type { OrganizationState } from "../../state/organization.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { notFound } from "./faults.ts";
import { listPage } from "./list-page.ts";
import { checkedCount, checkTagKey, tagMap } from "./tag-rules.ts";
import { arnOf } from "./targets.ts";
import { checkIsManagementAccount, checkMayRead } from "./who-may-call.ts";

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
    for (const key of input.TagKeys) checkTagKey(key);
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

function tagsOf(id: string, organization: OrganizationState): Map<string, string> {
  if (arnOf(id, organization) === "*") throw notFound("TargetNotFoundException");
  return organization.tags.get(id) ?? new Map<string, string>();
}

function requires({ ResourceId }: { readonly ResourceId: string }, { state }: Call): readonly Requirement[] {
  return [{ resource: arnOf(ResourceId, state.organization) }];
}
