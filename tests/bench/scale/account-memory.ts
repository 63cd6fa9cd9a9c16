/**
 * Prints what a member account takes of the heap, in bytes, as JSON: as the organization starts, and once the IAM of
 * every account has been looked into. Needs `node --expose-gc`.
 */
import { createSandbox } from "../../../simulator/state/sandbox.ts";
import { iamOf } from "../../../simulator/state/state.ts";

const accounts = 10_000;

createSandbox(0); // What is made once, however many accounts there are.
const before = heapBytes();
const { state } = createSandbox(accounts);
const atRest = heapBytes() - before;
for (const id of state.organization.accounts.keys()) iamOf(state, id);
const lookedInto = heapBytes() - before;
// The size is read last, so that nothing of the organization is given up before it is measured.
const more = state.organization.accounts.size - createSandbox(0).state.organization.accounts.size;
process.stdout.write(JSON.stringify({ accounts: more, atRest: atRest / more, lookedInto: lookedInto / more }));

function heapBytes(): number {
  if (!globalThis.gc) throw new Error("Start this with node --expose-gc.");
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
