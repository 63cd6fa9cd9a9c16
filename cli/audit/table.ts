import {
  type AccountAudit,
  addToTotals,
  type AuditTotals,
  isPasswordWithoutMfa,
  noTotals,
  type RootAccessKey,
} from "#root-access";
import { fitted, inColumns } from "../columns.ts";
import { counted } from "../counted.ts";

/**
 * An audit for people: findings first, the worst of them first of all, then what could not be read, the rest, and the
 * totals. One line an account, by their ids.
 *
 * @param columns of the terminal; `undefined` where nothing has to fit
 */
export function auditTable(results: readonly AccountAudit[], now: Date, columns: number | undefined): string {
  const nameColumns = columns === undefined ? Infinity : Math.max(columns - columnsBesideName, shortestName);
  const ordered = results.toSorted((one, other) => rank(one) - rank(other) || byAccount(one, other));
  const rows = ordered.map((result) => [
    result.account,
    fitted(result.name ?? "-", nameColumns),
    ...cellsOf(result, now),
  ]);
  const lines = rows.length > 0 ? inColumns([header, ...rows], columns) : [];
  return [...lines, totalsSentence(results.reduce(addToTotals, noTotals))].join("\n");
}

/** @example "1 with findings, 2 not read, 1 skipped, 10 clean: 14 accounts. 1 password without MFA." */
export function totalsSentence(totals: AuditTotals): string {
  const { findings, skipped, clean, passwordsWithoutMfa } = totals;
  const unread = totals["not read"];
  const all = findings + unread + skipped + clean;
  const counts = `${findings} with findings, ${unread} not read, ${skipped} skipped, ${clean} clean`;
  const worst = passwordsWithoutMfa === 0 ? "" : ` Passwords without MFA: ${passwordsWithoutMfa}.`;
  return `${counted(all, "account")}: ${counts}.${worst}`;
}

const header = ["ACCOUNT", "NAME", "PASSWORD", "MFA", "KEYS", "OLDEST", "LAST USED", "CERTIFICATES"];
/** The widest that the other columns get, with the gaps between them. */
const columnsBesideName = 12 + 2 + 2 + 8 + 2 + 3 + 2 + 4 + 2 + 6 + 2 + 9 + 2 + 12;
const shortestName = 12;

/** They are read side by side, and come as they are done. */
export function byAccount(one: { readonly account: string }, other: { readonly account: string }): number {
  return one.account.localeCompare(other.account);
}

function rank(result: AccountAudit): number {
  if (isPasswordWithoutMfa(result)) return 0;
  return { findings: 1, "not read": 2, skipped: 3, clean: 4 }[result.outcome];
}

function cellsOf(result: AccountAudit, now: Date): readonly string[] {
  switch (result.outcome) {
    case "clean":
      return ["clean"];
    case "skipped":
    case "not read":
      return [`${result.outcome}: ${fitted(result.why, Infinity)}`];
    case "findings": {
      const { password, mfaDevices, accessKeys, signingCertificates } = result.credentials;
      return [
        password ? "yes" : "-",
        mfaDevices.length > 0 ? String(mfaDevices.length) : password ? "NO" : "-",
        count(accessKeys),
        days(accessKeys.map(({ created }) => created).toSorted()[0], now) ?? "-",
        lastUse(accessKeys, now),
        count(signingCertificates),
      ];
    }
  }
}

function count(items: readonly unknown[]): string {
  return items.length > 0 ? String(items.length) : "-";
}

function lastUse(keys: readonly RootAccessKey[], now: Date): string {
  if (keys.length === 0) return "-";
  const uses = keys.flatMap(({ lastUsed }) => lastUsed?.at ?? []).toSorted();
  return days(uses.at(-1), now) ?? "never";
}

function days(time: string | undefined, now: Date): string | undefined {
  if (time === undefined) return undefined;
  return `${Math.max(0, Math.floor((now.getTime() - Date.parse(time)) / 86_400_000))} d`;
}
