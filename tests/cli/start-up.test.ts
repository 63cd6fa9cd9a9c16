import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";
import { createProgram } from "../../cli/program.ts";
import { processTerminal } from "../../cli/terminal.ts";
import { checkoutVerbs } from "../../cli/verbs/of-a-checkout.ts";

const checkout = join(import.meta.dirname, "..", "..");

/** Writes to stderr, as the process ends, what it has loaded: files and packages, and Node's own modules. */
const watcher = `
  import { registerHooks } from "node:module";
  const urls = [];
  registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) });
  process.on("exit", () => console.error("LOADED " + JSON.stringify({ urls, own: process.moduleLoadList })));
`;

const loadedSchema = z.object({ urls: z.array(z.string()), own: z.array(z.string()) });

/** What a start of the command loads. */
function loadedBy(file: string, ...words: readonly string[]): z.infer<typeof loadedSchema> {
  const watched = ["--import", `data:text/javascript,${encodeURIComponent(watcher)}`];
  const ended = spawnSync(process.execPath, [...watched, join(checkout, "cli", file), ...words], { encoding: "utf8" });
  const [, told] = /^LOADED (.*)$/m.exec(ended.stderr) ?? [];
  return loadedSchema.parse(JSON.parse(told ?? "{}"));
}

function packagesIn(urls: readonly string[]): ReadonlySet<string> {
  return new Set(urls.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []));
}

function sourcesIn(urls: readonly string[]): readonly string[] {
  const root = new URL(`file://${checkout}/`).href;
  return urls
    .filter((url) => url.startsWith(root) && !url.includes("/node_modules/"))
    .map((url) => url.slice(root.length));
}

describe("the command's start", function () {
  this.timeout(60_000);
  this.slow(5_000);

  const verbs = createProgram(processTerminal(), checkoutVerbs).commands.map((verb) => verb.name());
  for (const words of [["--help"], ["--version"], ...verbs.map((verb) => [verb, "--help"]), ["no-such-verb"]]) {
    it(`${words.join(" ")} loads the arguments of the verbs and no room, no SDK client, no engine`, () => {
      const { urls } = loadedBy("main.mjs", ...words);
      expect([...packagesIn(urls)]).to.have.members(["commander", "picocolors"]);
      const sources = sourcesIn(urls).filter((file) => !file.startsWith("cli/verbs/"));
      expect(sources).to.have.members([
        "cli/main.mjs",
        "cli/run.ts",
        "cli/exit-code.ts",
        "cli/failure-json.ts",
        "cli/program.ts",
        "cli/terminal.ts",
      ]);
    });
  }

  it("a verb that is called loads its room: what is asserted above can be seen", () => {
    const { urls } = loadedBy("main.mjs", "audit", "--account", "1");
    expect(packagesIn(urls)).to.include("zod");
    expect(sourcesIn(urls)).to.include("root-access/index.ts");
  });

  it("is compiled once: the second one strips no types", () => {
    const strips = ({ own }: z.infer<typeof loadedSchema>): boolean => own.some((name) => name.includes("deps/amaro"));
    loadedBy("main.mjs", "--help");
    expect(strips(loadedBy("main.mjs", "--help"))).to.equal(false);
    expect(strips(loadedBy("main.ts", "--help")), "a start by main.ts, which has to be stripped").to.equal(true);
  });
});
