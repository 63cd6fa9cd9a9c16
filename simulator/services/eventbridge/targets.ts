import type {
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from "@aws-sdk/client-eventbridge";
import { AwsFault } from "../../aws-fault.ts";
import type { EventTarget } from "../../state/eventbridge.ts";
import { validationException } from "../json-refusals.ts";
import { nextTokenPage } from "../next-token-page.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkBus, onRule, ruleOf } from "./rule-access.ts";
import { checkPlace, checkTarget, passedRole } from "./target-rules.ts";

const largestPage = 100;
const mostTargets = 5;

/** Topics and queues of the rule's Region, AWS delivers to no other of them; and the account's default bus of another. */
export const putTargets: Operation<Decoded<PutTargetsRequest>, PutTargetsResponse> = {
  validate: (input, call) => {
    checkBus(input, call);
    for (const target of input.Targets) checkTarget(target);
  },
  requires: (input, call) => [...onRule(input.Rule, input, call), ...input.Targets.flatMap(passedRole)],
  perform: (input, call) => {
    const { targets } = ruleOf(input.Rule, call);
    for (const target of input.Targets) checkPlace(target, call);
    const all = new Set([...targets.keys(), ...input.Targets.map(({ Id = "" }) => Id)]);
    if (all.size > mostTargets) {
      throw new AwsFault("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
    }
    for (const target of input.Targets) targets.set(target.Id ?? "", stored(target));
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
};

function stored({ Id = "", Arn = "", RoleArn, Input, InputPath, InputTransformer }: Target): EventTarget {
  return {
    id: Id,
    arn: Arn,
    roleArn: RoleArn,
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
  requires: (input, call) => onRule(input.Rule, input, call),
  perform: (input, call) => {
    const targets = [...ruleOf(input.Rule, call).targets.values()];
    const { items, more } = nextTokenPage(targets, input, call, input.Limit ?? largestPage, () =>
      validationException("Parameter NextToken is not valid."),
    );
    return { Targets: items.map(shown), ...more };
  },
};

function shown({ id, arn, roleArn, input, inputPath, transformer }: EventTarget): Target {
  return {
    Id: id,
    Arn: arn,
    ...(roleArn === undefined ? {} : { RoleArn: roleArn }),
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
  requires: (input, call) => onRule(input.Rule, input, call),
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
