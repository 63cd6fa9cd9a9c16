import ts from "typescript";
import { z } from "zod";

/** What of the checkout's package.json the packed one is made of. */
export const checkoutManifest = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
  dependencies: z.record(z.string(), z.string()),
});

export type CheckoutManifest = z.infer<typeof checkoutManifest>;

/** The rooms that other programs may enter. */
const offeredRooms = ["components", "iam", "root-access"] as const;

/**
 * The package.json of the packed library and command. Its dependencies are what the compiled code and its declarations
 * import, at the checkout's exact versions. Pulumi's own packages are peers: a program has them already, and two copies of
 * one would not know each other's resources.
 *
 * @param codes the text of every compiled `.js` and `.d.ts`
 * @throws Error for an import that the checkout does not declare
 */
export function packedManifest(
  checkout: CheckoutManifest,
  codes: readonly string[],
): Readonly<Record<string, unknown>> {
  const imported = [...new Set(codes.flatMap(importedPackages))].sort();
  const { peers = [], own = [] } = Object.groupBy(imported, (name) => (name.startsWith("@pulumi/") ? "peers" : "own"));
  const { name, version, description, license } = checkout;
  return {
    name,
    version,
    description,
    license,
    type: "module",
    engines: { node: ">=22.12" },
    bin: { "break-glass": "cli/packed.js" },
    exports: {
      ...Object.fromEntries(offeredRooms.map((room) => [`./${room}`, offered(room)])),
      "./package.json": "./package.json",
    },
    imports: Object.fromEntries(offeredRooms.map((room) => [`#${room}`, offered(room)])),
    dependencies: Object.fromEntries(own.map((dependency) => [dependency, versionOf(dependency, checkout)])),
    peerDependencies: Object.fromEntries(peers.map((peer) => [peer, `^${versionOf(peer, checkout)}`])),
  };
}

function offered(room: string): { readonly types: string; readonly default: string } {
  return { types: `./${room}/index.d.ts`, default: `./${room}/index.js` };
}

function importedPackages(code: string): readonly string[] {
  return ts
    .preProcessFile(code)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => !/^(\.|#|node:)/.test(specifier))
    .map((specifier) =>
      specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}

function versionOf(dependency: string, { dependencies }: CheckoutManifest): string {
  const version = dependencies[dependency];
  if (version === undefined) throw new Error(`${dependency} is imported, but package.json has it not as a dependency.`);
  return version;
}
