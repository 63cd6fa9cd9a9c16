import { backupsIn } from "./backups.ts";
import type { MatrixCase, RecordedScenario } from "./cases.ts";
import type { AwsCall } from "./faults.ts";
import { type Ended, type MatrixSandbox, openMatrixSandbox } from "./matrix-sandbox.ts";
import { createCallCounter, faultsOf, isSameCall, recordCalls } from "./record-calls.ts";
import { endOf, runInProcess, startCommand } from "./run-command.ts";
import type { Scenario } from "./scenarios/scenario.ts";

/** What a case has shown. Without problems it holds. */
export interface CaseResult {
  readonly problems: readonly string[];
  /** What the run that went wrong had made of it. */
  readonly outcome: "done" | "unchanged" | "in the middle" | "not met";
  /** The policy had been changed, and was put back from its backup. */
  readonly restored: boolean;
  /** What the run said, for whoever has to look into a problem. */
  readonly said: string;
}

/** Runs a scenario without faults: which calls it makes, and what it makes of what it works on. */
export async function recordScenario(scenario: Scenario): Promise<RecordedScenario> {
  const callsAsProcess = await onStage(scenario, async (sandbox, words) => {
    const stop = recordCalls(sandbox.organization);
    const end = await endOf(await startCommand(sandbox, words));
    if (end !== 0) throw new Error(`${scenario.name} fails without a fault as a process: it ended with ${end}.`);
    return stop();
  });
  return onStage(scenario, async (sandbox, words) => {
    const stop = recordCalls(sandbox.organization);
    const ended = await runInProcess(sandbox, words);
    const calls = stop();
    if (ended.status !== 0) throw new Error(`${scenario.name} fails without a fault: ${ended.stderr}${ended.stdout}`);
    return { scenario, calls, callsAsProcess, done: scenario.look(sandbox.organization) };
  });
}

/**
 * Lets the case go wrong, judges its end, runs the command again and puts the policy back. A case that has not met its call
 * plays again: the search for an account goes on in other branches until it is found, and the last of these calls are not
 * made every time. Such a one is told as not met in the end; any other call has to be made.
 */
export async function runCase(one: MatrixCase, timesLeft = 5): Promise<CaseResult> {
  const result = await play(one);
  if (!result.problems.includes(neverMade)) return result;
  if (timesLeft > 1) return runCase(one, timesLeft - 1);
  const others = result.problems.filter((problem) => problem !== neverMade);
  return isSearch(one.call) && others.length === 0 ? { ...result, problems: [], outcome: "not met" } : result;
}

const neverMade = "the call was never made: nothing went wrong";

function isSearch({ operation }: AwsCall): boolean {
  return operation === "ListAccountsForParent" || operation === "ListOrganizationalUnitsForParent";
}

async function play(one: MatrixCase): Promise<CaseResult> {
  const { scenario, done, fault } = one;
  return onStage(scenario, async (sandbox, words) => {
    const { organization, folder } = sandbox;
    const problems: string[] = [];
    const before = scenario.look(organization);
    const ended = await withFault(sandbox, one, before, words, problems);
    const now = scenario.look(organization);

    const backups = backupsIn(folder).map(({ path }) => path);
    if (ended) problems.push(...scenario.judge({ ended, before, now, done, backups }));
    if (ended && fault.passes && ended.status !== 0) problems.push("it did not outlive what passes");
    problems.push(...(await finish(sandbox, one, words)));
    const putBack = await restoreAll(sandbox, scenario, before, problems);
    return {
      problems,
      outcome: now === done ? "done" : now === before ? "unchanged" : "in the middle",
      restored: putBack,
      said: ended ? `exit code ${ended.status}\n${ended.stdout}${ended.stderr}` : "killed",
    };
  });
}

