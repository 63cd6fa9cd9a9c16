import { chooseCores } from "./cores.ts";
import { type Limits, type LoadGenerator, startLoadGenerator } from "./load/load-generator.ts";
import { type BenchOperation, benchOperations } from "./operations.ts";
import { processorSeconds } from "./processor-time.ts";
import type { AwsServer, BenchServer } from "./servers/bench-server.ts";
import { startMoto } from "./servers/start-moto.ts";
import { startSandbox } from "./servers/start-sandbox.ts";
import { startTrivial } from "./servers/start-trivial.ts";
import { type Spread, spreadOf } from "./spread.ts";
import { number, spreadText, table } from "./table.ts";

const rounds = 5;
const measuring: Limits = { milliseconds: 1000, mostAnswers: 100_000 };
/** The sandbox is at its steady speed after some twenty thousand answers, when all of its code is compiled; moto has no such phase. */
const warmUp: Limits = { milliseconds: 8000, mostAnswers: 30_000 };

interface Servers {
  readonly trivial: BenchServer;
  readonly sandbox: AwsServer;
  readonly moto: AwsServer | undefined;
}

/** What one server makes of one operation. */
interface Measured {
  readonly perSecond: Spread;
  /** Processor time of the server for each answer; `undefined` where the machine does not tell it. */
  readonly microseconds: Spread | undefined;
  /** How busy the load generator was at most, from 0 to 1. */
  readonly busy: number;
}

interface Comparison {
  readonly operation: string;
  readonly sandbox: Measured;
  readonly trivial: Measured;
  readonly moto: Measured | undefined;
}

/** Requests a second that one core of the sandbox organization answers, and moto's server beside it. */
export async function requestRates(print: (text: string) => void): Promise<void> {
  const cores = chooseCores();
  const [trivial, sandbox, moto] = await Promise.all([
    startTrivial(cores.server),
    startSandbox(cores.server),
    startMoto(cores.server),
  ]);
  const generator = startLoadGenerator(cores.generator);
  try {
    print(`Median (least – most) of ${rounds} rounds of a second, the servers by turns; ${cores.description}.`);
    if (!moto) print("moto's server is left out: set-up could not install it (it says why: npm run prebench).");
    const comparisons: Comparison[] = [];
    for (const operation of benchOperations) {
      comparisons.push(await compare(operation, { trivial, sandbox, moto }, generator));
    }
    tablesOf(comparisons).forEach(print);
  } finally {
    await Promise.all([generator, trivial, sandbox, ...(moto ? [moto] : [])].map((started) => started.stop()));
  }
}

async function compare(
  operation: BenchOperation,
  { trivial, sandbox, moto }: Servers,
  generator: LoadGenerator,
): Promise<Comparison> {
  const ofTrivial: Sample[] = [];
  const ofSandbox: Sample[] = [];
  const ofMoto: Sample[] = [];
  for (let round = 0; round <= rounds; round++) {
    const ask = async (server: BenchServer, request: Uint8Array, samples: Sample[]) => {
      const sample = await sampleOf(server, request, round === 0 ? warmUp : measuring, generator);
      if (round > 0) samples.push(sample);
    };
    const request = await operation.request(sandbox, String(round));
    await ask(trivial, request, ofTrivial);
    await ask(sandbox, request, ofSandbox);
    if (moto && operation.inMoto) await ask(moto, await operation.request(moto, String(round)), ofMoto);
  }
  return {
    operation: operation.name,
    sandbox: measured(ofSandbox),
    trivial: measured(ofTrivial),
    moto: ofMoto.length === 0 ? undefined : measured(ofMoto),
  };
}

interface Sample {
  readonly perSecond: number;
  readonly microseconds: number | undefined;
  readonly busy: number;
}

async function sampleOf(
  { port, pid }: BenchServer,
  request: Uint8Array,
  limits: Limits,
  generator: LoadGenerator,
): Promise<Sample> {
  const before = processorSeconds(pid);
  const { answers, seconds, busy } = await generator.send(port, request, limits);
  const after = processorSeconds(pid);
  const used = before === undefined || after === undefined ? undefined : after - before;
  return {
    perSecond: answers / seconds,
    microseconds: used === undefined ? undefined : (used / answers) * 1e6,
    busy,
  };
}

function measured(samples: readonly Sample[]): Measured {
  const microseconds = samples.flatMap((sample) => sample.microseconds ?? []);
  return {
    perSecond: spreadOf(samples.map(({ perSecond }) => perSecond)),
    microseconds: microseconds.length === samples.length ? spreadOf(microseconds) : undefined,
    busy: Math.max(...samples.map(({ busy }) => busy)),
  };
}

function tablesOf(comparisons: readonly Comparison[]): readonly string[] {
  return [
    `Requests a second:\n${table(
      ["operation", "sandbox organization", "moto's server", "times moto"],
      comparisons.map(({ operation, sandbox, moto }) => [
        operation,
        spreadText(sandbox.perSecond),
        spreadText(moto?.perSecond),
        timesText(sandbox.perSecond, moto?.perSecond),
      ]),
    )}`,
    `Processor time for one answer, in µs; other programs on the core make seconds shorter, and not this:\n${table(
      ["operation", "sandbox organization", "moto's server", "times moto"],
      comparisons.map(({ operation, sandbox, moto }) => [
        operation,
        spreadText(sandbox.microseconds),
        spreadText(moto?.microseconds),
        timesText(moto?.microseconds, sandbox.microseconds),
      ]),
    )}`,
    `The load generator is not the bound: what it gets from a server that answers unread, and its own load:\n${table(
      ["request", "a second", "times sandbox", "load while it asks the sandbox"],
      comparisons.map(({ operation, sandbox, trivial }) => [
        operation,
        spreadText(trivial.perSecond),
        timesText(trivial.perSecond, sandbox.perSecond),
        `${number(sandbox.busy * 100)} % of its core`,
      ]),
    )}`,
  ];
}

function timesText(one: Spread | undefined, other: Spread | undefined): string {
  return one && other ? number(one.median / other.median, 1) : "–";
}
