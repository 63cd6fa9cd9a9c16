import { type AccountAudit, addToTotals, noTotals } from "#root-access";
import { counted } from "../counted.ts";
import type { Terminal } from "../terminal.ts";

/** One line on a terminal's stderr that says how far an audit is, five times a second at most. */
export interface AuditProgress {
  readonly listed: (count: number, isAll: boolean) => void;
  readonly read: (result: AccountAudit) => void;
}

export function showProgress(terminal: Terminal): AuditProgress {
  const started = performance.now();
  let totals = noTotals;
  let read = 0;
  let listed = { count: 0, isAll: false };
  let shown = -Infinity;
  const show = (): void => {
    const now = performance.now();
    if (now - shown < 200) return;
    shown = now;
    const { findings } = totals;
    terminal.status(progressLine({ read, findings, notRead: totals["not read"], listed, elapsed: now - started }));
  };
  return {
    listed: (count, isAll) => {
      listed = { count, isAll };
      show();
    },
    read: (result) => {
      totals = addToTotals(totals, result);
      read += 1;
      show();
    },
  };
}

export interface AuditProgressState {
  readonly read: number;
  readonly findings: number;
  readonly notRead: number;
  readonly listed: { readonly count: number; readonly isAll: boolean };
  /** Milliseconds. */
  readonly elapsed: number;
}

/** @example "120 of 1000 accounts, 2 with findings, 1 not read, about 22 s left" */
export function progressLine({ read, findings, notRead, listed, elapsed }: AuditProgressState): string {
  const of = `${read} of ${listed.isAll ? "" : "at least "}${counted(listed.count, "account")}`;
  const left = listed.isAll && read > 0 ? `, about ${duration((elapsed / read) * (listed.count - read))} left` : "";
  return `${of}, ${findings} with findings, ${notRead} not read${left}`;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
