import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";

const checkout = dirname(dirname(import.meta.dirname));

/** How a program ended, and what it said. */
export interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** A copy of what set-up needs, in a folder of its own, with a PATH that holds what a test puts there and the shell's tools. */
export class ScratchCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), "break-glass-set-up-"));
  readonly local = join(this.folder, ".local");
  readonly #tools = join(this.folder, "tools");

  constructor() {
    for (const name of ["toolchain", "package.json", "package-lock.json"]) {
      cpSync(join(checkout, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(checkout, "node_modules"), join(this.folder, "node_modules"));
    mkdirSync(this.#tools);
    for (const name of ["sh", "cat", "cp", "mkdir", "rm", "chmod", "dirname", "uname", "sleep"]) {
      symlinkSync(join("/bin", name), join(this.#tools, name));
    }
    symlinkSync(process.execPath, join(this.#tools, "node"));
  }

  /** Puts a shell script on this checkout's PATH. */
  addTool(name: string, script: string): void {
    const file = join(this.#tools, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  addFile(file: string, content: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Puts a whole Pulumi engine on PATH that does nothing but tell its version. */
  addPulumi(version: string, companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]): string {
    this.addTool("pulumi", `echo v${version}`);
    for (const name of companions) this.addTool(name, "exit 0");
    return this.#tools;
  }

  /**
   * Runs one of the toolchain's programs.
   * @param site what Pulumi's site answers: the text of the installation script; without one it cannot be reached
   */
  async run(program: string, { site, options = [] }: { site?: string; options?: string[] } = {}): Promise<Ended> {
    const answer =
      site === undefined
        ? `Promise.reject(new TypeError("offline"))`
        : `Promise.resolve(new Response(${JSON.stringify(site)}))`;
    const preload = join(this.folder, "site.mjs");
    writeFileSync(preload, `globalThis.fetch = () => ${answer};\n`);
    const child = spawn(process.execPath, ["--import", preload, join(this.folder, "toolchain", program), ...options], {
      cwd: this.folder,
      env: { PATH: this.#tools, HOME: this.folder },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const output = text(child.stderr);
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    return { status, output: await output };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
