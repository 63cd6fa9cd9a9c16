import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readAlerts } from "./alerts-found.ts";
import { killedAfter, type Moment } from "./killed-run.ts";
import { type OrganizationFound, readOrganization } from "./organization-found.ts";
import { organizationStackRun, type Settings } from "./organization-stack-run.ts";
import { readStack, type StackSeen } from "./stack-seen.ts";
import { checkout, type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

/** A stack that is killed, and when. */
interface Interrupted {
  readonly name: string;
  readonly settings: Settings;
  /** `pulumi up` makes this many changes at AWS; one more or less where one has to wait for another. */
  readonly changes: number;
  /** Some that `npm test` takes, the same every time. */
  readonly some: readonly Moment[];
}

/** Two stacks that have everything between them: together they would take too long. */
const stacks: readonly Interrupted[] = [
  {
    name: "with a delegate, assignments and guardrails",
    settings: {
      delegatedAdministrator: "Audit",
      assignments: [{ groups: ["break-glass-admins"], users: ["alice"] }],
      rootUserGuardrail: { organizationalUnits: ["Workloads", "Security"] },
      rootSessionGuardrail: {},
    },
    changes: 16,
    some: [4, "CreatePolicy"],
  },
  {
    name: "with a break-glass role and alerts in two Regions",
    settings: {
      breakGlassRole: { trustedPrincipals: ["arn:aws:iam::111111111111:user/administrator"] },
      rootAccessAlerts: {
        subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }],
        regions: ["us-east-1", "eu-west-1"],
      },
    },
    changes: 28,
    some: ["CreateKey", "CreateTopic"],
  },
];

/** INTERRUPTED=all (npm run test:interrupted), or numbers of changes and names of the first of its kind: 4,CreateKey. */
const { INTERRUPTED: asked } = process.env;

function momentsOf({ changes, some }: Interrupted): readonly Moment[] {
  if (asked === undefined) return some;
  if (asked === "all") return Array.from({ length: changes }, (_, index) => index + 1);
  return asked.split(",").map((word) => (/^\d+$/.test(word) ? Number(word) : word));
}

/** Changes that AWS refuses to make a second time, or would make twice. */
const makesAnew =
  /^(CreatePolicy|AttachPolicy|RegisterDelegatedAdministrator|CreateAccountAssignment|CreateRole|CreateKey|CreateAlias|CreateTopic|PutRule|PutTargets)$/;

/** What a run said of a resource that it took over. */
const takenOver =
  /(Policy|PolicyAttachment|DelegatedAdministrator|PermissionSet|Assignment|Role|Key|Alias|Topic|EventRule|EventTarget) .* imported/;

/** The provider makes these in more than one call; a run that takes them over leaves the rest to the next, and says so. */
const halfMade = /left something half made in account 111111111111/;

interface Found extends OrganizationFound, Pick<StackSeen, "roles"> {
  readonly guardrails: readonly string[];
  readonly alerts: readonly string[];
}

for (const stack of stacks) {
  describe(`pulumi up of a stack ${stack.name}, killed`, function () {
    this.timeout(600_000);

    const { settings } = stack;
    let made: Found;

    before(async () => {
      const sandbox = await openTestSandbox();
      await organizationStackRun(sandbox).up(settings);
      made = await read(sandbox);
      await sandbox.close();
    });

    for (const at of momentsOf(stack)) {
      const when = typeof at === "number" ? `change ${at} of ${stack.changes}` : `its first ${at}`;
      it(`after ${when} is canceled, run again, and ends where an undisturbed run does`, async () => {
        const sandbox = await openTestSandbox();
        const pulumi = (...words: readonly string[]): Promise<Ended> =>
          sandbox.run("pulumi", [...words, "--stack", "dev", "--non-interactive"]);
        try {
          const file = await settingsFile(sandbox, settings);
          const words = ["up", "--yes", "--skip-preview", "--stack", "dev", "--non-interactive", "--config-file"];
          const change = await killedAfter(sandbox, [...words, file], checkout, at);
          expect(change, "the run had ended before").to.not.equal(undefined);

          expectStatus(await pulumi("cancel", "--yes"), 0);
          const run = organizationStackRun(sandbox);
          const { stdout } = await run.up(settings);
          if (makesAnew.test(change?.eventName ?? "")) expect(stdout).to.match(takenOver);
          if (halfMade.test(stdout)) expect((await run.up(settings)).stdout).to.not.match(halfMade);
          expect(await read(sandbox)).to.deep.equal(made);

          // A refresh finds a role's inline policies, which another resource has put: that is no change to the next run.
          const refresh = ["refresh", "--clear-pending-creates", "--yes", "--skip-preview"];
          expectStatus(await pulumi(...refresh, "--config-file", file), 0);
          expect((await pulumi("stack", "export")).stdout).to.not.include('"pending_operations"');
          await run.pulumi(settings, ["up", "--yes", "--skip-preview", "--expect-no-changes"]);
        } finally {
          await sandbox.close();
        }
      });
    }
  });
}

async function settingsFile(sandbox: TestSandbox, settings: Settings): Promise<string> {
  const file = join(sandbox.folder, "killed.yaml");
  const own = Object.entries(settings).map(([key, value]) => [`aws-break-glass:${key}`, value]);
  const providers = ["aws", "aws-native"].flatMap((name) => [
    [`${name}:profile`, "management"],
    [`${name}:region`, "us-east-1"],
  ]);
  await writeFile(file, JSON.stringify({ config: Object.fromEntries([...providers, ...own]) as unknown }));
  return file;
}

/** Everything that the stack makes, without the ids that AWS draws and the order in which it lists. */
async function read(sandbox: TestSandbox): Promise<Found> {
  const organization = await readOrganization(sandbox);
  const permissionSets = organization.permissionSets.map((set) => ({
    ...set,
    assigned: [...set.assigned].sort((one, other) => String(one.type).localeCompare(String(other.type))),
  }));
  const { guardrails, roles } = await readStack(sandbox);
  const attached = Object.entries(guardrails)
    .map(([name, { content, targets }]) => [name, content, ...[...targets].sort()].join(" "))
    .sort();
  return { ...organization, permissionSets, guardrails: attached, roles, alerts: readAlerts(sandbox) };
}
