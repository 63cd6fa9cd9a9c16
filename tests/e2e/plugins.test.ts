import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { modelledTypes } from "../../simulator/plugins/aws/registry.ts";
import { checkout, type Ended, expectStatus, openTestSandbox, type TestSandbox } from "./sandbox.ts";

const settings = {
  "aws:profile": "management",
  "aws:region": "us-east-1",
  "aws-native:profile": "management",
  "aws-native:region": "us-east-1",
};

const exportedState = z.object({
  deployment: z.object({
    resources: z
      .array(z.object({ urn: z.string(), type: z.string(), initErrors: z.array(z.string()).default([]) }))
      .default([]),
  }),
});

/** The stand-in provider plugins under the real engine, in programs of their own. */
describe("the stand-in plugins under the engine", function () {
  this.timeout(300_000);

  let sandbox: TestSandbox;
  let settingsFile: string;

  before(async () => {
    sandbox = await openTestSandbox();
    settingsFile = join(sandbox.folder, "plugins.yaml");
    await writeFile(settingsFile, JSON.stringify({ config: settings }));
  });

  after(async () => {
    await sandbox.close();
  });

  /** One command on a program's stack, named after the program. */
  function pulumi(program: string, words: readonly string[], edition = "1"): Promise<Ended> {
    return sandbox.run("pulumi", [...words, "--stack", program, "--non-interactive", "--color", "never"], {
      folder: join(checkout, "tests", "e2e", "plugin-programs"),
      environment: { PLUGIN_PROGRAM: program, PLUGIN_PROGRAM_EDITION: edition },
    });
  }

  const configured = (...words: readonly string[]): string[] => [...words, "--config-file", settingsFile];
  const up = (): string[] => configured("up", "--yes", "--skip-preview");
  const refresh = (): string[] => configured("refresh", "--yes", "--skip-preview");

  async function initialize(program: string): Promise<void> {
    const words = ["stack", "init", program, "--non-interactive"];
    const folder = join(checkout, "tests", "e2e", "plugin-programs");
    expectStatus(await sandbox.run("pulumi", words, { folder }), 0);
  }

  async function resources(program: string): Promise<z.infer<typeof exportedState>["deployment"]["resources"]> {
    const { stdout } = expectStatus(await pulumi(program, ["stack", "export"]), 0);
    return exportedState.parse(JSON.parse(stdout)).deployment.resources;
  }

  describe("with a resource of every type", () => {
    const program = "everyType";

    before(() => initialize(program));

    it("preview without sending a change", async () => {
      const { stdout } = expectStatus(await pulumi(program, configured("preview")), 0);
      expect(stdout).to.match(/\+ 26 to create/);
      const changes = sandbox.organization.state.trail.filter(({ readOnly }) => !readOnly);
      expect(changes.map(({ eventName }) => eventName)).to.deep.equal([]);
    });

    it("make them, and find no difference afterwards", async () => {
      expectStatus(await pulumi(program, up()), 0);
      expect((await resources(program)).map(({ type }) => type)).to.include.members([...modelledTypes]);
      expectStatus(await pulumi(program, configured("preview", "--expect-no-changes")), 0);
      expectStatus(await pulumi(program, [...refresh(), "--expect-no-changes"]), 0);
    });

    it("change them in place, and find no difference afterwards", async () => {
      const { stdout } = expectStatus(await pulumi(program, up(), "2"), 0);
      expect(stdout)
        .to.match(/~ 15 updated/)
        .and.not.match(/replaced|created/);
      expectStatus(await pulumi(program, [...refresh(), "--expect-no-changes"], "2"), 0);
      expectStatus(await pulumi(program, configured("preview", "--expect-no-changes"), "2"), 0);
    });

    it("see what was taken away behind their back, and make it again", async () => {
      sandbox.organization.state.organization.rootFeatures.clear();
      const refreshed = expectStatus(await pulumi(program, refresh(), "2"), 0);
      expect(refreshed.stdout).to.match(/- 1 deleted/);
      expectStatus(await pulumi(program, up(), "2"), 0);
      expect([...sandbox.organization.state.organization.rootFeatures]).to.deep.equal(["RootSessions"]);
    });

    it("take all of it away", async () => {
      const { stdout } = expectStatus(await pulumi(program, configured("destroy", "--yes", "--skip-preview"), "2"), 0);
      expect(stdout).to.match(/- 26 deleted/);
      const { buckets, queues, organization, identityCenter } = sandbox.organization.state;
      // The name of a deleted queue is remembered for a minute.
      const left = [...queues.values()].filter(({ deleted }) => !deleted);
      const { rootFeatures } = organization;
      expect([buckets.size, left.length, rootFeatures.size, identityCenter.permissionSets.size]).to.deep.equal([
        0, 0, 0, 0,
      ]);
      const { topics, subscriptions, eventRules, keyAliases } = sandbox.organization.state;
      expect([topics.size, subscriptions.size, eventRules.size, keyAliases.size]).to.deep.equal([0, 0, 0, 0]);
      expect([...organization.policies.keys()]).to.have.length(3);
      expect([...organization.trustedServices.keys()]).to.deep.equal(["cloudtrail.amazonaws.com", "sso.amazonaws.com"]);
    });
  });

  describe("with a bucket locked the obvious way", () => {
    const program = "lockedBucket";

    before(() => initialize(program));

    it("fail on the read-back, lock the bucket, and keep the policy as failed", async () => {
      const { stdout } = expectStatus(await pulumi(program, up()), 255);
      expect(stdout).to.match(/GetBucketPolicy.*AccessDenied.*explicit deny in a resource-based policy/);
      const policy = (await resources(program)).find(({ type }) => type === "aws:s3/bucketPolicy:BucketPolicy");
      expect(policy?.initErrors.join("")).to.match(/AccessDenied/);
    });

    it("drop the bucket from the state on a refresh, though it exists", async () => {
      await pulumi(program, refresh());
      expect((await resources(program)).map(({ type }) => type)).not.to.include("aws:s3/bucket:Bucket");
      expect(sandbox.organization.state.buckets.has("obviously-locked")).to.equal(true);
    });
  });

  for (const [program, name] of [
    ["unmodelledType", "aws:dynamodb/table:Table"],
    ["unmodelledProperty", '"acl" of aws:s3/bucket:Bucket'],
  ] as const) {
    it(`refuse ${name} by name and create nothing`, async () => {
      await initialize(program);
      const { stdout } = expectStatus(await pulumi(program, up()), 255);
      expect(stdout).to.match(/The stand-in for the aws plugin does not model the (resource type|property) /);
      expect(stdout).to.include(name);
      expect((await resources(program)).map(({ type }) => type)).to.deep.equal([
        "pulumi:pulumi:Stack",
        "pulumi:providers:aws",
      ]);
    });
  }
});
