import type {
  GetTrailStatusRequest,
  GetTrailStatusResponse,
  StartLoggingRequest,
  StopLoggingRequest,
} from "@aws-sdk/client-cloudtrail";
import type { Decoded, Operation } from "../service.ts";
import { onTrail, ownTrail, visibleTrail } from "./trail-names.ts";

export const startLogging: Operation<Decoded<StartLoggingRequest>, object> = {
  requires: onTrail,
  perform: ({ Name }, call) => {
    ownTrail(Name, call).logging = { since: call.clock.now() };
    return {};
  },
};

export const stopLogging: Operation<Decoded<StopLoggingRequest>, object> = {
  requires: onTrail,
  perform: ({ Name }, call) => {
    ownTrail(Name, call).logging = { stopped: call.clock.now() };
    return {};
  },
};

export const getTrailStatus: Operation<Decoded<GetTrailStatusRequest>, GetTrailStatusResponse> = {
  requires: onTrail,
  perform: ({ Name }, call) => {
    const { logging } = visibleTrail(Name, call);
    if ("since" in logging) return { IsLogging: true, StartLoggingTime: logging.since };
    return { IsLogging: false, ...(logging.stopped ? { StopLoggingTime: logging.stopped } : {}) };
  },
};
