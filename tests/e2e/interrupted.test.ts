import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { killedAfter } from "./killed-run.ts";
import { type OrganizationFound, readOrganization } from "./organization-found.ts";
import { organizationStackRun } from "./organization-stack-run.ts";
import { checkout, type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

const settings = {
  delegatedAdministrator: "Audit",
  assignments: [{ groups: ["break-glass-admins"], users: ["alice"] }],
  rootUserGuardrail: { organizationalUnits: ["Workloads", "Security"] },
  rootSessionGuardrail: {},
};

/** `pulumi up` makes this many changes at AWS, or one more where an assignment has to wait for the other. */
const changes = 16;

/** INTERRUPTED=all (npm run test:interrupted) or numbers, as 4,13; otherwise some, the same every time. */
const { INTERRUPTED: asked = "4,13" } = process.env;
const moments =
  asked === "all" ? Array.from({ length: changes }, (_, index) => index + 1) : asked.split(",").map(Number);

/** Changes that AWS refuses to make a second time. */
const makesAnew = /^(CreatePolicy|AttachPolicy|RegisterDelegatedAdministrator|CreateAccountAssignment)$/;

/** What a run said of a resource that it took over. */
const takenOver = /(Policy|PolicyAttachment|DelegatedAdministrator|PermissionSet|Assignment) .* imported/;

interface Found extends OrganizationFound {
  /** Service control policies by name, and how many targets each has. */
  readonly policies: readonly (readonly [name: string, targets: number])[];
}

describe("pulumi up, killed", function () {
  this.timeout(300_000);

  let made: Found;

  before(async () => {
    const sandbox = await openTestSandbox();
    await organizationStackRun(sandbox).up(settings);
    made = await read(sandbox);
    await sandbox.close();
  });

  for (const at of moments) {
    it(`after change ${at} of ${changes} is canceled, run again, and ends where an undisturbed run does`, async () => {
      const sandbox = await openTestSandbox();
      const pulumi = (...words: readonly string[]): Promise<Ended> =>
        sandbox.run("pulumi", [...words, "--stack", "dev", "--non-interactive"]);
      try {
        const words = ["up", "--yes", "--skip-preview", "--stack", "dev", "--non-interactive", "--config-file"];
        const change = await killedAfter(sandbox, [...words, await settingsFile(sandbox)], checkout, at);
        expect(change, "the run had ended before").to.not.equal(undefined);

        expectStatus(await pulumi("cancel", "--yes"), 0);
        const stack = organizationStackRun(sandbox);
        const { stdout } = await stack.up(settings);
        if (makesAnew.test(change?.eventName ?? "")) expect(stdout).to.match(takenOver);
        expect(await read(sandbox)).to.deep.equal(made);

        const refresh = ["refresh", "--clear-pending-creates", "--yes", "--skip-preview", "--expect-no-changes"];
        expectStatus(await pulumi(...refresh, "--config-file", await settingsFile(sandbox)), 0);
        expect((await pulumi("stack", "export")).stdout).to.not.include('"pending_operations"');
        await stack.expectUnchanged(settings);
      } finally {
        await sandbox.close();
      }
    });
  }
});

async function settingsFile(sandbox: TestSandbox): Promise<string> {
  const file = join(sandbox.folder, "killed.yaml");
  const own = Object.entries(settings).map(([key, value]) => [`aws-break-glass:${key}`, value]);
  const providers = ["aws", "aws-native"].flatMap((name) => [
    [`${name}:profile`, "management"],
    [`${name}:region`, "us-east-1"],
  ]);
  await writeFile(file, JSON.stringify({ config: Object.fromEntries([...providers, ...own]) as unknown }));
  return file;
}

async function read(sandbox: TestSandbox): Promise<Found> {
  const { policies, attachments } = sandbox.organization.state.organization;
  const found = [...policies.values()].map(({ id, name }) => {
    const targets = [...attachments.values()].filter((ids) => ids.has(id));
    return [name, targets.length] as const;
  });
  const organization = await readOrganization(sandbox);
  const permissionSets = organization.permissionSets.map((set) => ({
    ...set,
    assigned: [...set.assigned].sort((one, other) => String(one.type).localeCompare(String(other.type))),
  }));
  return { ...organization, permissionSets, policies: found.sort(([a], [b]) => a.localeCompare(b)) };
}
