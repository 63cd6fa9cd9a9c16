import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { motoServer } from "#toolchain";
import type { ClientSettings } from "../../simulator/clients.ts";
import type { AwsServer } from "./bench-server.ts";

const patienceMilliseconds = 30_000;
const pollMilliseconds = 100;

/**
 * moto's server as it comes. It neither checks signatures nor asks policies, and knows one account.
 *
 * @returns `undefined` where set-up could not install it
 */
export async function startMoto(before: readonly string[]): Promise<AwsServer | undefined> {
  const program = motoServer();
  if (program === undefined) return undefined;
  const port = await freePort();
  const [command, ...rest] = [...before, program, "-H", "127.0.0.1", "-p", String(port)];
  const child = spawn(command, rest, { stdio: "ignore" });
  const end = () => child.kill();
  process.once("exit", end);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} cannot be started.`);
  await untilItAnswers(port);
  const settings: ClientSettings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "ap-northeast-2",
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "any" },
  };
  return {
    port,
    pid,
    settings: () => settings,
    stop: async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
      process.off("exit", end);
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("No free port.");
  return address.port;
}

async function untilItAnswers(port: number): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    const answers = await fetch(`http://127.0.0.1:${port}/moto-api/data.json`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return;
    if (performance.now() > deadline) throw new Error("moto's server was started and does not answer.");
    await delay(pollMilliseconds);
  }
}
