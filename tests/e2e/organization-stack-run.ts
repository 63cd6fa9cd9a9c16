import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Ended, expectStatus, type TestSandbox } from "./sandbox.ts";

/** The keys of the stack's own namespace, as they are written in YAML. */
export type Settings = Readonly<Record<string, unknown>>;

/** The organization stack in a sandbox, run by the real engine. */
export interface OrganizationStackRun {
  /** `pulumi WORDS` with these settings, however it ends. */
  readonly run: (settings: Settings, words: readonly string[]) => Promise<Ended>;
  /** The same; fails with everything that was printed unless it ends with `status`. */
  readonly pulumi: (settings: Settings, words: readonly string[], status?: number) => Promise<Ended>;
  /** Brings the stack to these settings. */
  readonly up: (settings: Settings) => Promise<Ended>;
  /** Refreshes and runs again, which both have to find nothing to change: a second `up`, and no drift. */
  readonly expectUnchanged: (settings: Settings) => Promise<void>;
}

/** @param profile whose credentials both providers work with */
export function organizationStackRun(sandbox: TestSandbox, profile = "management"): OrganizationStackRun {
  const run: OrganizationStackRun["run"] = async (settings, words) => {
    const file = join(sandbox.folder, "settings.yaml");
    await writeFile(file, JSON.stringify({ config: { ...providers(profile), ...ownKeys(settings) } }));
    const common = ["--stack", "dev", "--non-interactive", "--color", "never", "--config-file", file];
    return sandbox.run("pulumi", [...words, ...common]);
  };
  const pulumi: OrganizationStackRun["pulumi"] = async (settings, words, status = 0) =>
    expectStatus(await run(settings, words), status);
  return {
    run,
    pulumi,
    up: (settings) => pulumi(settings, ["up", "--yes", "--skip-preview"]),
    expectUnchanged: async (settings) => {
      await pulumi(settings, ["up", "--yes", "--skip-preview", "--refresh", "--expect-no-changes"]);
    },
  };
}

function providers(profile: string): Settings {
  const settings = ["aws", "aws-native"].flatMap((name) => [
    [`${name}:profile`, profile],
    [`${name}:region`, "us-east-1"],
  ]);
  return Object.fromEntries(settings) as Settings;
}

function ownKeys(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`aws-break-glass:${key}`, value]));
}
