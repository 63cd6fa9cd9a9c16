import { createHash } from "node:crypto";

/** The objects of a drill's bucket: key and text. */
export const fixtureObjects: Readonly<Record<string, string>> = {
  "orders/2026-01.csv": "order,amount,currency\n1001,48000,KRW\n1002,12500,KRW\n",
  "orders/2026-02.csv": "order,amount,currency\n1003,3200,JPY\n1004,99000,KRW\n",
  "README.txt": "Drill data. It has to be here, unchanged, when the bucket is unlocked again.\n",
};

/** The messages of a drill's queue. Their bodies differ, so each can be told from the others. */
export const fixtureMessages: readonly string[] = [
  JSON.stringify({ order: 1001, event: "placed" }),
  JSON.stringify({ order: 1001, event: "paid" }),
  JSON.stringify({ order: 1002, event: "placed" }),
];

/** SHA-256 in lower-case hexadecimal: what a stack output says about content. */
export function digestOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
