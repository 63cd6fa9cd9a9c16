import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { checkout, expectStatus, type TestSandbox } from "./sandbox.ts";

/** Tests of the rows of docs/adoption.md, each under the row's first two columns. */
export interface ShownRows {
  readonly row: (what: string, there: string, test: () => void | Promise<void>) => void;
  /** Those that have a test, to be compared with the document. */
  readonly shown: readonly string[];
}

export function shownRows(): ShownRows {
  const shown: string[] = [];
  return {
    shown,
    row: (what, there, test) => {
      shown.push(`${what}: ${there}`);
      it(`${what}: ${there}`, test);
    },
  };
}

/** The rows of docs/adoption.md: those about the alerts, or the others. */
export async function documentedRows(about: "alerts" | "others"): Promise<readonly string[]> {
  const text = await readFile(join(checkout, "docs", "adoption.md"), "utf8");
  const rows = [...text.matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm)]
    .map(([, what, there]) => `${what}: ${there}`)
    .slice(2);
  return rows.filter((row) => row.startsWith("alert") === (about === "alerts"));
}

/** As if the state had been lost: everything stays at AWS. */
export async function forgetEverything(sandbox: TestSandbox): Promise<void> {
  const words = ["--stack", "dev", "--non-interactive"];
  const { stdout } = expectStatus(await sandbox.run("pulumi", ["stack", "export", ...words]), 0);
  const { deployment, ...rest } = z.looseObject({ deployment: z.looseObject({}) }).parse(JSON.parse(stdout));
  const file = join(sandbox.folder, "nothing.json");
  await writeFile(file, JSON.stringify({ ...rest, deployment: { ...deployment, resources: [] } }));
  expectStatus(await sandbox.run("pulumi", ["stack", "import", "--file", file, ...words]), 0);
}
