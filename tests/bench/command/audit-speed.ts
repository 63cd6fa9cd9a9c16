import { join } from "node:path";
import { spreadOf } from "../spread.ts";
import { number, spreadText, table } from "../table.ts";
import { breakGlass, measuredBreakGlass } from "./break-glass.ts";
import { type CommandSandbox, type CommandSandboxSettings, startCommandSandbox } from "./start-sandbox.ts";
import { met } from "./start-up.ts";
import { timed } from "./timed.ts";

const accounts = 1_000;
const latencyMilliseconds = 50;
const perSecond = 20;
const rounds = 3;
/** The sandbox's account Payments can be read by no root session, which an audit ends with. */
const notAllRead = [1];
const words = ["audit", "--profile", "break-glass", "--output", "json"] as const;

/** `audit` of a thousand accounts under AWS's limit and without one, and its memory at ten times as many. */
export async function auditSpeed(print: (text: string) => void): Promise<void> {
  print(await underTheLimit());
  print(await withoutLimit());
  print(await memory());
}

async function underTheLimit(): Promise<string> {
  const settings = { accounts, latencyMilliseconds, assumeRootPerSecond: perSecond };
  const { times, sessions } = await inSandbox(settings, async (sandbox) => ({
    times: repeated(() => audit(sandbox)),
    sessions: await sessionsIn(sandbox),
  }));
  // A second's worth comes at once, the others at the limit.
  const allowed = ((sessions / rounds - perSecond) / perSecond) * 1_000;
  const spread = spreadOf(times);
  const over = spread.median / allowed - 1;
  return (
    `audit of ${number(accounts)} accounts, ${latencyMilliseconds} ms latency, AssumeRoot limited to ${perSecond} a second: ` +
    `${spreadText(spread)} ms of ${rounds}; the limit allows ${number(allowed)}, so ${number(over * 100, 1)} % over. ` +
    `${met(over <= 0.1)} (10 %).`
  );
}

async function withoutLimit(): Promise<string> {
  const { mine, sequential } = await inSandbox({ accounts, latencyMilliseconds }, (sandbox) => {
    const program = join(import.meta.dirname, "five-calls.ts");
    const times = { mine: [] as number[], sequential: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      times.mine.push(audit(sandbox));
      times.sequential.push(timed(process.execPath, [program], sandbox.environment).milliseconds);
    }
    return Promise.resolve(times);
  });
  const [ours, theirs] = [spreadOf(mine), spreadOf(sequential)];
  const share = ours.median / theirs.median;
  const rows = [
    ["break-glass audit", spreadText(ours)],
    ["five calls an account, one after the other, ten accounts at once", spreadText(theirs)],
  ];
  return (
    `The same without a limit, in ms, median (least – most) of ${rounds}, by turns:\n${table(["", "ms"], rows)}\n` +
    `That is ${number(share * 100)} %. ${met(share <= 0.2)} (a fifth).`
  );
}

async function memory(): Promise<string> {
  const live: number[] = [];
  for (const many of [accounts, accounts * 10]) {
    const bytes = await inSandbox({ accounts: many, latencyMilliseconds: 0 }, ({ environment }) =>
      Promise.resolve(measuredBreakGlass(words, environment, notAllRead).liveBytes),
    );
    live.push(bytes / 2 ** 20);
  }
  const [few = NaN, many = NaN] = live;
  return (
    `Most heap in use at once in an audit, garbage left out: ${number(few, 1)} MiB for ${number(accounts)} accounts, ${number(many, 1)} MiB for ` +
    `${number(accounts * 10)}. ${met(many < few * 1.25)} (flat: no more than a quarter beyond).`
  );
}

function audit({ environment }: CommandSandbox): number {
  return breakGlass(words, environment, notAllRead).milliseconds;
}

function repeated(measure: () => number): readonly number[] {
  return Array.from({ length: rounds }, measure);
}

async function sessionsIn(sandbox: CommandSandbox): Promise<number> {
  return (await sandbox.trail()).filter(({ name, failed }) => name === "AssumeRoot" && !failed).length;
}

async function inSandbox<Value>(
  settings: CommandSandboxSettings,
  measure: (sandbox: CommandSandbox) => Promise<Value>,
): Promise<Value> {
  const sandbox = await startCommandSandbox(settings);
  try {
    return await measure(sandbox);
  } finally {
    await sandbox.stop();
  }
}
