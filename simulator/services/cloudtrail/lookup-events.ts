import type { Event, LookupEventsRequest, LookupEventsResponse } from "@aws-sdk/client-cloudtrail";
import type { TrailEvent } from "../../state/trail.ts";
import { checkConstraints } from "../json-refusals.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { invalidLookupAttributes, invalidMaxResults, invalidTimeRange } from "./faults.ts";
import { attributeFilter } from "./lookup-attribute.ts";
import { lookupPage } from "./lookup-page.ts";

type Input = Decoded<LookupEventsRequest>;

const largestPage = 50;
const historyMilliseconds = 90 * 24 * 60 * 60 * 1000;

/**
 * The management events of the caller's account in the Region asked, newest first, 90 days back. AWS shows an event
 * minutes after it happened; here it is there at once (docs/aws-behaviour.md, section 9).
 */
export const lookupEvents: Operation<Input, LookupEventsResponse> = {
  validate: (input) => {
    const { LookupAttributes = [], MaxResults = largestPage, StartTime, EndTime } = input;
    checkConstraints(input, { EventCategory: { oneOf: ["insight"] } });
    if (MaxResults < 1 || MaxResults > largestPage) throw invalidMaxResults(MaxResults, largestPage);
    if (LookupAttributes.length > 1) throw invalidLookupAttributes("You can specify only one lookup attribute.");
    attributeFilter(LookupAttributes[0]);
    if (StartTime && EndTime && StartTime > EndTime) throw invalidTimeRange();
  },

  perform: (input, call) => {
    const matches = eventFilter(input, call);
    const { events, more } = lookupPage(matches, input, call, largestPage);
    return { Events: events.map(answerOf), ...more };
  },
};

/** Insights are a feature that is not turned on: there are none. */
function eventFilter(input: Input, { caller, region, clock }: Call): (event: TrailEvent) => boolean {
  if (input.EventCategory === "insight") return () => false;
  const oldest = new Date(clock.now().getTime() - historyMilliseconds);
  const start = input.StartTime && input.StartTime > oldest ? input.StartTime : oldest;
  const hasAttribute = attributeFilter(input.LookupAttributes?.[0]);
  return (event) =>
    event.accountId === caller.accountId &&
    event.region === region &&
    event.time >= start &&
    (input.EndTime === undefined || event.time <= input.EndTime) &&
    hasAttribute(event);
}

function answerOf(event: TrailEvent): Event {
  return {
    EventId: event.eventId,
    EventName: event.eventName,
    ReadOnly: String(event.readOnly),
    AccessKeyId: event.accessKeyId,
    EventTime: event.time,
    EventSource: event.eventSource,
    Username: event.userName,
    Resources: [],
    CloudTrailEvent: event.record,
  };
}
