import type { AttachedPolicy } from "@aws-sdk/client-iam";
import type { Call, Operation, Requirement } from "../service.ts";
import { modifiableRole, requiresRole, requiresUser, roleNamed, userNamed } from "./identities.ts";
import { markerPage, type MarkerRequest } from "./marker-page.ts";
import {
  attachedPolicies,
  attachManagedPolicy,
  deleteInlinePolicy,
  detachManagedPolicy,
  getInlinePolicy,
  type HolderKind,
  type PolicyHolder,
  putInlinePolicy,
} from "./policy-holder.ts";

/** How a request names the user or the role whose policies it is about. */
interface Owner<Named> {
  readonly kind: HolderKind;
  readonly requires: (input: Named, call: Call) => readonly Requirement[];
  readonly read: (input: Named, call: Call) => PolicyHolder;
  readonly modify: (input: Named, call: Call) => PolicyHolder;
  /** The member that names the owner, for answers that repeat it. */
  readonly named: (input: Named) => Named;
}

type UserNamed = { readonly UserName: string };
type RoleNamed = { readonly RoleName: string };
type PolicyNamed = { readonly PolicyName: string };
type PolicyText = { readonly PolicyDocument: string };
type PolicyArn = { readonly PolicyArn: string };

const user: Owner<UserNamed> = {
  kind: "user",
  requires: requiresUser,
  read: ({ UserName }, call) => userNamed(UserName, call),
  modify: ({ UserName }, call) => userNamed(UserName, call),
  named: ({ UserName }) => ({ UserName }),
};

const role: Owner<RoleNamed> = {
  kind: "role",
  requires: requiresRole,
  read: ({ RoleName }, call) => roleNamed(RoleName, call),
  modify: ({ RoleName }, call) => modifiableRole(RoleName, call),
  named: ({ RoleName }) => ({ RoleName }),
};

export const putUserPolicy = put(user);
export const putRolePolicy = put(role);
export const getUserPolicy = get(user);
export const getRolePolicy = get(role);
export const listUserPolicies = list(user);
export const listRolePolicies = list(role);
export const deleteUserPolicy = remove(user);
export const deleteRolePolicy = remove(role);
export const attachUserPolicy = attach(user);
export const attachRolePolicy = attach(role);
export const detachUserPolicy = detach(user);
export const detachRolePolicy = detach(role);
export const listAttachedUserPolicies = listAttached(user);
export const listAttachedRolePolicies = listAttached(role);

function put<Named>(owner: Owner<Named>): Operation<Named & PolicyNamed & PolicyText, object> {
  return {
    requires: owner.requires,
    perform: (input, call) => {
      putInlinePolicy(owner.modify(input, call), owner.kind, input.PolicyName, input.PolicyDocument);
      return {};
    },
  };
}

function get<Named>(owner: Owner<Named>): Operation<Named & PolicyNamed, Named & PolicyNamed & PolicyText> {
  return {
    requires: owner.requires,
    perform: (input, call) => {
      const { PolicyName } = input;
      const PolicyDocument = getInlinePolicy(owner.read(input, call), owner.kind, PolicyName);
      return { ...owner.named(input), PolicyName, PolicyDocument };
    },
  };
}

function list<Named>(
  owner: Owner<Named>,
): Operation<Named & MarkerRequest, { PolicyNames: string[]; IsTruncated: boolean; Marker?: string }> {
  return {
    requires: owner.requires,
    perform: (input, call) => {
      const { items, position } = markerPage([...owner.read(input, call).inlinePolicies.keys()], input, call);
      return { PolicyNames: [...items], ...position };
    },
  };
}

function remove<Named>(owner: Owner<Named>): Operation<Named & PolicyNamed, object> {
  return {
    requires: owner.requires,
    perform: (input, call) => {
      deleteInlinePolicy(owner.modify(input, call), owner.kind, input.PolicyName);
      return {};
    },
  };
}

function attach<Named>(owner: Owner<Named>): Operation<Named & PolicyArn, object> {
  return {
    requires: (input, call) => withPolicyArn(owner.requires(input, call), input),
    perform: (input, call) => {
      attachManagedPolicy(owner.modify(input, call), owner.kind, input.PolicyArn);
      return {};
    },
  };
}

function detach<Named>(owner: Owner<Named>): Operation<Named & PolicyArn, object> {
  return {
    requires: (input, call) => withPolicyArn(owner.requires(input, call), input),
    perform: (input, call) => {
      detachManagedPolicy(owner.modify(input, call), input.PolicyArn);
      return {};
    },
  };
}

function listAttached<Named>(
  owner: Owner<Named>,
): Operation<
  Named & MarkerRequest & { readonly PathPrefix?: string | undefined },
  { AttachedPolicies: AttachedPolicy[]; IsTruncated: boolean; Marker?: string }
> {
  return {
    requires: owner.requires,
    perform: (input, call) => {
      const attached = attachedPolicies(owner.read(input, call), input.PathPrefix);
      const { items, position } = markerPage(attached, input, call);
      return { AttachedPolicies: [...items], ...position };
    },
  };
}

function withPolicyArn(requirements: readonly Requirement[], { PolicyArn }: PolicyArn): readonly Requirement[] {
  return requirements.map((requirement) => ({ ...requirement, context: { "iam:PolicyARN": PolicyArn } }));
}
