import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";

/** What a member account takes of the heap, in bytes. */
export type BytesAnAccount = z.infer<typeof schema>;

const schema = z.strictObject({
  /** How many accounts were measured. */
  accounts: z.int(),
  /** Nobody has asked anything of it. */
  atRest: z.number(),
  /** Its IAM has been looked into, as an audit does. */
  lookedInto: z.number(),
});

/** Measures in a process of its own, whose garbage is collected before each look. */
export function bytesAnAccount(): BytesAnAccount {
  const program = join(import.meta.dirname, "account-memory.ts");
  return schema.parse(JSON.parse(execFileSync(process.execPath, ["--expose-gc", program], { encoding: "utf8" })));
}