async function onStage<Result>(
  scenario: Scenario,
  action: (sandbox: MatrixSandbox, words: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const sandbox = await openMatrixSandbox();
  try {
    const words = await scenario.prepare({ ...sandbox, run: (others) => runInProcess(sandbox, others) });
    letWritesTakeEffect(sandbox);
    return await action(sandbox, words);
  } finally {
    await sandbox.close();
  }
}

/** Nobody restores within SQS's propagation time what they have just unlocked; what a run itself writes takes its time. */
function letWritesTakeEffect({ organization, propagationMilliseconds }: MatrixSandbox): void {
  organization.clock.advance(propagationMilliseconds);
}

/** @returns how the run ended, `undefined` where it was killed */
async function withFault(
  sandbox: MatrixSandbox,
  { scenario, call, fault }: MatrixCase,
  before: string,
  words: readonly string[],
  problems: string[],
): Promise<Ended | undefined> {
  const { organization, folder } = sandbox;
  const faults = faultsOf(organization);
  const met = meeting(call);
  const look = (): void => {
    const problem = scenario.always({ organization, folder, before });
    if (problem !== undefined && !problems.includes(problem)) problems.push(problem);
  };
  const stopWatching = faults.watch((request) => {
    look();
    met.see(request);
  });
  const takeBack = fault.rules(call).map((rule) => faults.add(rule));
  const unblock = fault.blocksPublicPolicy ? scenario.blockPublicPolicy?.(organization) : undefined;
  try {
    if (!fault.kills) return await runInProcess(sandbox, words);
    const end = await kill(sandbox, words, met.itIs);
    if (met.wasSeen() && end !== "SIGKILL") problems.push(`the process was to be killed, and ended with ${end}`);
    return undefined;
  } finally {
    stopWatching();
    for (const back of takeBack) back();
    unblock?.();
    look();
    letWritesTakeEffect(sandbox);
    if (!met.wasSeen()) problems.push(neverMade);
  }
}

interface Meeting {
  readonly see: (request: Omit<AwsCall, "nth">) => void;
  readonly itIs: (action: () => void) => void;
  readonly wasSeen: () => boolean;
}

function meeting(call: AwsCall): Meeting {
  const counter = createCallCounter();
  let seen = false;
  let then = (): void => undefined;
  return {
    see: (request) => {
      if (!isSameCall(counter.count(request), call)) return;
      seen = true;
      then();
    },
    itIs: (action) => {
      then = action;
    },
    wasSeen: () => seen,
  };
}

async function kill(
  sandbox: MatrixSandbox,
  words: readonly string[],
  atTheCall: (action: () => void) => void,
): Promise<NodeJS.Signals | number> {
  const child = await startCommand(sandbox, words);
  atTheCall(() => child.kill("SIGKILL"));
  return endOf(child);
}

/** The next run finishes the job, whatever the one before left. */
async function finish(
  sandbox: MatrixSandbox,
  { scenario, done }: MatrixCase,
  words: readonly string[],
): Promise<readonly string[]> {
  const { status, stdout, stderr } = await runInProcess(sandbox, words);
  letWritesTakeEffect(sandbox);
  if (status !== 0) return [`the next run ends with ${status}: ${stdout}${stderr}`];
  return scenario.look(sandbox.organization) === done ? [] : ["the next run did not finish the job"];
}

/** Whether there was a policy to put back, which then is as it was, to the byte. */
async function restoreAll(
  sandbox: MatrixSandbox,
  { look }: Scenario,
  before: string,
  problems: string[],
): Promise<boolean> {
  const all = backupsIn(sandbox.folder);
  if (all.length === 0) return false;
  const backup = all.find(({ policy }) => policy === before);
  if (backup === undefined) {
    problems.push("there is no backup of the policy: it is lost");
    return false;
  }
  const words = ["restore", backup.path, "--force", "--yes", "--profile", "break-glass"];
  const { status, stderr } = await runInProcess(sandbox, words);
  const isAsItWas = status === 0 && look(sandbox.organization) === before;
  if (!isAsItWas) problems.push(`the policy could not be put back as it was (${status}): ${stderr}`);
  return isAsItWas;
}
