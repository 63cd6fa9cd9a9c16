import { expect } from "chai";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { knownSettings } from "#components";
import { parseRecordLine } from "#root-access";
import { services } from "../simulator/services/registry.ts";
import { settingsOfSchema } from "./documented-settings.ts";

const checkout = join(import.meta.dirname, "..");

describe("the documents", () => {
  it("list the sandbox's services and operations as they are", async () => {
    const text = await readFile(join(checkout, "docs", "sandbox.md"), "utf8");
    const documented = new Map(
      [...text.matchAll(/^\| ([a-z0-9]+) \| ([A-Z][A-Za-z0-9, ]+) \|$/gm)].map(([, name, list]) => [
        name,
        list?.split(", "),
      ]),
    );
    const modelled = new Map(services.map(({ name, operations }) => [name, Object.keys(operations).sort()]));
    expect(documented).to.deep.equal(modelled);
  });

  it("list every setting of the organization stack, and no other, with its type, default and an example", async () => {
    const text = await readFile(join(checkout, "README.md"), "utf8");
    const rows = text.match(/^\| `(aws-break-glass:)?[A-Za-z.]+` \| .*$/gm) ?? [];
    const documented = rows.map((row) => row.slice(2).split(/ \|(?: |$)/));
    const settings = settingsOfSchema();
    expect(documented.map(([name = ""]) => settingName(name))).to.have.members([...knownSettings()]);
    for (const [name = "", type = "", standard = "", example = ""] of documented) {
      const setting = settings.get(settingName(name));
      expect(type, name).to.equal(setting?.type);
      expect(standard === "required", `${name} is required`).to.equal(setting?.isRequired);
      if (setting?.default !== undefined) expect(standard, name).to.equal(`\`${setting.default}\``);
      else expect(standard, `${name} has no default but in words`).to.not.match(/^(`[^`:]*`)?$/);
      expect(typesOf(parse(/^`(.+)`$/.exec(example)?.[1] ?? "")), `${name}: ${example}`).to.include(type);
    }
  });

  it("show records as they are", async () => {
    const text = await readFile(join(checkout, "docs", "records.md"), "utf8");
    const lines = text.split("\n").filter((line) => line.startsWith("{"));
    expect(lines.map((line) => parseRecordLine(line)?.event)).to.deep.equal(["begun", "changing", "ended"]);
  });

  it("are linked to each other by files that exist", async () => {
    const files = [
      "README.md",
      "ARCHITECTURE.md",
      "CONTRIBUTING.md",
      "docs/aws-behaviour.md",
      "docs/records.md",
      "docs/runbook.md",
      "docs/sandbox.md",
    ];
    for (const file of files) {
      const text = await readFile(join(checkout, file), "utf8");
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        await readFile(join(checkout, file, "..", target)).catch(() => {
          throw new Error(`${file} links to ${target}, which is not there`);
        });
      }
    }
  });

  it("hold every section of aws-behaviour.md that the code cites", async () => {
    const text = await readFile(join(checkout, "docs", "aws-behaviour.md"), "utf8");
    const sections = [...text.matchAll(/^## (\d+)\./gm)].map(([, number]) => number);
    const files = (await promisify(execFile)("git", ["ls-files", "*.ts"], { cwd: checkout })).stdout.trim().split("\n");
    const cited = new Set<string>();
    for (const file of files) {
      const code = await readFile(join(checkout, file), "utf8");
      for (const [, numbers = ""] of code.matchAll(/aws-behaviour\.md, sections? ([\d, and to]+\d|\d+)/g)) {
        for (const number of numbers.match(/\d+/g) ?? []) cited.add(number);
      }
    }
    expect(cited.size).to.be.greaterThan(5);
    expect(sections).to.include.members([...cited]);
  });

  it("have, for every section of aws-behaviour.md, tests that are named after it", async () => {
    const text = await readFile(join(checkout, "docs", "aws-behaviour.md"), "utf8");
    const files = (await promisify(execFile)("git", ["ls-files", "*.test.ts"], { cwd: checkout })).stdout.trim();
    const tests = await Promise.all(files.split("\n").map((file) => readFile(join(checkout, file), "utf8")));
    const named = new Set(tests.join().match(/(?<=["'`]section )\d+(?=: )/g));
    expect([...text.matchAll(/^## (\d+)\./gm)].map(([, number]) => number)).to.have.members([...named]);
  });
});

function settingName(cell: string): string {
  return cell.replaceAll("`", "").replace("aws-break-glass:", "");
}

/** The types of which a value in YAML can be. */
function typesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return typesOf(value[0]).map((type) => `list of ${type}s`);
  if (typeof value === "string") return ["text", "account", "word"];
  if (typeof value === "boolean") return ["true or false"];
  return typeof value === "object" && value !== null ? ["object"] : [];
}
