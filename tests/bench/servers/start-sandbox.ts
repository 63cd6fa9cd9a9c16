import { join } from "node:path";
import { z } from "zod";
import { sandboxAccounts } from "#simulator";
import { startNode } from "../child.ts";
import type { AwsServer } from "./bench-server.ts";

const readySchema = z.strictObject({
  port: z.int(),
  administrators: z.array(
    z.strictObject({ accountId: z.string(), accessKeyId: z.string(), secretAccessKey: z.string() }),
  ),
});

/** @param before what goes in front of its command, such as `taskset -c 0` */
export async function startSandbox(before: readonly string[]): Promise<AwsServer> {
  const child = startNode(before, join(import.meta.dirname, "sandbox.ts"));
  const { port, administrators } = readySchema.parse(await child.next());
  return {
    port,
    pid: child.pid,
    settings: (account) => {
      const key = administrators.find(({ accountId }) => accountId === sandboxAccounts[account]);
      if (!key) throw new Error(`The sandbox has no administrator of ${account}.`);
      const { accessKeyId, secretAccessKey } = key;
      const endpoint = `http://127.0.0.1:${port}`;
      return { endpoint, region: "ap-northeast-2", maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } };
    },
    stop: child.stop,
  };
}
