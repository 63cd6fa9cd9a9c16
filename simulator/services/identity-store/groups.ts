import type {
  DescribeGroupRequest,
  DescribeGroupResponse,
  GetGroupIdRequest,
  GetGroupIdResponse,
  Group,
  ListGroupsRequest,
  ListGroupsResponse,
} from "@aws-sdk/client-identitystore";
import type { IdentityCenterState, StoreGroup } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import type { Decoded } from "../service.ts";
import { notFound } from "./faults.ts";
import { findGroup, onStore } from "./store.ts";
import { filterValue, uniqueAttribute } from "./unique-attribute.ts";

const namingAttribute = "DisplayName";

export const listGroups = onStore<Decoded<ListGroupsRequest>, ListGroupsResponse>("ListGroups", {
  entries: () => "group/*",
  validate: (input) => {
    filterValue(input, namingAttribute);
  },
  perform: (input, call) => {
    const { identityCenter } = call.state;
    const wanted = filterValue(input, namingAttribute);
    const found = [...identityCenter.groups.values()].filter(
      ({ displayName }) => displayName === (wanted ?? displayName),
    );
    const { items, more } = identityCenterPage(found, input, call);
    return { Groups: items.map((group) => answerOf(group, identityCenter)), ...more };
  },
});

export const describeGroup = onStore<Decoded<DescribeGroupRequest>, DescribeGroupResponse>("DescribeGroup", {
  entries: ({ GroupId }) => `group/${GroupId}`,
  perform: (input, call) => answerOf(findGroup(input.GroupId, call), call.state.identityCenter),
});

export const getGroupId = onStore<Decoded<GetGroupIdRequest>, GetGroupIdResponse>("GetGroupId", {
  entries: () => "group/*",
  validate: ({ AlternateIdentifier }) => {
    uniqueAttribute(AlternateIdentifier, namingAttribute);
  },
  perform: ({ AlternateIdentifier }, { state: { identityCenter } }) => {
    const name = uniqueAttribute(AlternateIdentifier, namingAttribute);
    const group = [...identityCenter.groups.values()].find(({ displayName }) => displayName === name);
    if (!group) throw notFound("GROUP");
    return { IdentityStoreId: identityCenter.identityStoreId, GroupId: group.id };
  },
});

function answerOf({ id, displayName, description }: StoreGroup, { identityStoreId }: IdentityCenterState): Group {
  return { IdentityStoreId: identityStoreId, GroupId: id, DisplayName: displayName, Description: description };
}
