import type {
  DisableRegionRequest,
  EnableRegionRequest,
  GetRegionOptStatusRequest,
  GetRegionOptStatusResponse,
  ListRegionsRequest,
  ListRegionsResponse,
  Region,
} from "@aws-sdk/client-account";
import { AwsFault } from "../../aws-fault.ts";
import { isOptInRegion, isRegion, type RegionStatus, regionNames, regionStatus } from "../../state/regions.ts";
import { checkConstraints, validationException } from "../json-refusals.ts";
import { nextTokenPage } from "../next-token-page.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { addressedAccount, checkAccountId, onAccount } from "./addressed-account.ts";

const largestPage = 50;
const statuses: readonly RegionStatus[] = ["ENABLED", "ENABLING", "DISABLING", "DISABLED", "ENABLED_BY_DEFAULT"];

export const listRegions: Operation<ListRegionsRequest, ListRegionsResponse> = {
  validate: (input) => {
    checkAccountId(input);
    checkConstraints(input, {
      MaxResults: { least: 1, most: largestPage },
      RegionOptStatusContains: { oneOf: statuses },
    });
  },
  requires: onAccount,
  perform: (input, call) => {
    const { id } = addressedAccount(input, "ListRegions", call);
    const wanted = input.RegionOptStatusContains;
    const regions = regionNames
      .map((name): Region => ({ RegionName: name, RegionOptStatus: statusOf(name, id, call) }))
      .filter(({ RegionOptStatus: status }) => !wanted || (status !== undefined && wanted.includes(status)));
    const { items, more } = nextTokenPage(regions, input, call, largestPage, () =>
      validationException("The NextToken is not valid."),
    );
    return { Regions: items, ...more };
  },
};

export const getRegionOptStatus: Operation<Decoded<GetRegionOptStatusRequest>, GetRegionOptStatusResponse> = {
  validate: checkRegion,
  requires: onAccount,
  perform: (input, call) => {
    const { id } = addressedAccount(input, "GetRegionOptStatus", call);
    return { RegionName: input.RegionName, RegionOptStatus: statusOf(input.RegionName, id, call) };
  },
};

export const enableRegion: Operation<Decoded<EnableRegionRequest>, object> = {
  validate: checkRegion,
  requires: onAccount,
  perform: (input, call) => optIn(input, true, call),
};

export const disableRegion: Operation<Decoded<DisableRegionRequest>, object> = {
  validate: checkRegion,
  requires: onAccount,
  perform: (input, call) => optIn(input, false, call),
};

interface NamesRegion {
  readonly AccountId?: string | undefined;
  readonly RegionName: string;
}

function checkRegion(input: NamesRegion): void {
  checkAccountId(input);
  checkConstraints(input, { RegionName: { shortest: 1, longest: 50 } });
  if (!isRegion(input.RegionName)) {
    throw validationException(`${input.RegionName} is not a valid region.`);
  }
}

/** AWS takes minutes to enable a Region; here it is the propagation time. */
function optIn(input: NamesRegion, enabled: boolean, call: Call): object {
  const { clock, propagationMilliseconds, state } = call;
  const { id } = addressedAccount(input, enabled ? "EnableRegion" : "DisableRegion", call);
  const { RegionName: name } = input;
  if (!isOptInRegion(name)) throw validationException(`${name} is enabled by default and cannot be changed.`);
  const status = statusOf(name, id, call);
  if (status === (enabled ? "DISABLING" : "ENABLING")) {
    throw new AwsFault("ConflictException", `${name} is in ${status} status.`, { status: 409 });
  }
  const asked = state.regionOptIns.get(id) ?? new Map<string, { enabled: boolean; at: Date }>();
  state.regionOptIns.set(id, asked);
  asked.set(name, { enabled, at: new Date(clock.now().getTime() + propagationMilliseconds) });
  return {};
}

function statusOf(name: string, id: Parameters<typeof regionStatus>[1], { state, clock }: Call): RegionStatus {
  return regionStatus(name, id, state.regionOptIns, clock.now());
}
