import type { AccountDeletion } from "#root-access";
import { fitted, inColumns } from "../columns.ts";
import { counted } from "../counted.ts";

type Outcome = AccountDeletion["outcome"];

const outcomes: readonly Outcome[] = ["failed", "deleted", "would be deleted", "skipped", "nothing to delete"];

/**
 * What has become of each account, for people: failures first, totals last, one line an account.
 *
 * @param columns of the terminal; `undefined` where nothing has to fit
 */
export function deletionTable(results: readonly AccountDeletion[], columns: number | undefined): string {
  const nameColumns = columns === undefined ? Infinity : Math.max(Math.floor(columns / 4), 12);
  const rows = results
    .toSorted((one, other) => outcomes.indexOf(one.outcome) - outcomes.indexOf(other.outcome))
    .map((result) => [result.account, fitted(result.name ?? "-", nameColumns), fitted(told(result), Infinity)]);
  const lines = rows.length > 0 ? inColumns([["ACCOUNT", "NAME", "RESULT"], ...rows], columns) : [];
  return [...lines, totalsSentence(results)].join("\n");
}

export function deletionTotals(results: readonly AccountDeletion[]): Readonly<Record<Outcome, number>> {
  const totals = { failed: 0, deleted: 0, "would be deleted": 0, skipped: 0, "nothing to delete": 0 };
  for (const { outcome } of results) totals[outcome] += 1;
  return totals;
}

/** @example "3 accounts: 1 failed, 2 nothing to delete." */
export function totalsSentence(results: readonly AccountDeletion[]): string {
  const totals = deletionTotals(results);
  const counts = outcomes.filter((outcome) => totals[outcome] > 0).map((outcome) => `${totals[outcome]} ${outcome}`);
  const accounts = counted(results.length, "account");
  return counts.length > 0 ? `${accounts}: ${counts.join(", ")}.` : `${accounts}.`;
}

function told(result: AccountDeletion): string {
  switch (result.outcome) {
    case "deleted":
      return `deleted: ${result.deleted.join(", ")}`;
    case "would be deleted":
      return `would be deleted: ${namesOf(result.credentials).join(", ")}`;
    case "skipped":
      return `skipped: ${result.why}`;
    case "nothing to delete":
      return "nothing to delete";
    case "failed": {
      const { why, deleted, left = [] } = result;
      const gone = deleted.length > 0 ? ` Gone: ${deleted.join(", ")}.` : "";
      const there = left.length > 0 ? ` Left: ${left.join(", ")}.` : "";
      return `failed: ${why}${gone}${there}`;
    }
  }
}

type Credentials = Extract<AccountDeletion, { readonly outcome: "would be deleted" }>["credentials"];

function namesOf({ accessKeys, signingCertificates, password, mfaDevices }: Credentials): readonly string[] {
  return [
    ...accessKeys.map(({ idEndsWith }) => `access key …${idEndsWith}`),
    ...signingCertificates.map(({ id }) => `signing certificate ${id}`),
    ...(password ? ["password"] : []),
    ...mfaDevices.map(({ serialNumber }) => `MFA device ${serialNumber.split("mfa/").at(-1) ?? serialNumber}`),
  ];
}
