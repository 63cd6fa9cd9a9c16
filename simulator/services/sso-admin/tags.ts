import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  TagResourceResponse,
  UntagResourceRequest,
  UntagResourceResponse,
} from "@aws-sdk/client-sso-admin";
import { notImplemented } from "../../aws-fault.ts";
import type { PermissionSet } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { checkInstance, findPermissionSet } from "./scope.ts";
import { checkTags, mostTags, readTags, tooManyTags } from "./tag-rules.ts";

export const listTagsForResource = onTagged<Decoded<ListTagsForResourceRequest>, ListTagsForResourceResponse>(
  "ListTagsForResource",
  ({ tags }, input, call) => {
    const { items, more } = identityCenterPage(
      [...tags].map(([Key, Value]) => ({ Key, Value })),
      input,
      call,
    );
    return { Tags: items, ...more };
  },
);

export const tagResource = onTagged<Decoded<TagResourceRequest>, TagResourceResponse>(
  "TagResource",
  ({ tags }, { Tags }) => {
    checkTags(Tags);
    const wanted = readTags(Tags);
    if (new Set([...tags.keys(), ...wanted.keys()]).size > mostTags) throw tooManyTags();
    for (const [key, value] of wanted) tags.set(key, value);
    return {};
  },
);

export const untagResource = onTagged<Decoded<UntagResourceRequest>, UntagResourceResponse>(
  "UntagResource",
  ({ tags }, { TagKeys }) => {
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
);

/** Tags of permission sets are modelled, those of the instance and of applications are not. */
function onTagged<Input extends { readonly InstanceArn?: string | undefined; readonly ResourceArn: string }, Output>(
  name: string,
  perform: (set: PermissionSet, input: Input, call: Call) => Output,
): Operation<Input, Output> {
  return {
    validate: (input) => {
      checkMembers(input);
      if (!input.ResourceArn.includes(":::permissionSet/")) throw notImplemented(`sso:${name} on ${input.ResourceArn}`);
    },
    requires: (input) => [
      { resource: input.ResourceArn },
      ...(input.InstanceArn === undefined ? [] : [{ resource: input.InstanceArn }]),
    ],
    perform: (input, call: Call) => {
      checkInstance(name, input.InstanceArn ?? call.state.identityCenter.instanceArn, call);
      return perform(findPermissionSet(input.ResourceArn, call), input, call);
    },
  };
}
