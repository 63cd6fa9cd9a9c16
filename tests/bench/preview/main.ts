/**
 * `npm run bench:preview`: `pulumi preview` of the organization stack with two hundred assignments, beside a bare program that
 * declares the same resources and looks nothing up.
 */
import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { breakGlassPolicy } from "#iam";
import { sandboxAccounts } from "#simulator";
import { organizationStackRun } from "../../e2e/organization-stack-run.ts";
import { type Ended, expectStatus, openTestSandbox, type TestSandbox } from "../../e2e/sandbox.ts";
import { childrenProcessorSeconds, processorSeconds } from "../processor-time.ts";
import { spreadOf } from "../spread.ts";
import { number, spreadText, table } from "../table.ts";
import type { Declared } from "./declared.ts";

const { management, audit } = sandboxAccounts;
const rounds = 5;
const places = [
  { account: "Audit", accountId: audit, set: "BreakGlassAssumeRoot" },
  { account: "Management", accountId: management, set: "BreakGlassAssumeRoot-management" },
] as const;
const usersEach = 75;
const groupsEach = 25;

const sandbox = await openTestSandbox();
try {
  const people = places.map((place, index) => ({ ...place, ...addPrincipals(index) }));
  const bare = await bareProgram();
  const stack = organizationStackRun(sandbox);
  const settings = {
    delegatedAdministrator: "Audit",
    assignments: people.map(({ account, users, groups }) => ({ account, users: names(users), groups: names(groups) })),
  };
  const measured: { readonly stack: Took[]; readonly bare: Took[] } = { stack: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    measured.stack.push(await timed(() => stack.pulumi(settings, ["preview"]), round === 0));
    measured.bare.push(await timed(bare, round === 0));
  }
  const columns = (["clock", "processor"] as const).map((kind) => {
    const [ours, theirs] = [measured.stack, measured.bare].map((list) => spreadOf(list.map((took) => took[kind])));
    const difference = ours && theirs && spreadOf([ours.median - theirs.median]);
    return [spreadText(ours), spreadText(theirs), number(difference?.median ?? 0)];
  });
  const rows = ["organization stack", "bare program", "difference of the medians"].map((title, row) => [
    title,
    ...columns.map((column) => column[row] ?? ""),
  ]);
  print(
    `pulumi preview of ${places.length * (usersEach + groupsEach)} assignments, ms: median (least – most) of ${rounds} rounds by turns, ` +
      `load average ${(loadavg()[0] ?? 0).toFixed(1)}\n\n${table(["", "on the clock", "of the processors"], rows)}`,
  );

  async function bareProgram(): Promise<() => Promise<Ended>> {
    const { instanceArn } = identityCenter(sandbox);
    const permissionSets = people.map(({ set, accountId, users, groups }) => ({
      name: set,
      inlinePolicy: breakGlassPolicy(),
      assignments: [
        ...users.map(({ id }) => ({ principalType: "USER" as const, principalId: id, targetId: accountId })),
        ...groups.map(({ id }) => ({ principalType: "GROUP" as const, principalId: id, targetId: accountId })),
      ],
    }));
    const file = join(sandbox.folder, "declared.json");
    await writeFile(file, JSON.stringify({ instanceArn, delegate: audit, permissionSets } satisfies Declared));
    const config = join(sandbox.folder, "bare.yaml");
    const provider = { profile: "management", region: "us-east-1" };
    const keys = Object.entries(provider).flatMap(([key, value]) => [
      [`aws:${key}`, value],
      [`aws-native:${key}`, value],
    ]);
    await writeFile(config, JSON.stringify({ config: Object.fromEntries(keys) as unknown }));
    const run = async (...words: readonly string[]): Promise<Ended> =>
      expectStatus(
        await sandbox.run("pulumi", [...words, "--stack", "dev", "--non-interactive", "--color", "never"], {
          folder: join(import.meta.dirname, "bare-program"),
          environment: { BARE_PROGRAM: file },
        }),
        0,
      );
    await run("stack", "init");
    return () => run("preview", "--config-file", config);
  }
} finally {
  await sandbox.close();
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** People and groups of its own for each place. */
function addPrincipals(place: number): { readonly users: readonly Named[]; readonly groups: readonly Named[] } {
  const { users, groups } = identityCenter(sandbox);
  const id = (kind: number, number: number): string =>
    `9067000001-${kind}${place}${String(number).padStart(6, "0")}-4000-4000-8000-000000000000`;
  const madeUsers = Array.from({ length: usersEach }, (_, index) => {
    const user = { id: id(1, index), name: `user-${place}-${index}` };
    const full = {
      displayName: user.name,
      givenName: "User",
      familyName: String(index),
      email: `${user.name}@example.com`,
    };
    users.set(user.id, { id: user.id, userName: user.name, ...full });
    return user;
  });
  const madeGroups = Array.from({ length: groupsEach }, (_, index) => {
    const group = { id: id(2, index), name: `group-${place}-${index}` };
    groups.set(group.id, { id: group.id, displayName: group.name, description: "", memberIds: new Set() });
    return group;
  });
  return { users: madeUsers, groups: madeGroups };
}

function names(list: readonly Named[]): readonly string[] {
  return list.map(({ name }) => name);
}

function identityCenter({ organization }: TestSandbox): TestSandbox["organization"]["state"]["identityCenter"] {
  return organization.state.identityCenter;
}

interface Took {
  readonly clock: number;
  /** Of the engine, the program, the plugins and the sandbox; 0 where the machine does not tell. */
  readonly processor: number;
}

/** Milliseconds of one preview, which has to create every assignment. */
async function timed(preview: () => Promise<Ended>, isFirst: boolean): Promise<Took> {
  const [started, before] = [performance.now(), processorMilliseconds()];
  const { stdout } = await preview();
  const took = { clock: performance.now() - started, processor: processorMilliseconds() - before };
  const created = stdout.match(/aws-native:sso:Assignment .* create/g) ?? [];
  if (isFirst && created.length !== places.length * (usersEach + groupsEach)) throw new Error(stdout);
  return took;
}

function processorMilliseconds(): number {
  return ((childrenProcessorSeconds() ?? 0) + (processorSeconds(process.pid) ?? 0)) * 1000;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
