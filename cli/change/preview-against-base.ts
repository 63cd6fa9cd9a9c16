import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { checkOut, describeHead, resolveCommit } from "./git.ts";
import type { ChangePreview } from "./change-text.ts";
import { checkout, runEngine } from "./run-engine.ts";

const stack = "dev";
/** The project in which every policy and rule of the kit is made. */
const everyComponent = "every-component";
const settings = "Pulumi.dev.yaml";

/**
 * Deploys a commit's organization stack, with every component in it, into a sandbox organization and previews the working
 * tree's against it, both by the real engine. Where the repository's own settings differ, the stack is previewed by those as
 * well, in a sandbox organization of its own. Touches no AWS account and nothing of the working tree.
 *
 * Both run with the packages that are installed here: what a change of package-lock.json changes is not in the preview.
 *
 * @param base a commit, branch or tag
 * @throws CommandError 2 when there is no such commit
 */
export async function previewAgainstBase(
  base: string,
  note: (line: string) => void,
): Promise<readonly ChangePreview[]> {
  const commit = await resolveCommit(base);
  const { folder, remove } = await checkOut(commit);
  try {
    await completeBase(folder);
    const name = `\`${base}\` (${commit.slice(0, 7)})`;
    const previews = [previewProject(everyComponent, folder, `${name} is deployed with every component`, note)];
    if (await differs(folder)) previews.push(previewProject(".", folder, `${name} is deployed by ${settings}`, note));
    return await Promise.all(previews);
  } finally {
    await remove();
  }
}

/** A commit from before there was such a project gets the working tree's. */
async function completeBase(baseFolder: string): Promise<void> {
  await cp(join(checkout, everyComponent), join(baseFolder, everyComponent), { recursive: true, force: false });
}

async function differs(baseFolder: string): Promise<boolean> {
  const [before, now] = await Promise.all([baseFolder, checkout].map((folder) => readFile(join(folder, settings))));
  return before === undefined || now === undefined || !before.equals(now);
}

async function previewProject(
  project: string,
  baseFolder: string,
  deployed: string,
  note: (line: string) => void,
): Promise<ChangePreview> {
  const options = { port: 0, configured: false, accounts: 0, latencyMilliseconds: 0, propagationMilliseconds: 0 };
  const sandbox = await openSandbox(options, (line) => {
    note(`sandbox: ${line}`);
  });
  const against = `a sandbox organization in which ${deployed}; no AWS account is involved`;
  try {
    const what = await describeHead();
    note(`${deployed} in a sandbox organization …`);
    const up = ["up", "--yes", "--skip-preview", "--stack", stack];
    const base = await runEngine(up, join(baseFolder, project), sandbox.environment);
    if (base.status !== 0) return { what, against, outcome: "no base", engineOutput: base.output };
    note(`previewing the working tree where ${deployed} …`);
    const words = ["preview", "--diff", "--stack", stack];
    const { status, output } = await runEngine(words, join(checkout, project), sandbox.environment);
    return { what, against, outcome: status === 0 ? "previewed" : "refused", engineOutput: output };
  } finally {
    await sandbox.close();
  }
}
