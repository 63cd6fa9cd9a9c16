import { join } from "node:path";
import { z } from "zod";
import { sandboxAccounts } from "#simulator";
import { awsCliFolder } from "#toolchain";
import { spreadOf } from "../spread.ts";
import { spreadText, table } from "../table.ts";
import { breakGlass } from "./break-glass.ts";
import { bucket } from "./bucket.ts";
import { type CommandSandbox, startCommandSandbox, type TrailEntry } from "./start-sandbox.ts";
import { met } from "./start-up.ts";
import { timed } from "./timed.ts";

const rounds = 9;

/** What an unlock has to ask, and of whom, whatever time it takes: `alice` opens, `root` works. */
const checks: readonly (readonly [name: string, by: string, times: number])[] = [
  ["GetCallerIdentity", "alice", 1],
  ["ListOrganizationsFeatures", "alice", 1],
  ["ListRoots", "alice", 1],
  ["ListAccountsForParent", "alice", 1],
  ["ListPoliciesForTarget", "alice", 2],
  ["AssumeRoot", "alice", 1],
  ["GetCallerIdentity", "root", 1],
  ["GetBucketPolicy", "root", 2],
  ["DeleteBucketPolicy", "root", 1],
];

/** `unlock s3 --strategy delete --yes` as a whole process, beside the two AWS CLI commands of the guides, by turns. */
export async function unlockSpeed(print: (text: string) => void): Promise<void> {
  const folder = awsCliFolder();
  if (folder === undefined) {
    print("Without the AWS CLI (node toolchain/setup.mjs --with-aws-cli) there is nothing to compare an unlock with.");
    return;
  }
  const sandbox = await startCommandSandbox({ accounts: 0, latencyMilliseconds: 0 });
  try {
    const { ours, guides, checksMissing } = await measure(sandbox, join(folder, "aws"));
    const [mine, theirs] = [spreadOf(ours), spreadOf(guides)];
    const share = mine.median / theirs.median;
    const rows = [
      ["break-glass unlock s3 --strategy delete --yes", spreadText(mine)],
      ["aws sts assume-root, aws s3api delete-bucket-policy", spreadText(theirs)],
    ];
    print(
      `From a locked bucket to an unlocked one, in ms, median (least – most) of ${rounds}, by turns:\n` +
        `${table(["", "ms"], rows)}\n` +
        `That is ${Math.round(share * 100)} % of the guides' time. ${met(share <= 0.5)} (half). ` +
        `By the sandbox's CloudTrail, checks left out: ${checksMissing.length === 0 ? "none" : checksMissing.join(", ")}.`,
    );
  } finally {
    await sandbox.stop();
  }
}

async function measure(sandbox: CommandSandbox, aws: string) {
  const ours: number[] = [];
  const guides: number[] = [];
  const checksMissing: string[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await sandbox.lock();
    const mine = unlockByCommand(sandbox);
    checksMissing.push(...missing(await sandbox.trail()));
    await sandbox.lock();
    const theirs = unlockByGuides(sandbox, aws);
    if (round === 0) continue; // Compiles, and fills the disk's cache.
    ours.push(mine);
    guides.push(theirs);
  }
  return { ours, guides, checksMissing };
}

function unlockByCommand({ environment }: CommandSandbox): number {
  const words = ["unlock", "s3", bucket, "--account", sandboxAccounts.orders, "--region", "ap-northeast-2"];
  const how = ["--strategy", "delete", "--yes", "--profile", "break-glass"];
  return breakGlass([...words, ...how], environment).milliseconds;
}

const sessionSchema = z.object({
  Credentials: z.object({ AccessKeyId: z.string(), SecretAccessKey: z.string(), SessionToken: z.string() }),
});

/** The copying of three values by hand in between costs nothing here. */
function unlockByGuides({ environment }: CommandSandbox, aws: string): number {
  const endpoint = ["--endpoint-url", environment["AWS_ENDPOINT_URL"] ?? "", "--region", "ap-northeast-2"];
  const task = "arn=arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";
  const who = ["--target-principal", sandboxAccounts.orders, "--task-policy-arn", task, "--profile", "break-glass"];
  const opened = timed(aws, ["sts", "assume-root", ...who, "--output", "json", ...endpoint], environment);
  const { Credentials } = sessionSchema.parse(JSON.parse(opened.stdout));
  const deleted = timed(aws, ["s3api", "delete-bucket-policy", "--bucket", bucket, ...endpoint], {
    ...environment,
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  });
  return opened.milliseconds + deleted.milliseconds;
}

function missing(trail: readonly TrailEntry[]): readonly string[] {
  return checks
    .filter(([name, by, times]) => trail.filter((one) => one.name === name && one.by === by).length < times)
    .map(([name, by]) => `${name} by ${by}`);
}
