import type {
  CreateRoleRequest,
  CreateRoleResponse,
  DeleteRoleRequest,
  GetRoleRequest,
  GetRoleResponse,
  ListInstanceProfilesForRoleRequest,
  ListInstanceProfilesForRoleResponse,
  ListRolesRequest,
  ListRolesResponse,
  Role,
  UpdateAssumeRolePolicyRequest,
  UpdateRoleDescriptionRequest,
  UpdateRoleDescriptionResponse,
  UpdateRoleRequest,
} from "@aws-sdk/client-iam";
import { iamId } from "../../aws-identifiers.ts";
import type { IamRole } from "../../state/iam.ts";
import { checkParameters } from "../query-refusals.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { alreadyExists, deleteConflict } from "./faults.ts";
import { iamOfCaller, modifiableRole, requiresRole, roleArn, roleNamed } from "./identities.ts";
import { markerPage } from "./marker-page.ts";
import { checkName, checkPath } from "./names.ts";
import { encodeDocument } from "./policy-holder.ts";
import { checkTrustPolicy } from "./policy-text.ts";
import { addTags, tagList } from "./tags.ts";

const usualSessionSeconds = 3600;
const createMembers = [
  "RoleName",
  "AssumeRolePolicyDocument",
  "Path",
  "Description",
  "MaxSessionDuration",
  "Tags",
] as const;

export const createRole: Operation<Decoded<CreateRoleRequest>, CreateRoleResponse> = {
  validate: (input) => {
    refuseUnmodelled("iam:CreateRole", input, createMembers);
    checkName(input.RoleName, "roleName");
    checkPath(input.Path ?? "/");
    checkSettings(input);
  },
  requires: ({ RoleName, Path = "/" }, { caller }) => [{ resource: roleArn(caller.accountId, Path, RoleName) }],
  perform: (input, call) => {
    const { RoleName, Path = "/", AssumeRolePolicyDocument } = input;
    const { roles } = iamOfCaller(call);
    const sameName = [...roles.keys()].some((name) => name.toLowerCase() === RoleName.toLowerCase());
    if (sameName) throw alreadyExists(`Role with name ${RoleName} already exists.`);
    checkTrustPolicy(AssumeRolePolicyDocument, call.state);
    const role: IamRole = {
      name: RoleName,
      path: Path,
      id: iamId("AROA"),
      arn: roleArn(call.caller.accountId, Path, RoleName),
      created: call.clock.now(),
      description: input.Description ?? "",
      maxSessionSeconds: input.MaxSessionDuration ?? usualSessionSeconds,
      trustPolicy: AssumeRolePolicyDocument,
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
      tags: new Map(),
    };
    addTags(role.tags, input.Tags);
    roles.set(RoleName, role);
    return { Role: describe(role) };
  },
};

export const getRole: Operation<Decoded<GetRoleRequest>, GetRoleResponse> = {
  requires: requiresRole,
  perform: ({ RoleName }, call) => ({ Role: describe(roleNamed(RoleName, call)) }),
};

export const listRoles: Operation<ListRolesRequest, ListRolesResponse> = {
  requires: (_input, { caller }) => [{ resource: roleArn(caller.accountId, "/", "") }],
  perform: (input, call) => {
    const prefix = input.PathPrefix ?? "/";
    const roles = [...iamOfCaller(call).roles.values()].filter(({ path }) => path.startsWith(prefix));
    const { items, position } = markerPage(roles, input, call);
    return { Roles: items.map(summarise), ...position };
  },
};

export const updateRole: Operation<Decoded<UpdateRoleRequest>, object> = {
  validate: checkSettings,
  requires: requiresRole,
  perform: ({ RoleName, Description, MaxSessionDuration }, call) => {
    const role = modifiableRole(RoleName, call);
    role.description = Description ?? role.description;
    role.maxSessionSeconds = MaxSessionDuration ?? role.maxSessionSeconds;
    return {};
  },
};

export const updateRoleDescription: Operation<Decoded<UpdateRoleDescriptionRequest>, UpdateRoleDescriptionResponse> = {
  validate: checkSettings,
  requires: requiresRole,
  perform: ({ RoleName, Description }, call) => {
    const role = modifiableRole(RoleName, call);
    role.description = Description;
    return { Role: describe(role) };
  },
};

export const updateAssumeRolePolicy: Operation<Decoded<UpdateAssumeRolePolicyRequest>, object> = {
  requires: requiresRole,
  perform: ({ RoleName, PolicyDocument }, call) => {
    const role = modifiableRole(RoleName, call);
    checkTrustPolicy(PolicyDocument, call.state);
    role.trustPolicy = PolicyDocument;
    return {};
  },
};

export const deleteRole: Operation<Decoded<DeleteRoleRequest>, object> = {
  requires: requiresRole,
  perform: ({ RoleName }, call) => {
    const role = modifiableRole(RoleName, call);
    if (role.attachedPolicies.size > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
    if (role.inlinePolicies.size > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
    iamOfCaller(call).roles.delete(RoleName);
    return {};
  },
};

/** The sandbox organization has no instance profiles. */
export const listInstanceProfilesForRole: Operation<
  Decoded<ListInstanceProfilesForRoleRequest>,
  ListInstanceProfilesForRoleResponse
> = {
  requires: requiresRole,
  perform: (input, call) => {
    roleNamed(input.RoleName, call);
    return { InstanceProfiles: [], ...markerPage([], input, call).position };
  },
};

function checkSettings(input: object): void {
  checkParameters(input, { MaxSessionDuration: { least: 3600, most: 43_200 }, Description: { longest: 1000 } });
}

function describe(role: IamRole): Role {
  return { ...summarise(role), ...(role.tags.size > 0 ? { Tags: tagList(role.tags) } : {}) };
}

function summarise(role: IamRole): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    AssumeRolePolicyDocument: encodeDocument(role.trustPolicy),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(role.description === "" ? {} : { Description: role.description }),
  };
}
