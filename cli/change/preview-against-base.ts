import { openSandbox } from "../sandbox/open-sandbox.ts";
import { CommandError, exitCode } from "../exit-code.ts";
import { checkOut, describeHead, resolveCommit } from "./git.ts";
import type { ChangePreview } from "./change-text.ts";
import { checkout, runEngine } from "./run-engine.ts";

const stack = "dev";

/**
 * Deploys a commit's organization stack into a sandbox organization and previews the working tree's against it, both by the
 * real engine. Touches no AWS account and nothing of the working tree.
 *
 * Both run with the packages that are installed here: what a change of package-lock.json changes is not in the preview.
 *
 * @param base a commit, branch or tag
 * @throws CommandError 2 when there is no such commit, 1 when the commit itself cannot be deployed
 */
export async function previewAgainstBase(base: string, note: (line: string) => void): Promise<ChangePreview> {
  const commit = await resolveCommit(base);
  const options = { port: 0, configured: false, accounts: 0, latencyMilliseconds: 0, propagationMilliseconds: 0 };
  const sandbox = await openSandbox(options, (line) => {
    note(`sandbox: ${line}`);
  });
  const baseCheckout = await checkOut(commit);
  try {
    note(`deploying ${base} (${commit.slice(0, 7)}) into a sandbox organization …`);
    const up = ["up", "--yes", "--skip-preview", "--stack", stack];
    const deployed = await runEngine(up, baseCheckout.folder, sandbox.environment);
    if (deployed.status !== 0) {
      throw new CommandError(
        exitCode.checkDidNotHold,
        `${base} itself cannot be deployed, so there is nothing to compare with.\n${deployed.output}`,
      );
    }
    note("previewing the working tree against it …");
    const preview = await runEngine(["preview", "--diff", "--stack", stack], checkout, sandbox.environment);
    return {
      what: await describeHead(),
      against: `a sandbox organization in which \`${base}\` (${commit.slice(0, 7)}) is deployed; no AWS account is involved`,
      succeeded: preview.status === 0,
      engineOutput: preview.output,
    };
  } finally {
    await Promise.all([sandbox.close(), baseCheckout.remove()]);
  }
}
