import type {
  ListAccountsForProvisionedPermissionSetRequest,
  ListAccountsForProvisionedPermissionSetResponse,
  ListPermissionSetsProvisionedToAccountRequest,
  ListPermissionSetsProvisionedToAccountResponse,
  ProvisionPermissionSetRequest,
  ProvisionPermissionSetResponse,
} from "@aws-sdk/client-sso-admin";
import { type AccountId, parseAccountId } from "#iam";
import type { PermissionSet } from "../../state/identity-center.ts";
import { identityCenterPage } from "../identity-center-page.ts";
import { validationException } from "../json-refusals.ts";
import type { Call, Decoded } from "../service.ts";
import { beginProvisioning } from "./asynchronous-writes.ts";
import { checkMembersOfProvisioning } from "./constraints.ts";
import { isUpToDate } from "./provisioned-role.ts";
import { provisioningStatus } from "./provisioning-status.ts";
import { checkNoWriteButRemovals, onInstance, onPermissionSet } from "./scope.ts";

type Input = Decoded<ProvisionPermissionSetRequest>;
type Filter = ListAccountsForProvisionedPermissionSetRequest["ProvisioningStatus"];

/** Brings accounts that have the permission set up to date with it. */
export const provisionPermissionSet = onPermissionSet<Input, ProvisionPermissionSetResponse>("ProvisionPermissionSet", {
  validate: (input) => {
    checkMembersOfProvisioning(input);
    if (input.TargetType === "AWS_ACCOUNT" && input.TargetId === undefined) {
      throw validationException("TargetId is required when TargetType is AWS_ACCOUNT.");
    }
  },
  account: ({ TargetId }) => TargetId,
  changes: true,
  perform: (set, input, call) => {
    checkNoWriteButRemovals(set, call);
    const accountId = input.TargetType === "AWS_ACCOUNT" ? parseAccountId(input.TargetId ?? "") : undefined;
    const write = beginProvisioning(set, accountId, provisioningProblem(set, accountId, call), call);
    return { PermissionSetProvisioningStatus: provisioningStatus(write, call) };
  },
});

export const listAccountsForProvisionedPermissionSet = onPermissionSet<
  Decoded<ListAccountsForProvisionedPermissionSetRequest>,
  ListAccountsForProvisionedPermissionSetResponse
>("ListAccountsForProvisionedPermissionSet", {
  perform: (set, input, call) => {
    const found = [...set.provisioned.keys()].filter((id) => matches(set, id, input.ProvisioningStatus));
    const { items, more } = identityCenterPage(found, input, call);
    return { AccountIds: items, ...more };
  },
});

export const listPermissionSetsProvisionedToAccount = onInstance<
  Decoded<ListPermissionSetsProvisionedToAccountRequest>,
  ListPermissionSetsProvisionedToAccountResponse
>("ListPermissionSetsProvisionedToAccount", {
  account: ({ AccountId }) => AccountId,
  perform: (input, call) => {
    const accountId = parseAccountId(input.AccountId);
    const found = [...call.state.identityCenter.permissionSets.values()].filter(
      (set) => accountId !== undefined && matches(set, accountId, input.ProvisioningStatus),
    );
    const { items, more } = identityCenterPage(
      found.map(({ arn }) => arn),
      input,
      call,
    );
    return { PermissionSets: items, ...more };
  },
});

function provisioningProblem(set: PermissionSet, accountId: AccountId | undefined, call: Call): string | undefined {
  if (accountId !== undefined && !set.provisioned.has(accountId)) {
    return `Received a 404 status error: Permission set provision not found in AWS account ${accountId}.`;
  }
  // A policy that goes while an assignment is being removed (docs/aws-behaviour.md, section 4).
  return isBeingRemoved(set, accountId, call) ? "Received a 404 status error: Assignment not found" : undefined;
}

/** @param accountId `undefined`: in any account */
function isBeingRemoved({ arn }: PermissionSet, accountId: AccountId | undefined, { state }: Call): boolean {
  return state.identityCenter.pendingWrites.some(
    (write) =>
      write.kind === "assignment deletion" &&
      write.permissionSetArn === arn &&
      (accountId ?? write.assignment.accountId) === write.assignment.accountId,
  );
}

function matches(set: PermissionSet, accountId: AccountId, filter: Filter): boolean {
  const given = set.provisioned.get(accountId);
  if (!given) return false;
  return filter === undefined || isUpToDate(set, given) === (filter === "LATEST_PERMISSION_SET_PROVISIONED");
}
