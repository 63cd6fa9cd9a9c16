import type {
  CreateUserRequest,
  CreateUserResponse,
  DeleteUserRequest,
  GetUserRequest,
  GetUserResponse,
  ListGroupsForUserRequest,
  ListGroupsForUserResponse,
  ListUsersRequest,
  ListUsersResponse,
  User,
} from "@aws-sdk/client-iam";
import { rootUserArn } from "#iam";
import { iamId } from "../../aws-identifiers.ts";
import type { IamUser } from "../../state/iam.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { alreadyExists, deleteConflict } from "./faults.ts";
import { iamOfCaller, requiresSubject, requiresUser, subjectOf, userArn, userNamed } from "./identities.ts";
import { markerPage } from "./marker-page.ts";
import { checkName, checkPath } from "./names.ts";
import { addTags, tagList } from "./tags.ts";

export const createUser: Operation<Decoded<CreateUserRequest>, CreateUserResponse> = {
  validate: (input) => {
    refuseUnmodelled("iam:CreateUser", input, ["UserName", "Path", "Tags"]);
    checkName(input.UserName, "userName");
    checkPath(input.Path ?? "/");
  },
  requires: ({ UserName, Path = "/" }, { caller }) => [{ resource: userArn(caller.accountId, Path, UserName) }],
  perform: ({ UserName, Path = "/", Tags }, call) => {
    const { users } = iamOfCaller(call);
    // Names are unique without regard to case, though a look-up has to spell them as they were given.
    const sameName = [...users.keys()].some((name) => name.toLowerCase() === UserName.toLowerCase());
    if (sameName) throw alreadyExists(`User with name ${UserName} already exists.`);
    const user: IamUser = {
      name: UserName,
      path: Path,
      id: iamId("AIDA"),
      arn: userArn(call.caller.accountId, Path, UserName),
      created: call.clock.now(),
      accessKeys: [],
      signingCertificates: [],
      mfaDevices: [],
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
      tags: new Map(),
    };
    addTags(user.tags, Tags);
    users.set(UserName, user);
    return { User: describe(user) };
  },
};

/** Of the root user, which has neither a name nor a path, AWS tells the id and the ARN (docs/aws-behaviour.md, section 1). */
export const getUser: Operation<GetUserRequest, GetUserResponse> = {
  requires: requiresSubject,
  perform: ({ UserName }, call) => {
    const { userName } = subjectOf(UserName, call);
    return { User: userName === undefined ? describeRoot(call) : describe(userNamed(userName, call)) };
  },
};

export const listUsers: Operation<ListUsersRequest, ListUsersResponse> = {
  requires: (_input, { caller }) => [{ resource: userArn(caller.accountId, "/", "") }],
  perform: (input, call) => {
    const prefix = input.PathPrefix ?? "/";
    const users = [...iamOfCaller(call).users.values()].filter(({ path }) => path.startsWith(prefix));
    const { items, position } = markerPage(users, input, call);
    return { Users: items.map(summarise), ...position };
  },
};

export const deleteUser: Operation<Decoded<DeleteUserRequest>, object> = {
  requires: requiresUser,
  perform: ({ UserName }, call) => {
    const user = userNamed(UserName, call);
    checkNothingIsLeft(user);
    iamOfCaller(call).users.delete(user.name);
    return {};
  },
};

/** The sandbox organization has no groups. */
export const listGroupsForUser: Operation<Decoded<ListGroupsForUserRequest>, ListGroupsForUserResponse> = {
  requires: requiresUser,
  perform: (input, call) => {
    userNamed(input.UserName, call);
    return { Groups: [], ...markerPage([], input, call).position };
  },
};

function checkNothingIsLeft(user: IamUser): void {
  const left = [
    [user.attachedPolicies.size > 0, "detach all policies"],
    [user.inlinePolicies.size > 0, "delete policies"],
    [user.accessKeys.length > 0, "delete access keys"],
    [user.loginProfile !== undefined, "delete login profile"],
  ] as const;
  const first = left.find(([isLeft]) => isLeft);
  if (first) throw deleteConflict(`Cannot delete entity, must ${first[1]} first.`);
}

function describe(user: IamUser): User {
  return { ...summarise(user), ...(user.tags.size > 0 ? { Tags: tagList(user.tags) } : {}) };
}

function summarise({ path, name, id, arn, created }: IamUser): User {
  return { Path: path, UserName: name, UserId: id, Arn: arn, CreateDate: created };
}

function describeRoot({ caller: { accountId } }: Call): User {
  return {
    UserId: accountId,
    Arn: rootUserArn(accountId),
    Path: undefined,
    UserName: undefined,
    CreateDate: undefined,
  };
}
