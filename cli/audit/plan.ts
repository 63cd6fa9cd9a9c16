import { type MemberAccount, stateInWords } from "#root-access";
import { fitted, inColumns } from "../columns.ts";
import { row } from "./csv.ts";
import { byAccount } from "./table.ts";

/** What an audit would do with an account. */
export interface PlannedAudit {
  readonly account: string;
  readonly name?: string | undefined;
  readonly plan: string;
}

export function planned({ id, name, state }: MemberAccount): PlannedAudit {
  const isRead = state === undefined || state === "ACTIVE";
  return { account: id, name, plan: isRead ? willBeRead : `would be skipped: ${stateInWords(state)}` };
}

const willBeRead = "would be read";

/** Ordered as the audit's own table: what is skipped before what may turn out clean. */
export function planTable(plans: readonly PlannedAudit[]): string {
  const rows = plans
    .toSorted((one, other) => rank(one) - rank(other) || byAccount(one, other))
    .map(({ account, name = "-", plan }) => [account, fitted(name, Infinity), plan]);
  return inColumns([["ACCOUNT", "NAME", "PLAN"], ...rows]).join("\n");
}

export const planCsvHeader = row(["account", "name", "plan"]);

export function planCsvRow({ account, name = "", plan }: PlannedAudit): string {
  return row([account, name, plan]);
}

function rank({ plan }: PlannedAudit): number {
  return plan === willBeRead ? 1 : 0;
}
