import type { AccountId } from "#iam";

/** What an account has asked of Regions that are not enabled by default, by account and Region. */
export type RegionOptIns = Map<AccountId, Map<string, RegionOptIn>>;

export interface RegionOptIn {
  readonly enabled: boolean;
  /** In effect from then on. */
  readonly at: Date;
}

export type RegionStatus = "ENABLED_BY_DEFAULT" | "ENABLED" | "ENABLING" | "DISABLING" | "DISABLED";

/** Enabled in every account. */
const standardRegions = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/** Off until an account opts in. */
const optInRegions = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
];

const standard: ReadonlySet<string> = new Set(standardRegions);

/** The Regions of the `aws` partition, by name (docs/aws-behaviour.md, section 9). */
export const regionNames: readonly string[] = [...standardRegions, ...optInRegions].sort();

const known: ReadonlySet<string> = new Set(regionNames);

export function isRegion(name: string): boolean {
  return known.has(name);
}

export function isOptInRegion(name: string): boolean {
  return known.has(name) && !standard.has(name);
}

/** Whether an account's principals are known in a Region at this moment. A Region that is closing still knows them. */
export function isOpenRegion(name: string, accountId: AccountId, optIns: RegionOptIns, now: Date): boolean {
  return !["ENABLING", "DISABLED"].includes(regionStatus(name, accountId, optIns, now));
}

export function regionStatus(name: string, accountId: AccountId, optIns: RegionOptIns, now: Date): RegionStatus {
  if (standard.has(name)) return "ENABLED_BY_DEFAULT";
  const asked = optIns.get(accountId)?.get(name);
  if (!asked) return "DISABLED";
  if (asked.at > now) return asked.enabled ? "ENABLING" : "DISABLING";
  return asked.enabled ? "ENABLED" : "DISABLED";
}
