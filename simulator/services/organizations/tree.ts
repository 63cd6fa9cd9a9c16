import type {
  DescribeOrganizationalUnitRequest,
  DescribeOrganizationalUnitResponse,
  ListChildrenRequest,
  ListChildrenResponse,
  ListOrganizationalUnitsForParentRequest,
  ListOrganizationalUnitsForParentResponse,
  ListParentsRequest,
  ListParentsResponse,
  ListRootsRequest,
  ListRootsResponse,
} from "@aws-sdk/client-organizations";
import type { OrganizationalUnit, OrganizationState } from "../../state/organization.ts";
import type { Decoded, Operation } from "../service.ts";
import { describeRoot } from "./described-root.ts";
import { invalidInput, notFound } from "./faults.ts";
import { listPage } from "./list-page.ts";
import { accountNamed, arnOf, checkIsParent } from "./targets.ts";
import { checkMayRead } from "./who-may-call.ts";

export const listRoots: Operation<ListRootsRequest, ListRootsResponse> = {
  perform: (input, call) => {
    checkMayRead(call);
    const page = listPage([describeRoot(call.state.organization)], input, call);
    return { Roots: page.items, ...page.more };
  },
};

/** An account and an organizational unit have exactly one parent each. */
export const listParents: Operation<Decoded<ListParentsRequest>, ListParentsResponse> = {
  requires: ({ ChildId }, { state: { organization } }) => [{ resource: arnOf(ChildId, organization) }],
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    const child = organization.organizationalUnits.get(input.ChildId) ?? accountNamed(input.ChildId, organization);
    if (!child) throw notFound("ChildNotFoundException");
    const type = child.parentId === organization.root.id ? "ROOT" : "ORGANIZATIONAL_UNIT";
    const page = listPage([{ Id: child.parentId, Type: type } as const], input, call);
    return { Parents: page.items, ...page.more };
  },
};

export const listChildren: Operation<Decoded<ListChildrenRequest>, ListChildrenResponse> = {
  requires: ({ ParentId }, { state: { organization } }) => [{ resource: arnOf(ParentId, organization) }],
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    checkIsParent(input.ParentId, organization);
    const page = listPage(childrenOf(input, organization), input, call);
    return { Children: page.items.map(({ id }) => ({ Id: id, Type: input.ChildType })), ...page.more };
  },
};

function childrenOf(
  { ParentId, ChildType }: Decoded<ListChildrenRequest>,
  organization: OrganizationState,
): readonly { readonly id: string }[] {
  switch (ChildType) {
    case "ACCOUNT":
      return organization.accountsByParent.get(ParentId) ?? [];
    case "ORGANIZATIONAL_UNIT":
      return unitsBelow(ParentId, organization);
    default:
      throw invalidInput("INVALID_ENUM", "You specified an invalid child type.");
  }
}

export const listOrganizationalUnitsForParent: Operation<
  Decoded<ListOrganizationalUnitsForParentRequest>,
  ListOrganizationalUnitsForParentResponse
> = {
  requires: ({ ParentId }, { state: { organization } }) => [{ resource: arnOf(ParentId, organization) }],
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    checkIsParent(input.ParentId, organization);
    const page = listPage(unitsBelow(input.ParentId, organization), input, call);
    return { OrganizationalUnits: page.items.map(describe), ...page.more };
  },
};

export const describeOrganizationalUnit: Operation<
  Decoded<DescribeOrganizationalUnitRequest>,
  DescribeOrganizationalUnitResponse
> = {
  requires: ({ OrganizationalUnitId }, { state: { organization } }) => [
    { resource: arnOf(OrganizationalUnitId, organization) },
  ],
  perform: ({ OrganizationalUnitId }, call) => {
    checkMayRead(call);
    const unit = call.state.organization.organizationalUnits.get(OrganizationalUnitId);
    if (!unit) throw notFound("OrganizationalUnitNotFoundException");
    return { OrganizationalUnit: describe(unit) };
  },
};

function unitsBelow(parentId: string, organization: OrganizationState): readonly OrganizationalUnit[] {
  return [...organization.organizationalUnits.values()].filter((unit) => unit.parentId === parentId);
}

function describe(unit: OrganizationalUnit): { Id: string; Arn: string; Name: string } {
  return { Id: unit.id, Arn: unit.arn, Name: unit.name };
}
