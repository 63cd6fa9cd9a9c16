import { randomUUID } from "node:crypto";
import type { State } from "../state/state.ts";
import type { TrailEvent, TrailRecord } from "../state/trail.ts";
import { isRecorded } from "../state/trails.ts";

/**
 * Sends a CloudTrail event on its way to the default event bus of the account and Region in which it is recorded, where
 * a trail records management events. It arrives after the propagation time; where no rule waits for anything, it is not
 * sent at all.
 *
 * @param detail the event's record, which rules look into
 */
export function announce(
  event: TrailEvent,
  detail: TrailRecord,
  isGlobal: boolean,
  propagationMilliseconds: number,
  state: State,
): void {
  const { accountId, region, eventSource, readOnly, time } = event;
  const hasRules = [...state.eventRules.values()].some(
    (rule) => rule.accountId === accountId && rule.region === region,
  );
  if (!hasRules) return;
  if (!isRecorded({ accountId, region, eventSource, readOnly, isGlobal }, state.trails.values())) return;
  const pending = {
    due: new Date(time.getTime() + propagationMilliseconds),
    accountId,
    region,
    readOnlyManagement: readOnly,
    forwarded: false,
    event: {
      version: "0" as const,
      id: randomUUID(),
      "detail-type": "AWS API Call via CloudTrail",
      source: `aws.${eventSource.split(".")[0] ?? ""}`,
      account: accountId,
      time: `${time.toISOString().slice(0, 19)}Z`,
      region,
      resources: [],
      detail,
    },
  };
  state.pendingEvents = [...state.pendingEvents, pending];
}
