import type { InvokeOptions } from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  type AlertRule,
  type AlertScope,
  busArn,
  forwardingRoleSettings,
  ruleState,
  targetIds,
  topicArn,
} from "../alert-settings.ts";
import { leftAlone } from "./alerts-left-alone.ts";
import type { ExistingRule } from "../existing-alerts.ts";
import { findResource } from "../facts/found-resource.ts";
import { isOwn, type OwnResources } from "../facts/own-resources.ts";
import { refused, type Reviewed } from "../review.ts";

/** Looks for a rule of the name with its target, because EventBridge would overwrite both without a word. */
export async function adoptAlertRule(
  scope: AlertScope,
  wanted: AlertRule,
  own: OwnResources,
  options: InvokeOptions,
): Promise<Reviewed<ExistingRule | undefined>> {
  const { name, region } = wanted;
  const arn = `arn:aws:events:${region}:${scope.accountId}:rule/${name}`;
  const target = targetOf(scope, wanted);
  const isOwnRule = isOwn(own, "aws:cloudwatch/eventRule:EventRule", { arn });
  const isOwnTarget = isOwn(own, "aws:cloudwatch/eventTarget:EventTarget", { rule: name, targetId: target.Id, region });
  if (isOwnRule && isOwnTarget) return { accepted: undefined };
  const found = await findResource({ typeName: "AWS::Events::Rule", identifier: arn, region }, ruleSchema, options);
  if (found === undefined) return { accepted: undefined };
  const differences = [
    ...(isOwnRule ? [] : ruleDifferences(wanted, found)),
    ...(isOwnTarget ? [] : targetDifferences(target, found, isOwnRule)),
  ];
  if (differences.length > 0) {
    return refused(leftAlone({ ...scope, region }, `a rule ${name}`, differences, "delete it"));
  }
  return { accepted: { hasRule: !isOwnRule, hasTarget: !isOwnTarget && found.Targets.length > 0 } };
}

const ruleSchema = z.object({
  Description: z.string().default(""),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  RoleArn: z.string().optional(),
  State: z.string().default("ENABLED"),
  Targets: z.array(z.looseObject({ Id: z.string() })).default([]),
  Tags: z.array(z.object({ Key: z.string() })).default([]),
});
type FoundRule = z.output<typeof ruleSchema>;

/** A target as Cloud Control has it. */
interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly InputTransformer?: { readonly InputPathsMap: object; readonly InputTemplate: string };
}

function targetOf(scope: AlertScope, { message }: AlertRule): Target {
  if (message === undefined) {
    const { name } = forwardingRoleSettings(scope);
    return { Id: targetIds.bus, Arn: busArn(scope), RoleArn: `arn:aws:iam::${scope.accountId}:role/${name}` };
  }
  const { inputPaths, inputTemplate } = message;
  return {
    Id: targetIds.topic,
    Arn: topicArn(scope),
    InputTransformer: { InputPathsMap: inputPaths, InputTemplate: inputTemplate },
  };
}

function ruleDifferences({ description, pattern }: AlertRule, found: FoundRule): readonly string[] {
  const comparisons: readonly (readonly [boolean, string])[] = [
    [found.Description === description, `another description (${found.Description})`],
    [isDeepStrictEqual(found.EventPattern, pattern), "another pattern"],
    [found.ScheduleExpression === undefined, "a schedule"],
    [found.RoleArn === undefined, `a role (${found.RoleArn})`],
    [found.State === ruleState, `another state (${found.State})`],
    [found.Tags.length === 0, `tags (${found.Tags.map(({ Key }) => Key).join(", ")})`],
  ];
  return comparisons.flatMap(([same, words]) => (same ? [] : [words]));
}

/** What somebody has put beside the target into a rule of the stack's own is left alone, too, but takes no name. */
function targetDifferences(wanted: Target, { Targets }: FoundRule, isOwnRule: boolean): readonly string[] {
  const others = Targets.filter((target) => !isDeepStrictEqual(target, wanted));
  const inTheWay = isOwnRule ? others.filter(({ Id }) => Id === wanted.Id) : others;
  return inTheWay.length === 0 ? [] : [`another target (${inTheWay.map(({ Id }) => Id).join(", ")})`];
}
