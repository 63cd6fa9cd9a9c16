/**
 * A configured sandbox in a process of its own, with AWS profiles: told by its first message what it is to be like. Later
 * messages: `lock` (a bucket of orders is locked, and the trail begins anew), `trail` (the events since then).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { denyAllBucketPolicy } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { writeAwsProfiles } from "../../../cli/sandbox/aws-profiles.ts";
import { bucket } from "./bucket.ts";

const settingsSchema = z.strictObject({
  accounts: z.int(),
  latencyMilliseconds: z.number(),
  /** AssumeRoot's limit, in requests a second. */
  assumeRootPerSecond: z.number().optional(),
});

const questionSchema = z.strictObject({ ask: z.enum(["lock", "trail"]) });

const folder = mkdtempSync(join(tmpdir(), "break-glass-bench-"));
process.on("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
process.on("disconnect", () => process.exit());

let organization: SandboxOrganization | undefined;
process.on("message", (message) => {
  if (organization === undefined) void start(settingsSchema.parse(message));
  else if (questionSchema.parse(message).ask === "lock") process.send?.(lock(organization));
  else process.send?.(trailOf(organization));
});

async function start({ assumeRootPerSecond, ...settings }: z.infer<typeof settingsSchema>): Promise<void> {
  const rule = { fault: "rate-limited", operation: "AssumeRoot", perSecond: assumeRootPerSecond } as const;
  const faults = assumeRootPerSecond === undefined ? {} : { faults: { seed: 1, rules: [rule] } };
  organization = await startSandboxOrganization({ configured: true, ...settings, ...faults });
  const profiles = await writeAwsProfiles(join(folder, "aws"), organization);
  process.send?.({ endpoint: organization.endpoint, folder, ...profiles });
}

function lock({ state }: SandboxOrganization): string {
  state.buckets.set(bucket, {
    name: bucket,
    arn: `arn:aws:s3:::${bucket}`,
    accountId: sandboxAccounts.orders,
    region: "ap-northeast-2",
    created: new Date(),
    policy: JSON.stringify(denyAllBucketPolicy(bucket)),
    publicAccessBlock: undefined,
    tags: new Map(),
    objects: new Map(),
    uploads: new Map(),
  });
  state.trail.length = 0;
  return "locked";
}

function trailOf({ state }: SandboxOrganization): readonly object[] {
  return state.trail.map(({ eventName, userName, record }) => ({
    name: eventName,
    by: userName,
    failed: record.includes('"errorCode"'),
  }));
}
