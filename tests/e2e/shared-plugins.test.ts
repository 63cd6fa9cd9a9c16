import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { TestSandbox } from "./sandbox.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

interface StartedPlugin {
  readonly child: ChildProcess;
  readonly port: number;
}

/** What the tests of the stacks rely on: no plugin in the shared process has anything of another. */
describe("plugins that share a process", function () {
  this.timeout(60_000);

  it("have a port each, and end with what the engine started, without the others", async () => {
    const sandbox = await openSandboxWithSharedPlugins();
    const [one, other] = [await start(sandbox), await start(sandbox)];
    expect(one.port).to.not.equal(other.port);
    one.child.kill("SIGKILL");
    await closed(one.port);
    expect(await answers(other.port)).to.equal(true);
    other.child.kill("SIGKILL");
    await closed(other.port);
    await sandbox.close();
  });

  it("are not for a command with other AWS settings, which has the real executable", async () => {
    const sandbox = await openSandboxWithSharedPlugins();
    const shared = await start(sandbox);
    const alone = await start(sandbox, { AWS_PROFILE: "orders" });
    await sandbox.close();
    await closed(shared.port);
    expect(await answers(alone.port)).to.equal(true);
    alone.child.kill("SIGKILL");
    await closed(alone.port);
  });
});

async function start(sandbox: TestSandbox, environment: NodeJS.ProcessEnv = {}): Promise<StartedPlugin> {
  const executable = join(sandbox.folder, "pulumi", "home", "plugins", "resource-aws-v7.48.0", "pulumi-resource-aws");
  const env = { ...sandbox.environment, ...environment };
  const child = spawn(executable, ["127.0.0.1:1"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, port: Number(line) };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}

/** Resolves when nobody listens any more; the test's own time limit is the deadline. */
async function closed(port: number): Promise<void> {
  while (await answers(port)) await delay(20);
}
