import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The official plugins that the stand-ins take the place of, in the versions that the Pulumi SDKs of this kit ask for. */
const plugins = [
  { name: "aws", version: "7.48.0" },
  { name: "aws-native", version: "1.79.0" },
] as const;

/**
 * Installs the stand-in plugins into a Pulumi home of one's own, as the engine finds any plugin: an executable in a folder
 * named after plugin and version. It starts the program in this checkout, so there is nothing to install again later.
 *
 * @param pulumiHome what `PULUMI_HOME` names; created where it is missing
 * @param node absolute path of a Node.js that runs TypeScript (22.18 or newer)
 *
 * @example
 * await installPlugins(join(checkout, ".local", "pulumi-home"), process.execPath);
 */
export async function installPlugins(pulumiHome: string, node: string): Promise<void> {
  await Promise.all(plugins.map(({ name, version }) => installPlugin(pulumiHome, node, name, version)));
}

async function installPlugin(pulumiHome: string, node: string, name: string, version: string): Promise<void> {
  const folder = join(pulumiHome, "plugins", `resource-${name}-v${version}`);
  const executable = join(folder, `pulumi-resource-${name}`);
  await mkdir(folder, { recursive: true });
  // Written aside first: an engine that looks meanwhile never sees half a plugin.
  const draft = `${executable}.${process.pid}`;
  await writeFile(draft, `#!/bin/sh\nexec ${quoted(node)} ${quoted(programOf(name))} "$@"\n`);
  await chmod(draft, 0o755);
  await rename(draft, executable);
}

/** The plugin's program beside this file, in the same language: sources run as they are, a packed library is compiled. */
function programOf(name: string): string {
  return fileURLToPath(new URL(`./${name}/main${extname(import.meta.filename)}`, import.meta.url));
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
