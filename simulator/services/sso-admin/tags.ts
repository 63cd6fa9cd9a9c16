import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  TagResourceResponse,
  UntagResourceRequest,
  UntagResourceResponse,
} from "@aws-sdk/client-sso-admin";
import { notImplemented } from "../../aws-fault.ts";
import type { PermissionSet } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import { validationException } from "../json-refusals.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { checkInstance, findPermissionSet } from "./scope.ts";

const mostTags = 50;

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

/** @throws AwsFault ValidationException for a key that AWS reserves, a key given twice, or too many */
export function checkTags(tags: readonly Tag[]): void {
  for (const { Key, Value } of tags) {
    if (!isTagText(Key, 1, 128) || !isTagText(Value, 0, 256))
      throw validationException(`The tag ${Key ?? ""} is not valid.`);
    if (Key?.toLowerCase().startsWith("aws:"))
      throw validationException("Tag keys that start with aws: are reserved by AWS.");
  }
  if (readTags(tags).size < tags.length) throw validationException("A tag key is given more than once.");
  if (tags.length > mostTags) throw tooManyTags();
}

export function readTags(tags: readonly Tag[]): ReadonlyMap<string, string> {
  return new Map(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

function isTagText(text: string | undefined, shortest: number, longest: number): boolean {
  return (
    text !== undefined &&
    text.length >= shortest &&
    text.length <= longest &&
    /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)
  );
}

function tooManyTags(): Error {
  return validationException(`A permission set can have ${mostTags} tags.`);
}

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
