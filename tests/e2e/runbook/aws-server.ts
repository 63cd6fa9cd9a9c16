import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { awsCliFolder } from "#toolchain";
import { searchPath } from "../../../cli/sandbox/binaries.ts";
import { sandboxEnvironment } from "../../../cli/sandbox/environment.ts";
import { type AwsProgram, openAwsProgram } from "../clients/aws-program.ts";

/** An `aws` for the front of PATH: the real AWS CLI, without Python's start for each command of a script. */
export interface AwsServer {
  /** Holds the program `aws` and nothing else. */
  readonly binaries: string;
  readonly close: () => Promise<void>;
}

const askedSchema = z.strictObject({ words: z.array(z.string()), environment: z.record(z.string(), z.string()) });

/** Resolves to undefined where there is no AWS CLI. Commands go to the endpoint in AWS_ENDPOINT_URL of their environment. */
export async function openAwsServer(): Promise<AwsServer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "break-glass-aws-server-"));
  const program = await openAwsProgram(environmentOfTheProgram(folder), folder);
  if (!program) {
    await rm(folder, { recursive: true });
    return undefined;
  }
  const socketPath = join(folder, "socket");
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    answer(program, socket).catch((error: unknown) => socket.destroy(error instanceof Error ? error : undefined));
  });
  await once(server.listen(socketPath), "listening");
  await writeLauncher(join(folder, "aws"), socketPath);
  return {
    binaries: folder,
    close: async () => {
      server.close();
      await program.close();
      await rm(folder, { recursive: true });
    },
  };
}

function environmentOfTheProgram(folder: string): NodeJS.ProcessEnv {
  const none = join(folder, "none");
  const pathFirst = [...searchPath(process.env["PATH"]), ...[awsCliFolder()].filter((path) => path !== undefined)];
  const files = { awsConfigFile: none, awsCredentialsFile: none, pulumiHome: folder, pulumiBackendUrl: "" };
  return sandboxEnvironment({ endpoint: "http://127.0.0.1:1", folder, pathFirst, ...files }, process.env);
}

async function answer(program: AwsProgram, socket: Socket): Promise<void> {
  const { words, environment } = askedSchema.parse(JSON.parse(await text(socket)));
  // Of version 1 every service heeds the option, and not every service the variable.
  const endpoint = ["--endpoint-url", environment["AWS_ENDPOINT_URL"] ?? "http://127.0.0.1:1"];
  socket.end(JSON.stringify(await program.run([...endpoint, ...words], environment)));
}

async function writeLauncher(file: string, socketPath: string): Promise<void> {
  const client = join(import.meta.dirname, "aws-through-socket.mjs");
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${client}' '${socketPath}' "$@"\n`);
  await chmod(file, 0o755);
}
