import type { AssumeRoleRequest, AssumeRoleResponse } from "@aws-sdk/client-sts";
import { type AccountId, MalformedPolicyError, type NamedPolicy, parseAccountId, parsePolicy } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import { heldPolicy } from "../../policy-texts.ts";
import type { IamRole } from "../../state/iam.ts";
import { iamOf } from "../../state/state.ts";
import type { Constraint, Constraints } from "../constraints.ts";
import { checkParameters, validationError } from "../query-refusals.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { checkActivatedRegion } from "./activated-region.ts";
import { issueSession } from "./issue-session.ts";

type Input = Decoded<AssumeRoleRequest>;

const modelled = [
  "RoleArn",
  "RoleSessionName",
  "DurationSeconds",
  "ExternalId",
  "Policy",
  "SourceIdentity",
] as const satisfies (keyof Input)[];

/** A session of a role whose trust policy names the caller. */
export const assumeRole: Operation<Input, AssumeRoleResponse> = {
  validate: (input, { caller }) => {
    refuseUnmodelled("sts:AssumeRole", input, modelled);
    checkParameters(input, constraints);
    if (caller.principal.kind === "root" && caller.session === undefined) {
      throw new AwsFault("AccessDenied", "Roles may not be assumed by root accounts.", { status: 403 });
    }
  },

  requires: (input, call) => {
    const assume = trustRequirement(input, call);
    // Setting a source identity is an action of its own, which the trust policy has to allow as well.
    return input.SourceIdentity === undefined ? [assume] : [assume, { ...assume, action: "sts:SetSourceIdentity" }];
  },

  perform: (input, call) => {
    const found = findRole(input, call);
    if (!found) throw new Error("A role that does not exist is never authorised: it has no trust policy.");
    const { role, accountId } = found;
    checkActivatedRegion(accountId, call);
    const seconds = input.DurationSeconds ?? usualSeconds;
    checkDuration(seconds, role, call);
    const sessionPolicies = readSessionPolicies(input);
    const sourceIdentity = input.SourceIdentity ?? call.caller.session?.sourceIdentity;
    const credentials = issueSession(call.state, {
      kind: "role session",
      accountId,
      roleName: role.name,
      sessionName: input.RoleSessionName,
      sessionPolicies,
      created: call.clock.now(),
      expires: new Date(call.clock.now().getTime() + seconds * 1000),
      sourceIdentity,
    });
    const assumed = `${role.id}:${input.RoleSessionName}`;
    const arn = `arn:aws:sts::${accountId}:assumed-role/${role.name}/${input.RoleSessionName}`;
    return {
      Credentials: credentials,
      AssumedRoleUser: { AssumedRoleId: assumed, Arn: arn },
      ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    };
  },
};

const usualSeconds = 3600;
const sessionName: Constraint = { shortest: 2, longest: 64, pattern: /[\w+=,.@-]*/ };
const constraints: Constraints = {
  RoleArn: { shortest: 20, longest: 2048 },
  RoleSessionName: sessionName,
  DurationSeconds: { least: 900, most: 43_200 },
  SourceIdentity: sessionName,
  ExternalId: { shortest: 2, longest: 1224, pattern: /[\w+=,.@:/-]*/ },
  Policy: { shortest: 1, pattern: /[\t\n\r\u0020-\u00FF]+/ },
};

function trustRequirement(input: Input, call: Call): Requirement {
  const found = findRole(input, call);
  const trust = found && { name: `trust policy of ${found.role.name}`, document: heldPolicy(found.role.trustPolicy) };
  return {
    resource: input.RoleArn,
    resourceMustAllow: true,
    // Whether the caller lacks a permission or the role does not trust it, STS does not say.
    unexplained: true,
    ...(found && trust ? { resourceAccountId: found.accountId, resourcePolicy: trust } : {}),
    context: {
      "sts:RoleSessionName": input.RoleSessionName,
      ...(input.ExternalId === undefined ? {} : { "sts:ExternalId": input.ExternalId }),
      ...(input.SourceIdentity === undefined ? {} : { "sts:SourceIdentity": input.SourceIdentity }),
    },
  };
}

function findRole({ RoleArn }: Input, { state }: Call): { role: IamRole; accountId: AccountId } | undefined {
  const accountId = parseAccountId(RoleArn.split(":")[4] ?? "");
  if (accountId === undefined || !state.organization.accounts.has(accountId)) return undefined;
  const role = iamOf(state, accountId).roles.get(RoleArn.split("/").at(-1) ?? "");
  return role?.arn === RoleArn ? { role, accountId } : undefined;
}

/** A session opened from another session (role chaining) lasts an hour at most, whatever the role allows. */
function checkDuration(seconds: number, role: IamRole, { caller }: Call): void {
  if (seconds > role.maxSessionSeconds) {
    throw validationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  }
  if (caller.session && seconds > usualSeconds) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
}

function readSessionPolicies({ Policy }: Input): readonly NamedPolicy[] | undefined {
  if (Policy === undefined) return undefined;
  try {
    return [{ name: "session policy", document: parsePolicy(Policy, "identity") }];
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    throw new AwsFault("MalformedPolicyDocument", "Syntax errors in policy.");
  }
}
