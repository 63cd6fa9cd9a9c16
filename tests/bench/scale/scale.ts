import { number, spreadText, table } from "../table.ts";
import { bytesAnAccount } from "./bytes-an-account.ts";
import { startTimes } from "./start-times.ts";

const many = 10_000;

/** What a large organization costs over the empty one: time to start, and memory. */
export function scale(print: (text: string) => void): void {
  const times = startTimes([0, many]);
  const rows = [...times].map(([accounts, spread]) => [number(accounts), spreadText(spread)]);
  const [empty, large] = [...times.values()].map(({ median }) => median);
  print(
    `Start to end of a sandbox with N more accounts, in ms, median (least – most) of 5, by turns; ` +
      `${number(many)} accounts take ${number((large ?? 0) - (empty ?? 0))} ms more:\n${table(["accounts", "ms"], rows)}`,
  );
  const { accounts, atRest, lookedInto } = bytesAnAccount();
  print(
    `Memory of an account, of ${number(accounts)}: ${number(atRest)} bytes, ${number(lookedInto)} once its IAM has been looked into.`,
  );
}
