import { createHash } from "node:crypto";
import type {
  DescribeGroupMembershipRequest,
  DescribeGroupMembershipResponse,
  GetGroupMembershipIdRequest,
  GetGroupMembershipIdResponse,
  IsMemberInGroupsRequest,
  IsMemberInGroupsResponse,
  ListGroupMembershipsForMemberRequest,
  ListGroupMembershipsForMemberResponse,
  ListGroupMembershipsRequest,
  ListGroupMembershipsResponse,
  MemberId,
} from "@aws-sdk/client-identitystore";
import type { IdentityCenterState } from "../../state/identity-center.ts";
import { validationException } from "../json-refusals.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import type { Decoded } from "../service.ts";
import { notFound } from "./faults.ts";
import { findGroup, findUser, onStore } from "./store.ts";

export const listGroupMemberships = onStore<Decoded<ListGroupMembershipsRequest>, ListGroupMembershipsResponse>(
  "ListGroupMemberships",
  {
    entries: () => "membership/*",
    perform: (input, call) => {
      const { id, memberIds } = findGroup(input.GroupId, call);
      const { items, more } = identityCenterPage([...memberIds], input, call);
      return { GroupMemberships: items.map((userId) => answerOf(id, userId, call.state.identityCenter)), ...more };
    },
  },
);

export const listGroupMembershipsForMember = onStore<
  Decoded<ListGroupMembershipsForMemberRequest>,
  ListGroupMembershipsForMemberResponse
>("ListGroupMembershipsForMember", {
  entries: () => "membership/*",
  perform: (input, call) => {
    const { identityCenter } = call.state;
    const user = findUser(userIdOf(input.MemberId), call);
    const groups = [...identityCenter.groups.values()].filter(({ memberIds }) => memberIds.has(user.id));
    const { items, more } = identityCenterPage(groups, input, call);
    return { GroupMemberships: items.map(({ id }) => answerOf(id, user.id, identityCenter)), ...more };
  },
});

export const isMemberInGroups = onStore<Decoded<IsMemberInGroupsRequest>, IsMemberInGroupsResponse>(
  "IsMemberInGroups",
  {
    entries: () => "membership/*",
    validate: ({ GroupIds }) => {
      if (GroupIds.length < 1 || GroupIds.length > 100)
        throw validationException("GroupIds names between 1 and 100 groups.");
    },
    perform: ({ MemberId, GroupIds }, call) => {
      const user = findUser(userIdOf(MemberId), call);
      const Results = GroupIds.map((GroupId) => ({
        GroupId,
        MemberId: { UserId: user.id },
        MembershipExists: findGroup(GroupId, call).memberIds.has(user.id),
      }));
      return { Results };
    },
  },
);

export const getGroupMembershipId = onStore<Decoded<GetGroupMembershipIdRequest>, GetGroupMembershipIdResponse>(
  "GetGroupMembershipId",
  {
    entries: () => "membership/*",
    perform: ({ GroupId, MemberId }, call) => {
      const userId = userIdOf(MemberId);
      if (!findGroup(GroupId, call).memberIds.has(userId)) throw notFound("GROUP_MEMBERSHIP");
      const { IdentityStoreId, MembershipId } = answerOf(GroupId, userId, call.state.identityCenter);
      return { IdentityStoreId, MembershipId };
    },
  },
);

export const describeGroupMembership = onStore<
  Decoded<DescribeGroupMembershipRequest>,
  DescribeGroupMembershipResponse
>("DescribeGroupMembership", {
  entries: ({ MembershipId }) => `membership/${MembershipId}`,
  perform: ({ MembershipId: wanted }, { state: { identityCenter } }) => {
    const all = [...identityCenter.groups.values()].flatMap(({ id, memberIds }) =>
      [...memberIds].map((userId) => answerOf(id, userId, identityCenter)),
    );
    const found = all.find(({ MembershipId }) => MembershipId === wanted);
    if (!found) throw notFound("GROUP_MEMBERSHIP", wanted);
    return found;
  },
});

function userIdOf({ UserId }: MemberId): string {
  if (UserId === undefined) throw validationException("A MemberId is a UserId.");
  return UserId;
}

/** A membership has an id of its own; here it follows from its group and its member. */
function answerOf(
  groupId: string,
  userId: string,
  { identityStoreId }: IdentityCenterState,
): { IdentityStoreId: string; MembershipId: string; GroupId: string; MemberId: { UserId: string } } {
  const hash = createHash("sha256").update(`${groupId}/${userId}`).digest("hex");
  const uuid = [8, 12, 16, 20, 32].map((end, index, ends) => hash.slice(ends[index - 1] ?? 0, end)).join("-");
  const MembershipId = `${identityStoreId.slice(2)}-${uuid}`;
  return { IdentityStoreId: identityStoreId, MembershipId, GroupId: groupId, MemberId: { UserId: userId } };
}
