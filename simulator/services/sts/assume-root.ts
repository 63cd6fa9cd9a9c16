import type { AssumeRootRequest, AssumeRootResponse } from "@aws-sdk/client-sts";
import {
  type AccountId,
  featureFor,
  parseAccountId,
  parseTaskPolicyArn,
  rootUserArn,
  type TaskName,
  taskPolicyArn,
  taskPolicyDocument,
} from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import type { OrganizationState } from "../../state/organization.ts";
import type { Constraints } from "../constraints.ts";
import { checkParameters, validationError } from "../query-refusals.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkActivatedRegion } from "./activated-region.ts";
import { issueSession } from "./issue-session.ts";

type Input = Decoded<AssumeRootRequest>;

const maximumSeconds = 900;
const constraints: Constraints = {
  DurationSeconds: { least: 0, most: maximumSeconds },
  TargetPrincipal: { shortest: 12, longest: 2048 },
};
const taskPolicyConstraints: Constraints = { arn: { shortest: 20, longest: 2048 } };

/**
 * A short root session in a member account, limited to one task. Checks in AWS's order: parameters, caller and target,
 * trusted access, feature (docs/aws-behaviour.md, section 1).
 */
export const assumeRoot: Operation<Input, AssumeRootResponse> = {
  validate: (input) => {
    refuseUnmodelled("sts:AssumeRoot", input, ["TargetPrincipal", "TaskPolicyArn", "DurationSeconds"]);
    checkParameters(input, constraints);
    checkParameters(input.TaskPolicyArn, taskPolicyConstraints, "taskPolicyArn.");
    if (!readTarget(input)) throw validationError("Request must contain a valid target principal");
    if (!readTask(input)) throw validationError("Request must contain valid AWS managed task policy ARN");
  },

  requires: (input) => [
    {
      resource: rootUserArn(targetOf(input)),
      context: { "sts:TaskPolicyArn": taskPolicyArn(taskOf(input)) },
      unexplained: true,
    },
  ],

  perform: (input, call) => {
    const target = targetOf(input);
    const task = taskOf(input);
    const { organization } = call.state;
    checkCaller(target, call);
    checkTrustedAccess(organization);
    checkFeature(organization, task);
    checkActivatedRegion(target, call);
    const { sourceIdentity } = call.caller.session ?? {};
    const credentials = issueSession(call.state, {
      kind: "root session",
      accountId: target,
      taskPolicy: { name: taskPolicyArn(task), document: taskPolicyDocument(task) },
      created: call.clock.now(),
      expires: new Date(call.clock.now().getTime() + (input.DurationSeconds ?? maximumSeconds) * 1000),
      sourceIdentity,
    });
    return { Credentials: credentials, ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }) };
  },
};

function readTarget({ TargetPrincipal: target }: Input): AccountId | undefined {
  return parseAccountId(/^arn:aws:iam::(\d{12}):root$/.exec(target)?.[1] ?? target);
}

function readTask({ TaskPolicyArn: policy }: Input): TaskName | undefined {
  return parseTaskPolicyArn(policy.arn ?? "");
}

function targetOf(input: Input): AccountId {
  return readTarget(input) ?? unreachable();
}

function taskOf(input: Input): TaskName {
  return readTask(input) ?? unreachable();
}

function unreachable(): never {
  throw new Error("Parameters are checked before they are used.");
}

/** Management account or delegated administrator, never a root user; the target has to be an active member account. */
function checkCaller(target: AccountId, { caller, state: { organization } }: Call): void {
  const { accountId, principal } = caller;
  const isDelegate = organization.delegatedAdministrators.get("iam.amazonaws.com")?.has(accountId) ?? false;
  const mayAssume = principal.kind !== "root" && (accountId === organization.managementAccountId || isDelegate);
  const member = target === organization.managementAccountId ? undefined : organization.accounts.get(target);
  // That a suspended account is refused like a stranger is an assumption (docs/aws-behaviour.md, "Not known").
  if (mayAssume && member?.status === "ACTIVE") return;
  const message = `User: ${principal.arn} is not authorized to perform: sts:AssumeRoot on resource: ${rootUserArn(target)}`;
  throw new AwsFault("AccessDenied", message, { status: 403 });
}

function checkTrustedAccess(organization: OrganizationState): void {
  if (organization.trustedServices.has("iam.amazonaws.com")) return;
  throw new AwsFault("AccessDenied", "Service not enabled for AWS Organizations.", { status: 403 });
}

function checkFeature(organization: OrganizationState, task: TaskName): void {
  const feature = featureFor(task);
  if (organization.rootFeatures.has(feature)) return;
  const name = feature === "RootSessions" ? "Root sessions" : "Root credentials management";
  throw new AwsFault("AccessDenied", `${name} feature is not enabled for your AWS Organization.`, { status: 403 });
}
