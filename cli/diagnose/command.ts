import { basename } from "node:path";
import { buffer } from "node:stream/consumers";
import { MalformedPolicyError } from "#iam";
import {
  type AwsAccess,
  type Denial,
  diagnose,
  type Diagnosis,
  type KnownPolicies,
  knownPolicy,
  type KnownPolicy,
  policiesAbove,
  readDenials,
  recentDenials,
} from "#root-access";
import { connect, type ConnectionFlags } from "../connection.ts";
import { CommandError, exitCode } from "../exit-code.ts";
import { fileText, textIn } from "../file-text.ts";
import { interruptible } from "../interruption.ts";
import { withExitCodes } from "../root-access-outcome.ts";
import type { Terminal } from "../terminal.ts";
import { wrapped } from "../wrapped.ts";
import { diagnosisText } from "./diagnosis-text.ts";

export interface DiagnoseFlags extends ConnectionFlags {
  readonly event?: string;
  readonly minutes?: number;
  readonly identityPolicy: readonly string[];
  readonly scp: readonly string[];
  readonly rcp: readonly string[];
  readonly output: "table" | "json";
}

/** `break-glass diagnose`: explains refusals by AWS and what would let them through. */
export async function runDiagnose(terminal: Terminal, text: string, flags: DiagnoseFlags): Promise<void> {
  await withExitCodes(async () => {
    checkOneSource(text, flags);
    const given = await givenPolicies(flags);
    const { minutes, profile } = flags;
    const asking = minutes === undefined && profile === undefined ? undefined : await connect(flags);
    const denials = await denialsFrom(terminal, text, flags, asking);
    const found = asking && (await interruptible((signal) => policiesAbove(asking, denials, signal)));
    const diagnoses = diagnose(denials, { ...found, ...given });
    if (flags.output === "json") terminal.result(JSON.stringify(diagnoses, undefined, 2));
    else
      terminal.result(
        diagnosesText(diagnoses, terminal.columns()) || wrapped(nothingRefused(flags), terminal.columns()),
      );
    if (diagnoses.some(({ cause }) => cause === "unknown")) process.exitCode = exitCode.checkDidNotHold;
  });
}

function diagnosesText(diagnoses: readonly Diagnosis[], columns: number | undefined): string {
  return diagnoses.map((diagnosis) => diagnosisText(diagnosis, columns)).join("\n\n");
}

function nothingRefused({ minutes }: DiagnoseFlags): string {
  return minutes === undefined
    ? "There is no refusal in it."
    : `CloudTrail shows no refusal of the last ${minutes === 1 ? "minute" : `${minutes} minutes`}; events appear some minutes after they happened.`;
}

async function denialsFrom(
  terminal: Terminal,
  text: string,
  { event, minutes }: DiagnoseFlags,
  access: AwsAccess | undefined,
): Promise<readonly Denial[]> {
  if (minutes !== undefined && access !== undefined) {
    const since = new Date(Date.now() - minutes * 60_000);
    terminal.status("        looking up the latest events of CloudTrail …");
    return interruptible((signal) => recentDenials(access, since, signal));
  }
  if (event !== undefined) return readDenials(await readable(`--event ${event}`, () => fileText(event)));
  const piped = async (): Promise<string> => textIn(await buffer(process.stdin));
  return readDenials(text === "" ? await readable("what came in on stdin", piped) : text);
}

function checkOneSource(text: string, { event, minutes }: DiagnoseFlags): void {
  const sources = [text === "" ? undefined : text, event, minutes].filter((source) => source !== undefined);
  if (sources.length > 1) {
    throw new CommandError(exitCode.usage, "give one of: the error's text, --event FILE, --minutes N.");
  }
  if (sources.length === 0 && process.stdin.isTTY) {
    throw new CommandError(
      exitCode.usage,
      "nothing to diagnose: give the error's text, --event FILE or --minutes N, or pipe the error in.",
    );
  }
}

async function givenPolicies({ identityPolicy, scp, rcp }: DiagnoseFlags): Promise<KnownPolicies> {
  return {
    ...(identityPolicy.length > 0
      ? { "identity-based policy": await policies("--identity-policy", identityPolicy) }
      : {}),
    ...(scp.length > 0 ? { "service control policy": await policies("--scp", scp) } : {}),
    ...(rcp.length > 0 ? { "resource control policy": await policies("--rcp", rcp) } : {}),
  };
}

function policies(option: string, files: readonly string[]): Promise<readonly KnownPolicy[]> {
  return Promise.all(files.map((file) => policyFrom(option, file)));
}

async function policyFrom(option: string, file: string): Promise<KnownPolicy> {
  const text = await readable(`${option} ${file}`, () => fileText(file));
  try {
    return knownPolicy(basename(file), text);
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    throw new CommandError(exitCode.usage, `${option} ${file} is no policy: ${error.message}`);
  }
}

async function readable(what: string, read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = "code" in error && error.code === "ENOENT" ? "there is no such file" : error.message;
    throw new CommandError(exitCode.usage, `${what} cannot be read: ${why}.`);
  }
}
