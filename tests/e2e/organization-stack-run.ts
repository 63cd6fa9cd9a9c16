import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Ended, expectStatus, type TestSandbox } from "./sandbox.ts";

/** The keys of the stack's own namespace, as they are written in YAML. */
export type Settings = Readonly<Record<string, unknown>>;

/** The organization stack in a sandbox, run by the real engine. */
export interface OrganizationStackRun {
  /** `pulumi WORDS` with these settings; fails with everything that was printed unless it ends with `status`. */
  readonly pulumi: (settings: Settings, words: readonly string[], status?: number) => Promise<Ended>;
  /** Brings the stack to these settings. */
  readonly up: (settings: Settings) => Promise<Ended>;
  /** Refreshes and runs again, which both have to find nothing to change: a second `up`, and no drift. */
  readonly expectUnchanged: (settings: Settings) => Promise<void>;
}

export function organizationStackRun(sandbox: TestSandbox): OrganizationStackRun {
  const pulumi: OrganizationStackRun["pulumi"] = async (settings, words, status = 0) => {
    const file = join(sandbox.folder, "settings.yaml");
    await writeFile(file, JSON.stringify({ config: { ...providers, ...ownKeys(settings) } }));
    const common = ["--stack", "dev", "--non-interactive", "--color", "never", "--config-file", file];
    return expectStatus(await sandbox.run("pulumi", [...words, ...common]), status);
  };
  return {
    pulumi,
    up: (settings) => pulumi(settings, ["up", "--yes", "--skip-preview"]),
    expectUnchanged: async (settings) => {
      await pulumi(settings, ["up", "--yes", "--skip-preview", "--refresh", "--expect-no-changes"]);
    },
  };
}

const providers = Object.fromEntries(
  ["aws", "aws-native"].flatMap((name) => [
    [`${name}:profile`, "management"],
    [`${name}:region`, "us-east-1"],
  ]),
);

function ownKeys(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`aws-break-glass:${key}`, value]));
}
