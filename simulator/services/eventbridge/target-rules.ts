import type { Target } from "@aws-sdk/client-eventbridge";
import { parseArn } from "#iam";
import { type AwsFault, notImplemented } from "../../aws-fault.ts";
import { isTemplate, variablesOf } from "../../delivery/input-template.ts";
import { isJsonPath } from "../../delivery/json-path.ts";
import { reservedVariables } from "../../delivery/target-input.ts";
import { isAssumedByEventBridge } from "../../delivery/target-role.ts";
import { isJson } from "../../json-text.ts";
import { validationException } from "../json-refusals.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Requirement } from "../service.ts";

/** @throws AwsFault ValidationException for what AWS refuses, 501 for what is not modelled */
export function checkTarget(target: Target): void {
  refuseUnmodelled("events:PutTargets", target, ["Id", "Arn", "RoleArn", "Input", "InputPath", "InputTransformer"]);
  const { Id = "", Arn = "", RoleArn, Input, InputPath, InputTransformer } = target;
  const service = parseArn(Arn)?.service;
  if (service === undefined)
    throw validationException(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (!["sns", "sqs", "events"].includes(service)) throw notImplemented(`A target of ${service}`);
  if (service === "events") checkBusTarget(target);
  else if (RoleArn !== undefined) throw notImplemented(`The role of a target of ${service}`);
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1) {
    throw validationException(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined && !isJson(Input)) throw validationException(`JSON syntax error in input for target ${Id}`);
  if (InputPath !== undefined && !isJsonPath(InputPath)) throw invalidPath(Id);
  if (InputTransformer) checkTransformer(Id, InputTransformer);
}

/** A bus gets the event as it is (docs/aws-behaviour.md, section 9). */
function checkBusTarget({ Arn = "", RoleArn, Input, InputPath, InputTransformer }: Target): void {
  if (parseArn(Arn)?.resource !== "event-bus/default") throw notImplemented("An event bus other than the default one");
  if (RoleArn === undefined) throw validationException(`RoleArn is required for target ${Arn}.`);
  if ([Input, InputPath, InputTransformer].some((one) => one !== undefined)) {
    throw notImplemented("Another input than the event for an event bus");
  }
}

/** Whoever gives a target a role has to be allowed to pass it on. */
export function passedRole({ RoleArn }: Target): readonly Requirement[] {
  if (RoleArn === undefined) return [];
  return [{ resource: RoleArn, action: "iam:PassRole", context: { "iam:PassedToService": "events.amazonaws.com" } }];
}

/** @throws AwsFault ValidationException for a topic or queue of another Region, and for a role that EventBridge cannot assume */
export function checkPlace({ Arn = "", RoleArn }: Target, { region, caller, state, clock }: Call): void {
  const arn = parseArn(Arn);
  if (arn?.service !== "events") {
    if (arn?.region === region) return;
    throw validationException(`Provided Arn is not in correct region. Reason: ${Arn}`);
  }
  if (arn.accountId !== caller.accountId) throw notImplemented("An event bus of another account as a target");
  if (arn.region === region) throw notImplemented("An event bus of the rule's own Region as a target");
  if (!isAssumedByEventBridge(RoleArn ?? "", { state, at: clock.now() })) {
    throw validationException(
      `Provided role '${RoleArn ?? ""}' cannot be assumed by principal 'events.amazonaws.com'.`,
    );
  }
}

function checkTransformer(
  id: string,
  { InputPathsMap = {}, InputTemplate = "" }: NonNullable<Target["InputTransformer"]>,
): void {
  if (Object.keys(InputPathsMap).some((name) => name.startsWith("AWS"))) {
    throw validationException(`InputPathsMap keys of target ${id} must not start with AWS.`);
  }
  if (Object.values(InputPathsMap).some((path) => !isJsonPath(path))) throw invalidPath(id);
  const unknown = variablesOf(InputTemplate).find(
    (name) => !Object.hasOwn(InputPathsMap, name) && !reservedVariables.has(name),
  );
  if (unknown !== undefined) {
    throw validationException(
      `InputTemplate for target ${id} contains placeholder <${unknown}> that is not in InputPathsMap.`,
    );
  }
  if (!isTemplate(InputTemplate)) throw validationException(`Invalid InputTemplate for target ${id}.`);
}

function invalidPath(id: string): AwsFault {
  return validationException(`Invalid InputPath for target ${id}.`);
}
