import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { openTestSandbox, type TestSandbox } from "../sandbox.ts";

const host = join(import.meta.dirname, "host.ts");
const launcher = join(import.meta.dirname, "launcher.mjs");

/**
 * A test sandbox whose provider plugins run in one process that is there already; the test closes it. The engine starts two
 * to five plugins for each command, and most of a plugin's time is Node's start.
 *
 * The code is the plugins' own, each provider instance is a new one on a port of its own, and plugins keep nothing
 * outside of it, so no command finds anything of another. What is not the same is the process: tests that kill or wait for
 * a sandbox's processes, and those of the plugins and of the sandbox themselves, have {@link openTestSandbox} and the real
 * executables.
 */
export async function openSandboxWithSharedPlugins(
  options: Parameters<typeof openTestSandbox>[0] = {},
): Promise<TestSandbox> {
  const sandbox = await openTestSandbox(options);
  // Not in the sandbox's folder: the path of a socket has little room.
  const place = await mkdtemp(join(tmpdir(), "break-glass-plugins-"));
  const socket = join(place, "socket");
  const plugins = await startHost(socket, sandbox);
  await replaceExecutables(join(sandbox.folder, "pulumi", "home", "plugins"), socket);
  return {
    ...sandbox,
    close: async () => {
      plugins.stdin.end();
      if (plugins.exitCode === null) await once(plugins, "exit");
      await rm(place, { recursive: true });
      await sandbox.close();
    },
  };
}

async function startHost(
  socket: string,
  { environment }: TestSandbox,
): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const child = spawn(process.execPath, [host, socket], { env: environment, stdio: ["pipe", "pipe", "inherit"] });
  await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
  if (child.exitCode !== null) throw new Error(`The plugins' host ended with ${child.exitCode}.`);
  return child;
}

async function replaceExecutables(plugins: string, socket: string): Promise<void> {
  for (const name of await readdir(plugins)) {
    const plugin = name.replace(/^resource-(.*)-v[\d.]+$/, "$1");
    const executable = join(plugins, name, `pulumi-resource-${plugin}`);
    const alone = `${executable}.alone`;
    await rename(executable, alone);
    const words = [process.execPath, launcher, socket, plugin, alone].map((word) => `'${word}'`);
    await writeFile(executable, `#!/bin/sh\nexec ${words.join(" ")}\n`);
    await chmod(executable, 0o755);
  }
}
