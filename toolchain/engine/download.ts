import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { checkout } from "../places.ts";
import { step } from "../setup/step.mjs";
import { WayClosedError } from "./way-closed-error.ts";

const site = "https://get.pulumi.com/latest-version";
const siteAnswersWithin = 10_000;
const downloadEndsWithin = 5 * 60_000;

/** The engine that the Automation API installs: that of the SDK the programs use. */
export const downloadVersion = sdkVersion();

/**
 * Lets Pulumi's Automation API install the official engine below a folder; resolves to the folder with its programs.
 *
 * @throws WayClosedError without a way to Pulumi's site
 */
export async function downloadEngine(root: string): Promise<string> {
  await reachSite();
  return step(`Pulumi engine ${downloadVersion} (official download)`, async () => {
    await Promise.race([install(root), timeOut()]);
    return join(root, "bin");
  });
}

async function reachSite(): Promise<void> {
  try {
    const answer = await fetch(site, { signal: AbortSignal.timeout(siteAnswersWithin) });
    if (!answer.ok) throw new WayClosedError(`it answers ${answer.status}`);
  } catch (error) {
    if (error instanceof WayClosedError) throw error;
    throw new WayClosedError("it cannot be reached from here", { cause: error });
  }
}

async function install(root: string): Promise<void> {
  // Imported here because it takes a third of a second, which only this way should pay.
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  try {
    await PulumiCommand.install({ root });
  } catch (error) {
    throw new WayClosedError(`it failed (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
}

async function timeOut(): Promise<never> {
  await wait(downloadEndsWithin, undefined, { ref: false });
  throw new WayClosedError(`it did not end within ${downloadEndsWithin / 60_000} minutes`);
}

function sdkVersion(): string {
  const manifest = join(checkout, "node_modules", "@pulumi", "pulumi", "package.json");
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
}
