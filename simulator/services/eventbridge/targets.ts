import type {
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from "@aws-sdk/client-eventbridge";
import { parseArn } from "#iam";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import { isTemplate, variablesOf } from "../../delivery/input-template.ts";
import { isJsonPath } from "../../delivery/json-path.ts";
import { reservedVariables } from "../../delivery/target-input.ts";
import { isJson } from "../../json-text.ts";
import type { EventTarget } from "../../state/eventbridge.ts";
import { validationException } from "../json-refusals.ts";
import { nextTokenPage } from "../next-token-page.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkBus, onRule, ruleOf } from "./rule-access.ts";

const largestPage = 100;
const mostTargets = 5;

/** Topics and queues of the rule's Region: AWS delivers to no other of them. */
export const putTargets: Operation<Decoded<PutTargetsRequest>, PutTargetsResponse> = {
  validate: (input) => {
    checkBus(input);
    for (const target of input.Targets) checkTarget(target);
  },
  requires: ({ Rule }, call) => onRule(Rule, call),
  perform: (input, call) => {
    const { targets } = ruleOf(input.Rule, call);
    const outside = input.Targets.find(({ Arn = "" }) => parseArn(Arn)?.region !== call.region);
    if (outside) throw validationException(`Provided Arn is not in correct region. Reason: ${outside.Arn ?? ""}`);
    const all = new Set([...targets.keys(), ...input.Targets.map(({ Id = "" }) => Id)]);
    if (all.size > mostTargets) {
      throw new AwsFault("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }
    for (const target of input.Targets) targets.set(target.Id ?? "", stored(target));
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
};

function checkTarget(target: Target): void {
  refuseUnmodelled("events:PutTargets", target, ["Id", "Arn", "Input", "InputPath", "InputTransformer"]);
  const { Id = "", Arn = "", Input, InputPath, InputTransformer } = target;
  const service = parseArn(Arn)?.service;
  if (service === undefined)
    throw validationException(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  if (service !== "sns" && service !== "sqs") throw notImplemented(`A target of ${service}`);
  if ([Input, InputPath, InputTransformer].filter((one) => one !== undefined).length > 1) {
    throw validationException(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  if (Input !== undefined && !isJson(Input)) throw validationException(`JSON syntax error in input for target ${Id}`);
  if (InputPath !== undefined && !isJsonPath(InputPath)) throw invalidPath(Id);
  if (InputTransformer) checkTransformer(Id, InputTransformer);
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

function stored({ Id = "", Arn = "", Input, InputPath, InputTransformer }: Target): EventTarget {
  return {
    id: Id,
    arn: Arn,
    input: Input,
    inputPath: InputPath,
    transformer: InputTransformer && {
      paths: new Map(Object.entries(InputTransformer.InputPathsMap ?? {})),
      template: InputTransformer.InputTemplate ?? "",
    },
  };
}

export const listTargetsByRule: Operation<Decoded<ListTargetsByRuleRequest>, ListTargetsByRuleResponse> = {
  validate: checkBus,
  requires: ({ Rule }, call) => onRule(Rule, call),
  perform: (input, call) => {
    const targets = [...ruleOf(input.Rule, call).targets.values()];
    const { items, more } = nextTokenPage(targets, input, call, input.Limit ?? largestPage, () =>
      validationException("Parameter NextToken is not valid."),
    );
    return { Targets: items.map(shown), ...more };
  },
};

function shown({ id, arn, input, inputPath, transformer }: EventTarget): Target {
  return {
    Id: id,
    Arn: arn,
    ...(input === undefined ? {} : { Input: input }),
    ...(inputPath === undefined ? {} : { InputPath: inputPath }),
    ...(transformer
      ? {
          InputTransformer: {
            InputPathsMap: Object.fromEntries(transformer.paths),
            InputTemplate: transformer.template,
          },
        }
      : {}),
  };
}

export const removeTargets: Operation<Decoded<RemoveTargetsRequest>, RemoveTargetsResponse> = {
  validate: checkBus,
  requires: ({ Rule }, call) => onRule(Rule, call),
  perform: ({ Rule, Ids }, call) => {
    const { targets } = ruleOf(Rule, call);
    const missing = Ids.filter((id) => !targets.delete(id));
    const failed = missing.map((TargetId) => ({
      TargetId,
      ErrorCode: "ResourceNotFoundException",
      ErrorMessage: `Rule ${Rule} does not have a target with the Id ${TargetId}.`,
    }));
    return { FailedEntryCount: failed.length, FailedEntries: failed };
  },
};
