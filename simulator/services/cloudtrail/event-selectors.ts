import type {
  EventSelector,
  GetEventSelectorsRequest,
  GetEventSelectorsResponse,
  PutEventSelectorsRequest,
  PutEventSelectorsResponse,
} from "@aws-sdk/client-cloudtrail";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { ManagementSelector } from "../../state/trails.ts";
import type { Decoded, Operation } from "../service.ts";
import { onNamedTrail, ownTrail, visibleTrail } from "./trail-names.ts";

const excludable = ["kms.amazonaws.com", "rdsdata.amazonaws.com"];
const mostSelectors = 5;

export const getEventSelectors: Operation<Decoded<GetEventSelectorsRequest>, GetEventSelectorsResponse> = {
  requires: onNamedTrail,
  perform: ({ TrailName }, call) => {
    const { arn, selectors } = visibleTrail(TrailName, call);
    return { TrailARN: arn, EventSelectors: selectors.map(shown) };
  },
};

/** Management events only: data events and advanced selectors are not modelled. */
export const putEventSelectors: Operation<Decoded<PutEventSelectorsRequest>, PutEventSelectorsResponse> = {
  validate: ({ EventSelectors = [], AdvancedEventSelectors }) => {
    if (AdvancedEventSelectors) throw notImplemented("An advanced event selector of cloudtrail");
    if (EventSelectors.length === 0 || EventSelectors.length > mostSelectors) {
      throw invalidSelectors(`Specify between 1 and ${mostSelectors} event selectors.`);
    }
    for (const selector of EventSelectors) checkSelector(selector);
  },
  requires: onNamedTrail,
  perform: ({ TrailName, EventSelectors = [] }, call) => {
    const trail = ownTrail(TrailName, call);
    trail.selectors = EventSelectors.map(stored);
    return { TrailARN: trail.arn, EventSelectors: trail.selectors.map(shown) };
  },
};

function checkSelector({ ReadWriteType = "All", DataResources = [], ...selector }: EventSelector): void {
  if (DataResources.length > 0) throw notImplemented("A data resource of a trail");
  if (!["All", "ReadOnly", "WriteOnly"].includes(ReadWriteType)) {
    throw invalidSelectors(`${ReadWriteType} is not a read/write type.`);
  }
  const wrong = selector.ExcludeManagementEventSources?.find((source) => !excludable.includes(source));
  if (wrong !== undefined) throw invalidSelectors(`${wrong} cannot be excluded.`);
}

function invalidSelectors(message: string): AwsFault {
  return new AwsFault("InvalidEventSelectorsException", message);
}

function stored(selector: EventSelector): ManagementSelector {
  return {
    readWriteType: selector.ReadWriteType ?? "All",
    includesManagementEvents: selector.IncludeManagementEvents ?? true,
    excludedSources: selector.ExcludeManagementEventSources ?? [],
  };
}

function shown({ readWriteType, includesManagementEvents, excludedSources }: ManagementSelector): EventSelector {
  return {
    ReadWriteType: readWriteType,
    IncludeManagementEvents: includesManagementEvents,
    DataResources: [],
    ExcludeManagementEventSources: [...excludedSources],
  };
}
