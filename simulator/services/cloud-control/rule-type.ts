import { z } from "zod";
import { parseArn } from "#iam";
import { parsedJson } from "../../json-text.ts";
import { readOnlyType, tagsOf } from "./read-only-type.ts";
import { HandlerFailure } from "./resource-type.ts";

/** A rule of EventBridge with its targets, to be read only. */
export const ruleType = readOnlyType({
  name: "AWS::Events::Rule",
  identifier: "Arn",
  readOnly: ["Arn"],
  service: {
    name: "events",
    label: "EventBridge",
    codes: { ResourceNotFoundException: "NotFound", AccessDeniedException: "AccessDenied" },
  },
  read: async (Arn, ask) => {
    const { service, resource } = parseArn(Arn) ?? {};
    const name = service === "events" ? resource?.replace(/^rule\//, "") : undefined;
    if (name === undefined) throw new HandlerFailure("InvalidRequest", `${Arn} is not the ARN of a rule`);
    const rule = await ask("DescribeRule", { Name: name }, ruleAnswer);
    const { Targets } = await ask("ListTargetsByRule", { Rule: name }, targetsAnswer);
    const { Tags } = await ask("ListTagsForResource", { ResourceARN: rule.Arn }, tagsAnswer);
    return {
      Arn: rule.Arn,
      Name: rule.Name,
      EventBusName: rule.EventBusName,
      ...(rule.Description === undefined ? {} : { Description: rule.Description }),
      EventPattern: parsedJson(rule.EventPattern),
      State: rule.State,
      ...(Targets.length === 0 ? {} : { Targets }),
      ...tagsOf(Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))),
    };
  },
});

const ruleAnswer = z.object({
  Name: z.string(),
  Arn: z.string(),
  EventBusName: z.string(),
  Description: z.string().optional(),
  EventPattern: z.string(),
  State: z.string(),
});
const targetsAnswer = z.object({ Targets: z.array(z.record(z.string(), z.unknown())) });
const tagsAnswer = z.object({ Tags: z.array(z.object({ Key: z.string(), Value: z.string() })) });
