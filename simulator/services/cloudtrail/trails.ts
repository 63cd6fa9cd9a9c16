import type {
  DeleteTrailRequest,
  DescribeTrailsRequest,
  DescribeTrailsResponse,
  GetTrailRequest,
  GetTrailResponse,
  ListTrailsRequest,
  ListTrailsResponse,
  Trail as TrailAnswer,
} from "@aws-sdk/client-cloudtrail";
import { everyManagementEvent, type Trail } from "../../state/trails.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Decoded, Operation } from "../service.ts";
import { onTrail, ownTrail, visibleTrail, visibleTrails } from "./trail-names.ts";

export const deleteTrail: Operation<Decoded<DeleteTrailRequest>, object> = {
  requires: onTrail,
  perform: ({ Name }, call) => {
    call.state.trails.delete(ownTrail(Name, call).arn);
    return {};
  },
};

export const getTrail: Operation<Decoded<GetTrailRequest>, GetTrailResponse> = {
  requires: onTrail,
  perform: ({ Name }, call) => ({ Trail: shown(visibleTrail(Name, call)) }),
};

/** Names of trails that do not exist are passed over. */
export const describeTrails: Operation<DescribeTrailsRequest, DescribeTrailsResponse> = {
  perform: ({ trailNameList: named = [], includeShadowTrails: shadows = true }, call) => ({
    trailList: visibleTrails(call)
      .filter(({ name, arn }) => named.length === 0 || named.includes(name) || named.includes(arn))
      .filter(
        ({ homeRegion, accountId }) => shadows || (homeRegion === call.region && accountId === call.caller.accountId),
      )
      .map(shown),
  }),
};

/** Of every Region. */
export const listTrails: Operation<ListTrailsRequest, ListTrailsResponse> = {
  validate: (input) => {
    // Everything fits on one page, so there is no token that could be given back.
    refuseUnmodelled("cloudtrail:ListTrails", input, []);
  },
  perform: (_input, { state, caller }) => ({
    Trails: [...state.trails.values()]
      .filter(({ accountId, isOrganizationTrail }) => accountId === caller.accountId || isOrganizationTrail)
      .map(({ arn, name, homeRegion }) => ({ TrailARN: arn, Name: name, HomeRegion: homeRegion })),
  }),
};

function shown(trail: Trail): TrailAnswer {
  return {
    Name: trail.name,
    S3BucketName: trail.bucketName,
    IncludeGlobalServiceEvents: trail.includesGlobalServiceEvents,
    IsMultiRegionTrail: trail.isMultiRegion,
    HomeRegion: trail.homeRegion,
    TrailARN: trail.arn,
    LogFileValidationEnabled: false,
    HasCustomEventSelectors: trail.selectors.some((selector) => selector !== everyManagementEvent),
    HasInsightSelectors: false,
    IsOrganizationTrail: trail.isOrganizationTrail,
  };
}
