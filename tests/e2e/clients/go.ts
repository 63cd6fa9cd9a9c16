import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import { type Client, clientEnvironment, type ClientOptions, type Outcome } from "./client.ts";

const outcomeSchema = z.union([
  z.strictObject({ answer: z.record(z.string(), z.json()) }),
  z.strictObject({ refusal: z.strictObject({ code: z.string(), message: z.string(), status: z.number() }) }),
  z.strictObject({ failure: z.string() }),
]);

/** The AWS SDK for Go, in a process that answers line by line until its input ends. */
export function openGoClient(program: string, options: ClientOptions): Client {
  const environment = { ...clientEnvironment(options), AWS_CONFIG_FILE: "none", AWS_SHARED_CREDENTIALS_FILE: "none" };
  const child = spawn(program, [], { env: environment, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    name: "AWS SDK for Go",
    call: async (request): Promise<Outcome> => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error("The AWS SDK for Go's process ended without an outcome.");
      return outcomeSchema.parse(JSON.parse(line.value));
    },
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
