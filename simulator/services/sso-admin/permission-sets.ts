import type {
  CreatePermissionSetRequest,
  CreatePermissionSetResponse,
  DeletePermissionSetRequest,
  DeletePermissionSetResponse,
  DescribePermissionSetRequest,
  DescribePermissionSetResponse,
  ListPermissionSetsRequest,
  ListPermissionSetsResponse,
  PermissionSet as PermissionSetAnswer,
  UpdatePermissionSetRequest,
  UpdatePermissionSetResponse,
} from "@aws-sdk/client-sso-admin";
import type { PermissionSet } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import type { Decoded } from "../service.ts";
import { checkMembers } from "./constraints.ts";
import { conflict } from "./faults.ts";
import { newPermissionSet } from "./new-permission-set.ts";
import { checkNoWriteInProgress, onInstance, onPermissionSet } from "./scope.ts";
import { checkSessionDuration, defaultSessionDuration } from "./session-duration.ts";
import { checkTags, readTags } from "./tag-rules.ts";

type CreateInput = Decoded<CreatePermissionSetRequest>;
type UpdateInput = Decoded<UpdatePermissionSetRequest>;

export const createPermissionSet = onInstance<CreateInput, CreatePermissionSetResponse>("CreatePermissionSet", {
  validate: (input) => {
    checkMembers(input);
    checkSessionDuration(input.SessionDuration);
    checkTags(input.Tags ?? []);
  },
  perform: (input, { state: { identityCenter }, clock }) => {
    const { Name: name } = input;
    if ([...identityCenter.permissionSets.values()].some((set) => set.name === name)) {
      throw conflict(`PermissionSet with name ${name} already exists.`);
    }
    const set = newPermissionSet(identityCenter, name, clock.now());
    set.description = input.Description;
    set.sessionDuration = input.SessionDuration ?? defaultSessionDuration;
    set.relayState = input.RelayState;
    for (const [key, value] of readTags(input.Tags ?? [])) set.tags.set(key, value);
    identityCenter.permissionSets.set(set.arn, set);
    return { PermissionSet: answerOf(set) };
  },
});

export const describePermissionSet = onPermissionSet<
  Decoded<DescribePermissionSetRequest>,
  DescribePermissionSetResponse
>("DescribePermissionSet", { perform: (set) => ({ PermissionSet: answerOf(set) }) });

/**
 * What the request leaves out is not kept: relay state is cleared and the session duration goes back to its default.
 * Only the description stays.
 */
export const updatePermissionSet = onPermissionSet<UpdateInput, UpdatePermissionSetResponse>("UpdatePermissionSet", {
  validate: (input) => {
    checkMembers(input);
    checkSessionDuration(input.SessionDuration);
  },
  changes: true,
  perform: (set, { Description, SessionDuration, RelayState }, call) => {
    checkNoWriteInProgress(set, call);
    set.description = Description ?? set.description;
    set.sessionDuration = SessionDuration ?? defaultSessionDuration;
    set.relayState = RelayState;
    return {};
  },
});

export const deletePermissionSet = onPermissionSet<Decoded<DeletePermissionSetRequest>, DeletePermissionSetResponse>(
  "DeletePermissionSet",
  {
    changes: true,
    perform: (set, _input, call) => {
      const { assignments, pendingWrites, permissionSets } = call.state.identityCenter;
      if ([...assignments, ...pendingWrites].some(({ permissionSetArn }) => permissionSetArn === set.arn)) {
        throw conflict("Could not delete because PermissionSet has ApplicationProfile associated with it.");
      }
      permissionSets.delete(set.arn);
      return {};
    },
  },
);

export const listPermissionSets = onInstance<Decoded<ListPermissionSetsRequest>, ListPermissionSetsResponse>(
  "ListPermissionSets",
  {
    perform: (input, call) => {
      const { items, more } = identityCenterPage([...call.state.identityCenter.permissionSets.keys()], input, call);
      return { PermissionSets: items, ...more };
    },
  },
);

function answerOf({
  name,
  arn,
  description,
  created,
  sessionDuration,
  relayState,
}: PermissionSet): PermissionSetAnswer {
  return {
    Name: name,
    PermissionSetArn: arn,
    ...(description === undefined ? {} : { Description: description }),
    CreatedDate: created,
    SessionDuration: sessionDuration,
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  };
}
