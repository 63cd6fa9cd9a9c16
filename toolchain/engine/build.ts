import { execFileSync } from "node:child_process";
import { chmod, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { logFolder } from "../places.ts";
import { runLogged, step } from "../setup/step.mjs";
import { WayClosedError } from "./way-closed-error.ts";

/** The Go that the modules ask for; an older one, from 1.21 on, fetches it by itself. */
export const oldestGo = "1.25.6";

const sdk = "github.com/pulumi/pulumi/sdk/v3";
const commandModule = join(import.meta.dirname, "cli");
const languageHostModule = join(import.meta.dirname, "language-host");

/** What a built engine is made from. */
export const goModuleFiles = [commandModule, languageHostModule].flatMap((folder) =>
  ["go.mod", "go.sum"].map((name) => join(folder, name)),
);

/**
 * Builds the engine from the modules that `cli/go.mod` and `language-host/go.mod` pin; resolves to its folder.
 *
 * @throws WayClosedError without Go, or when the build fails
 */
export async function buildEngine(folder: string): Promise<string> {
  checkGo();
  await step("Pulumi engine, built from Go modules (a few minutes, this once)", () =>
    goBuild({
      module: commandModule,
      program: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      versionOf: "github.com/pulumi/pulumi/pkg/v3",
      output: join(folder, "pulumi"),
    }),
  );
  await step("Pulumi's Node.js language host, built likewise", () =>
    goBuild({
      module: languageHostModule,
      program: `${sdk}/nodejs/cmd/pulumi-language-nodejs`,
      versionOf: sdk,
      output: join(folder, "pulumi-language-nodejs"),
    }),
  );
  await copyLauncher(folder);
  return folder;
}

function checkGo(): void {
  try {
    execFileSync("go", ["version"], { stdio: "ignore" });
  } catch (error) {
    throw new WayClosedError("there is no `go` on it", { cause: error });
  }
}

interface GoProgram {
  readonly module: string;
  readonly program: string;
  /** The Go module whose version the program is to report as its own. */
  readonly versionOf: string;
  readonly output: string;
}

async function goBuild({ module, program, versionOf, output }: GoProgram): Promise<void> {
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath"];
  try {
    const version = describeModule(module, versionOf, "{{.Version}}");
    const linker = `-s -w -X ${sdk}/go/common/version.Version=${version}`;
    await runLogged("go", ["build", ...flags, "-ldflags", linker, "-o", output, program], {
      cwd: module,
      env: goEnvironment(),
      log: join(logFolder, `go-build-${output.split("/").at(-1) ?? ""}.log`),
    });
  } catch (error) {
    throw new WayClosedError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The launcher of dynamic resources is a shell script that the engine's release takes from its Node.js SDK. */
async function copyLauncher(folder: string): Promise<void> {
  const source = describeModule(commandModule, sdk, "{{.Dir}}");
  const launcher = join(folder, "pulumi-resource-pulumi-nodejs");
  await copyFile(join(source, "nodejs", "dist", "pulumi-resource-pulumi-nodejs"), launcher);
  await chmod(launcher, 0o755); // Go's module cache keeps no execute permission.
}

function describeModule(folder: string, module: string, format: string): string {
  return execFileSync("go", ["list", "-mod=readonly", "-m", "-f", format, module], {
    cwd: folder,
    env: goEnvironment(),
    encoding: "utf8",
  }).trim();
}

/** Without a go.work that happens to lie above the checkout. */
function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, GOWORK: "off" };
}
