import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkNpm } from "./machine.mjs";
import { runLogged, step } from "./step.mjs";

/** The root of the checkout. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where everything goes that is made on this machine; git ignores it. */
export const localFolder = join(checkout, ".local");

const packages = join(checkout, "node_modules");
const binaries = join(packages, ".bin");
const ownNode = join(packages, "node", "bin", "node");
const command = join(binaries, "break-glass");

// 22.18 strips types, too, but warns whenever it does.
const oldestNodeForTypeScript = 24;

// Found relative to itself, so that the checkout may be moved.
const commandSource = `#!/bin/sh
here=$(dirname "$0")
if [ -x "$here/node" ]; then node="$here/node"; else node=node; fi
exec "$node" "$here/../../cli/main.mjs" "$@"
`;

/** Installs what package-lock.json names, a Node that runs TypeScript, and the command `break-glass`. */
export async function prepareNode() {
  if (!dependenciesInstalled()) {
    checkNpm();
    // Without their install scripts: those of the Pulumi packages would download plugins.
    await step("dependencies (npm ci)", () => npm(["ci", "--ignore-scripts", "--loglevel=http"], "npm-ci.log"));
  }
  if (!nodeInstalled()) {
    checkNpm();
    await step(`Node ${wantedNode()} beside this machine's own (npm rebuild node)`, () =>
      npm(["rebuild", "node", "--foreground-scripts"], "npm-rebuild-node.log"),
    );
  }
  if (!commandInstalled()) installCommand();
}

/** The Node that runs this checkout's TypeScript: the machine's own where it can. */
export function nodeForTypeScript() {
  return existsSync(ownNode) ? ownNode : process.execPath;
}

function npm(args, log) {
  return runLogged("npm", args, { cwd: checkout, log: join(localFolder, "logs", log) });
}

/**
 * npm leaves node_modules/.package-lock.json behind when, and only when, it has finished: what that lists is installed.
 * What was interrupted, or belongs to another package-lock.json, is installed anew.
 */
function dependenciesInstalled() {
  const installedFile = join(packages, ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const installed = readJson(installedFile).packages;
  return Object.entries(readJson(join(checkout, "package-lock.json")).packages).every(
    ([path, wanted]) =>
      path === "" ||
      (installed[path] === undefined
        ? wanted.optional === true // for other platforms
        : installed[path].version === wanted.version && installed[path].integrity === wanted.integrity),
  );
}

/**
 * A machine that has a Node like it needs no other. This process itself may run on the other one, which npm ci has just
 * removed.
 */
function nodeInstalled() {
  const isMachineNode = !process.execPath.startsWith(packages);
  return existsSync(ownNode) || (isMachineNode && Number.parseInt(process.versions.node) >= oldestNodeForTypeScript);
}

function wantedNode() {
  return readJson(join(packages, "node", "package.json")).version;
}

function commandInstalled() {
  return existsSync(command) && readFileSync(command, "utf8") === commandSource;
}

/**
 * package.json has no `bin`: for a package's own bin, npx makes a copy of the package in its cache, from the registry.
 * A command in node_modules/.bin it simply runs.
 */
function installCommand() {
  mkdirSync(binaries, { recursive: true });
  writeFileSync(command, commandSource);
  chmodSync(command, 0o755);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
