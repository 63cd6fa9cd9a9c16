import type { TestEventPatternRequest, TestEventPatternResponse } from "@aws-sdk/client-eventbridge";
import { parsedJson } from "../../json-text.ts";
import { validationException } from "../json-refusals.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkedPattern } from "./faults.ts";

const required = ["id", "account", "source", "time", "region", "resources", "detail-type"];

export const testEventPattern: Operation<Decoded<TestEventPatternRequest>, TestEventPatternResponse> = {
  validate: ({ EventPattern, Event }) => {
    checkedPattern(EventPattern);
    const event = parsed(Event);
    const missing = required.find((member) => typeof event !== "object" || event === null || !(member in event));
    if (missing !== undefined)
      throw validationException(`Parameter Event is not valid. Reason: ${missing} is missing.`);
  },
  perform: ({ EventPattern, Event }) => ({ Result: checkedPattern(EventPattern)(parsed(Event)) }),
};

function parsed(text: string): unknown {
  const event = parsedJson(text);
  if (event === undefined) throw validationException("Parameter Event is not valid. Reason: it is not JSON.");
  return event;
}
