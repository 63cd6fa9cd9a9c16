import type { DescribeRegionsRequest, DescribeRegionsResult, Filter, Region } from "@aws-sdk/client-ec2";
import { isRegion, regionNames, regionStatus } from "../../state/regions.ts";
import type { Call, Operation } from "../service.ts";
import { dryRunOperation, invalidParameterValue } from "./faults.ts";

/**
 * The Regions that are enabled for the account; with `AllRegions`, or by name, the others too. Filters are those of the
 * EC2 API: `endpoint`, `opt-in-status`, `region-name`, with `*` and `?` as wildcards.
 */
export const describeRegions: Operation<DescribeRegionsRequest, DescribeRegionsResult> = {
  validate: ({ RegionNames = [], Filters = [] }) => {
    const unknown = RegionNames.find((name) => !isRegion(name));
    if (unknown !== undefined) throw invalidParameterValue(`Invalid region: [${unknown}]`);
    for (const { Name = "" } of Filters) {
      if (!readers.has(Name)) throw invalidParameterValue(`The filter '${Name}' is invalid`);
    }
  },
  perform: ({ RegionNames: named = [], AllRegions: all, DryRun: dryRun, Filters = [] }, call) => {
    if (dryRun) throw dryRunOperation();
    const wanted = named.length > 0 ? regionNames.filter((name) => named.includes(name)) : regionNames;
    const described = wanted.map((name) => describe(name, call));
    const shown = described.filter(
      ({ OptInStatus }) => all === true || named.length > 0 || OptInStatus !== "not-opted-in",
    );
    return { Regions: shown.filter((region) => Filters.every((filter) => passes(region, filter))) };
  },
};

function describe(name: string, { state, caller, clock }: Call): Region {
  const status = regionStatus(name, caller.accountId, state.regionOptIns, clock.now());
  const isOn = status === "ENABLED" || status === "DISABLING";
  return {
    RegionName: name,
    Endpoint: `ec2.${name}.amazonaws.com`,
    OptInStatus: status === "ENABLED_BY_DEFAULT" ? "opt-in-not-required" : isOn ? "opted-in" : "not-opted-in",
  };
}

const readers: ReadonlyMap<string, (region: Region) => string | undefined> = new Map([
  ["endpoint", ({ Endpoint }: Region) => Endpoint],
  ["opt-in-status", ({ OptInStatus }: Region) => OptInStatus],
  ["region-name", ({ RegionName }: Region) => RegionName],
]);

function passes(region: Region, { Name = "", Values = [] }: Filter): boolean {
  const value = readers.get(Name)?.(region) ?? "";
  return Values.some((pattern) => wildcards(pattern).test(value));
}

function wildcards(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s");
}
