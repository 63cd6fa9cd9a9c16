import type { AssumeRoleRequest, AssumeRoleResponse } from "@aws-sdk/client-sts";
import { type AccountId, parseAccountId, parsePolicy } from "#iam";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { IamRole } from "../../state/iam.ts";
import { iamOf } from "../../state/state.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { issueSession } from "./issue-session.ts";

type Input = Decoded<AssumeRoleRequest>;

/** A session of a role whose trust policy names the caller. */
export const assumeRole: Operation<Input, AssumeRoleResponse> = {
  validate: (input, { caller }) => {
    if (caller.principal.kind === "root" && caller.session === undefined) {
      throw new AwsFault("AccessDenied", "Roles may not be assumed by root accounts.", { status: 403 });
    }
    refuseUnmodelled(input);
    checkSessionName(input);
  },

  requires: (input, call) => {
    const found = findRole(input, call);
    const trust = found && {
      name: `trust policy of ${found.role.name}`,
      document: parsePolicy(found.role.trustPolicy),
    };
    return [
      {
        resource: input.RoleArn,
        resourceMustAllow: true,
        ...(found && trust ? { resourceAccountId: found.accountId, resourcePolicy: trust } : {}),
        ...(input.SourceIdentity === undefined ? {} : { context: { "sts:SourceIdentity": input.SourceIdentity } }),
      },
    ];
  },

  perform: (input, call) => {
    const found = findRole(input, call);
    if (!found) throw new Error("A role that does not exist is never authorised: it has no trust policy.");
    const { role, accountId } = found;
    const seconds = checkedDuration(input, role, call);
    const credentials = issueSession(call.state, {
      kind: "role session",
      accountId,
      roleName: role.name,
      sessionName: input.RoleSessionName,
      sessionPolicies:
        input.Policy === undefined ? undefined : [{ name: "session policy", document: parsePolicy(input.Policy) }],
      created: call.clock.now(),
      expires: new Date(call.clock.now().getTime() + seconds * 1000),
      sourceIdentity: input.SourceIdentity ?? call.caller.session?.sourceIdentity,
    });
    const assumed = `${role.id}:${input.RoleSessionName}`;
    const arn = `arn:aws:sts::${accountId}:assumed-role/${role.name}/${input.RoleSessionName}`;
    return { Credentials: credentials, AssumedRoleUser: { AssumedRoleId: assumed, Arn: arn } };
  },
};

function refuseUnmodelled({ PolicyArns, Tags, SerialNumber, TokenCode, ProvidedContexts }: Input): void {
  const unmodelled = { PolicyArns, Tags, SerialNumber, TokenCode, ProvidedContexts };
  const used = Object.entries(unmodelled).find(([, value]) => value !== undefined);
  if (used) throw notImplemented(`The parameter ${used[0]} of sts:AssumeRole`);
}

function checkSessionName({ RoleSessionName: name }: Input): void {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return;
  throw new AwsFault(
    "ValidationError",
    `1 validation error detected: Value '${name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*`,
  );
}

function findRole({ RoleArn }: Input, { state }: Call): { role: IamRole; accountId: AccountId } | undefined {
  const accountId = parseAccountId(RoleArn.split(":")[4] ?? "");
  if (accountId === undefined || !state.organization.accounts.has(accountId)) return undefined;
  const role = [...iamOf(state, accountId).roles.values()].find(({ arn }) => arn === RoleArn);
  return role && { role, accountId };
}

/** A session opened from another session (role chaining) lasts an hour at most, whatever the role allows. */
function checkedDuration({ DurationSeconds: seconds = 3600 }: Input, role: IamRole, { caller }: Call): number {
  if (seconds < 900) {
    throw new AwsFault(
      "ValidationError",
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900`,
    );
  }
  if (seconds > role.maxSessionSeconds) {
    throw new AwsFault(
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
  if (caller.session && seconds > 3600) {
    throw new AwsFault(
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  return seconds;
}
