import { join } from "node:path";
import { z } from "zod";
import { sandboxEnvironment } from "../../../cli/sandbox/environment.ts";
import { startNode } from "../child.ts";

export interface CommandSandboxSettings {
  readonly accounts: number;
  readonly latencyMilliseconds: number;
  /** AssumeRoot's limit. Default: none. */
  readonly assumeRootPerSecond?: number;
}

/** A sandbox in which commands run. */
export interface CommandSandbox {
  /** Where a command finds the sandbox and its profiles, and what it leaves goes. */
  readonly environment: NodeJS.ProcessEnv;
  /** Locks the bucket, and begins the trail anew. */
  readonly lock: () => Promise<void>;
  readonly trail: () => Promise<readonly TrailEntry[]>;
  readonly stop: () => Promise<void>;
}

export type TrailEntry = z.infer<typeof trailSchema>[number];

const readySchema = z.strictObject({
  endpoint: z.string(),
  folder: z.string(),
  configFile: z.string(),
  credentialsFile: z.string(),
});
const trailSchema = z.array(z.strictObject({ name: z.string(), by: z.string(), failed: z.boolean() }));

export async function startCommandSandbox(settings: CommandSandboxSettings): Promise<CommandSandbox> {
  const child = startNode([], join(import.meta.dirname, "sandbox.ts"));
  const ask = (message: object): Promise<unknown> => {
    const answer = child.next();
    child.send(message);
    return answer;
  };
  const { endpoint, folder, configFile, credentialsFile } = readySchema.parse(await ask(settings));
  const places = { endpoint, folder, awsConfigFile: configFile, awsCredentialsFile: credentialsFile };
  const noPulumi = { pulumiHome: folder, pulumiBackendUrl: `file://${folder}`, pathFirst: [] };
  return {
    environment: sandboxEnvironment({ ...places, ...noPulumi }, process.env),
    lock: async () => {
      await ask({ ask: "lock" });
    },
    trail: async () => trailSchema.parse(await ask({ ask: "trail" })),
    stop: child.stop,
  };
}
