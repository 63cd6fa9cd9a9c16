import { expect } from "chai";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { knownSettings } from "#components";

const file = join(import.meta.dirname, "..", "..", "every-component", "Pulumi.dev.yaml");

/** Change no policy but names, what program.ts does instead, or what excludes another setting that is there. */
const leftOut = [
  "breakGlassRole.account",
  "breakGlassRole.accountListing",
  "breakGlassRole.name",
  "breakGlassRole.path",
  "breakGlassRole.preflight",
  "breakGlassRole.sourceIdentity",
  "breakGlassRole.targetAccounts",
  "breakGlassRole.tasks",
  "delegateAccess.role",
  "rootAccessAlerts.key",
  "rootAccessAlerts.topicName",
  "rootSessionGuardrail.policyName",
  "rootUserGuardrail.policyName",
];

describe("the settings with every component", () => {
  it("are all of the stack's, but those that make no other policy", async () => {
    const { config } = z
      .object({ config: z.record(z.string(), z.unknown()) })
      .parse(parse(await readFile(file, "utf8")));
    const used = new Set(
      Object.entries(config).flatMap(([key, value]) => {
        const [namespace, setting = ""] = key.split(":");
        return namespace === "aws-break-glass" ? [setting, ...settingsBelow(setting, value)] : [];
      }),
    );
    expect([...used, ...leftOut]).to.have.members([...knownSettings()]);
  });
});

function settingsBelow(setting: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => settingsBelow(setting, item));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    `${setting}.${key}`,
    ...settingsBelow(`${setting}.${key}`, inner),
  ]);
}
