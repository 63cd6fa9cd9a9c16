import type {
  ListRoleTagsRequest,
  ListRoleTagsResponse,
  ListUserTagsRequest,
  ListUserTagsResponse,
  TagRoleRequest,
  TagUserRequest,
  UntagRoleRequest,
  UntagUserRequest,
} from "@aws-sdk/client-iam";
import type { Decoded, Operation } from "../service.ts";
import { modifiableRole, requiresRole, requiresUser, roleNamed, userNamed } from "./identities.ts";
import { markerPage } from "./marker-page.ts";
import { addTags, removeTags, tagList } from "./tags.ts";

export const tagUser: Operation<Decoded<TagUserRequest>, object> = {
  requires: requiresUser,
  perform: ({ UserName, Tags }, call) => addTags(userNamed(UserName, call).tags, Tags),
};

export const tagRole: Operation<Decoded<TagRoleRequest>, object> = {
  requires: requiresRole,
  perform: ({ RoleName, Tags }, call) => addTags(modifiableRole(RoleName, call).tags, Tags),
};

export const untagUser: Operation<Decoded<UntagUserRequest>, object> = {
  requires: requiresUser,
  perform: ({ UserName, TagKeys }, call) => removeTags(userNamed(UserName, call).tags, TagKeys),
};

export const untagRole: Operation<Decoded<UntagRoleRequest>, object> = {
  requires: requiresRole,
  perform: ({ RoleName, TagKeys }, call) => removeTags(modifiableRole(RoleName, call).tags, TagKeys),
};

export const listUserTags: Operation<Decoded<ListUserTagsRequest>, ListUserTagsResponse> = {
  requires: requiresUser,
  perform: (input, call) => {
    const { items, position } = markerPage(tagList(userNamed(input.UserName, call).tags), input, call);
    return { Tags: [...items], ...position };
  },
};

export const listRoleTags: Operation<Decoded<ListRoleTagsRequest>, ListRoleTagsResponse> = {
  requires: requiresRole,
  perform: (input, call) => {
    const { items, position } = markerPage(tagList(roleNamed(input.RoleName, call).tags), input, call);
    return { Tags: [...items], ...position };
  },
};
