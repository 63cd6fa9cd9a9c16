import { openAwsCli, whyNoAwsCli } from "./aws-cli.ts";
import type { Client, ClientOptions } from "./client.ts";
import { openGoClient } from "./go.ts";
import { buildGoProgram } from "./go-program.ts";
import { openJavaScriptClient } from "./javascript.ts";

export type OpenClient = (options: ClientOptions) => Client | Promise<Client>;

/** Sets the clients up that this machine can have; names those that it cannot, and why. */
export async function everyClient(): Promise<readonly OpenClient[]> {
  return [openJavaScriptClient, ...(await awsCli()), ...(await go())];
}

async function awsCli(): Promise<readonly OpenClient[]> {
  const reason = await whyNoAwsCli();
  return reason === undefined ? [openAwsCli] : skipped("AWS CLI", reason);
}

async function go(): Promise<readonly OpenClient[]> {
  const program = await buildGoProgram();
  return "file" in program
    ? [(options) => openGoClient(program.file, options)]
    : skipped("AWS SDK for Go", program.missing);
}

function skipped(client: string, reason: string): readonly [] {
  process.stderr.write(`    skipped: the ${client}: ${reason}\n`);
  return [];
}
