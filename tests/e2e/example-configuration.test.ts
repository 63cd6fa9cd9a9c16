import { expect } from "chai";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { knownSettings, parseConfiguration } from "#components";
import { checkout, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

const example = join(checkout, "docs", "Pulumi.example.yaml");
const values = z.record(z.string(), z.object({ value: z.string() }));

/** The example for a real organization, as the engine reads it. */
describe("docs/Pulumi.example.yaml", function () {
  this.timeout(60_000);

  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await openTestSandbox();
  });

  after(async () => {
    await sandbox.close();
  });

  it("is a configuration that the stack takes", async () => {
    const words = ["config", "--json", "--stack", "dev", "--config-file", example];
    const { stdout } = expectStatus(await sandbox.run("pulumi", words), 0);
    const config = Object.entries(values.parse(JSON.parse(stdout))).map(([key, { value }]) => [key, value] as const);
    expect(parseConfiguration(Object.fromEntries(config))).to.have.property("accepted");
  });

  it("shows every setting, in use or commented", async () => {
    const text = await readFile(example, "utf8");
    const shown = knownSettings().filter((setting) =>
      new RegExp(`\\b${setting.split(".").at(-1) ?? ""}(: |:\\n|\`)`).test(text),
    );
    expect(shown).to.deep.equal(knownSettings());
  });
});
