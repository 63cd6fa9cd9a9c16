import { readPolicyBackup, restore, targetOf } from "#root-access";
import { interruptible } from "./interruption.ts";
import { type PolicyChangeFlags, policyChangeRequest } from "./policy-change.ts";
import { withExitCodes } from "./root-access-outcome.ts";
import { tell } from "./sentences.ts";
import type { Terminal } from "./terminal.ts";
import { replacementSentence } from "./unlock.ts";

/** `break-glass restore BACKUP`: puts a policy back as it was backed up. */
export async function runRestore(terminal: Terminal, path: string, flags: PolicyChangeFlags): Promise<void> {
  await withExitCodes(async () => {
    const kept = await readPolicyBackup(path);
    const backup = flags.region === undefined ? kept : { ...kept, region: flags.region };
    const request = await policyChangeRequest(terminal, targetOf(backup), flags);
    const result = await interruptible((signal) => restore({ ...request, backup, signal }));
    if (flags.output === "json") terminal.result(JSON.stringify(result, undefined, 2));
    else tell(terminal, replacementSentence(result));
  });
}
