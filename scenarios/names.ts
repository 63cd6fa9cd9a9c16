import { randomBytes } from "node:crypto";

/** What every bucket and queue of every drill is called first, so that a clean-up finds them without reading their tags. */
export const drillPrefix = "break-glass-drill-";

/** @example newDrillName() // "break-glass-drill-5f0c91ab" */
export function newDrillName(): string {
  return `${drillPrefix}${randomBytes(4).toString("hex")}`;
}

export function bucketNameOf(drillName: string): string {
  return `${drillName}-bucket`;
}

export function queueNameOf(drillName: string): string {
  return `${drillName}-queue`;
}

/**
 * The drill that a bucket or queue belongs to, by its name alone.
 *
 * @returns `undefined` for a name that no drill would give, however it begins
 */
export function drillOf(kind: "bucket" | "queue", name: string): string | undefined {
  return new RegExp(`^(${drillPrefix}[0-9a-f]{8})-${kind}$`).exec(name)?.[1];
}
