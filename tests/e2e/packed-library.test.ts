import { expect } from "chai";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pack } from "../../toolchain/package/pack.ts";
import { type FreshProgram, groupId, installedIn, plainProgram, typedProgram } from "./fresh-programs.ts";
import { type Ended, expectStatus, openTestSandbox, runToFiles, type TestSandbox } from "./sandbox.ts";

describe("the packed library", function () {
  this.timeout("8 minutes");
  this.slow(60_000);

  let folder: string;
  let sandbox: TestSandbox;
  let contents: readonly string[];

  before(async () => {
    [folder, sandbox] = await Promise.all([
      mkdtemp(join(tmpdir(), "break-glass-packed-")),
      openTestSandbox({ configured: true }),
    ]);
    const tarball = await pack(folder);
    contents = expectStatus(await run("tar", ["-tzf", tarball]), 0)
      .stdout.trim()
      .split("\n");
    await installedIn(folder, tarball);
  });

  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("holds compiled code with types and source maps, and nothing of the simulator, the tests or this machine", () => {
    const kinds = new Set(contents.map((file) => /(\.d\.ts|\.js\.map|\.js|\.json|\.md|LICENSE)$/.exec(file)?.[0]));
    expect(kinds).to.have.keys(".d.ts", ".js.map", ".js", ".json", ".md", "LICENSE");
    const topLevel = new Set(contents.map((file) => file.split("/")[1]));
    expect(topLevel).to.have.keys(
      ...["LICENSE", "README.md", "CHANGELOG.md", "package.json"],
      ...["cli", "components", "iam", "root-access"],
    );
    expect(contents.filter((file) => /sandbox|simulator|rehears|drill|\.test\./.test(file))).to.deep.equal([]);
  });

  for (const program of [typedProgram, plainProgram]) {
    describe(`in a program in ${program.language}`, () => {
      before(() => program.writeTo(folder));

      if (program.isTyped) {
        it("passes the compiler at its strictest, and a wrong argument does not", async () => {
          const words = ["-p", program.folderIn(folder)];
          expectStatus(await run(join(folder, "node_modules", ".bin", "tsc"), words), 0);
        });
      }

      it("is previewed by the real engine", async () => {
        const { stdout } = await previewed(program);
        const created = [...stdout.matchAll(/^ *\+ (\S+): \(create\)\n.*::(\S+)\]$/gm)].map(([, type, name]) => [
          type,
          name,
        ]);
        expect(created).to.have.deep.members(previewedResources(program));
        expect(stdout).to.include('owner: "platform"').and.to.include("S3UnlockBucketPolicy");
      });
    });
  }

  describe("its command", () => {
    it("audits an account", async () => {
      const words = ["audit", "--account", "333333333333", "--profile", "break-glass", "--output", "csv"];
      const { stdout } = expectStatus(await command(words), 0);
      expect(stdout).to.match(/^333333333333,Orders,/m);
    });

    it("keeps what it leaves behind in the user's state folder, not in the package that the next installation replaces", async () => {
      const outside = { ...sandbox.environment, BREAK_GLASS_SANDBOX: undefined, XDG_STATE_HOME: "", HOME: folder };
      const words = ["audit", "--account", "333333333333", "--profile", "break-glass"];
      const program = join(folder, "node_modules", ".bin", "break-glass");
      expectStatus(await runToFiles(program, words, folder, outside), 0);
      expect(await readdir(join(folder, ".local", "state", "aws-break-glass", "audits"))).to.have.lengthOf.at.least(1);
    });

    it("has no verb that needs a checkout, and says how the others are used", async () => {
      expect((await command(["sandbox"])).stderr).to.include("unknown command 'sandbox'");
      expect(expectStatus(await command(["--help"]), 0).stdout).to.include("unlock");
    });

    it("says where the AWS CLI comes from, not what a checkout could do", async () => {
      const words = ["session", "--task", "S3UnlockBucketPolicy", "--account", "333333333333", "--", "aws", "s3", "ls"];
      const program = join(folder, "node_modules", ".bin", "break-glass");
      const nowhere = { ...sandbox.environment, PATH: dirname(process.execPath) };
      const { stderr } = expectStatus(await runToFiles(program, words, folder, nowhere), 127);
      expect(stderr).to.include("Install the AWS CLI (https://aws.amazon.com/cli/).").and.not.include("checkout");
    });

    function command(words: readonly string[]): Promise<Ended> {
      return run(join(folder, "node_modules", ".bin", "break-glass"), words);
    }
  });

  async function previewed(program: FreshProgram): Promise<Ended> {
    const at = program.folderIn(folder);
    const unattended = ["--non-interactive", "--color", "never"];
    expectStatus(await run("pulumi", ["stack", "init", "dev", ...unattended], at), 0);
    await writeFile(join(at, "Pulumi.dev.yaml"), settings);
    return expectStatus(await run("pulumi", ["preview", "--stack", "dev", "--diff", ...unattended], at), 0);
  }

  function run(file: string, words: readonly string[], at = folder): Promise<Ended> {
    return runToFiles(file, words, at, sandbox.environment);
  }
});

/** What both programs declare: each component with what it makes. */
function previewedResources({ project }: FreshProgram): readonly (readonly [string, string])[] {
  const component = "aws-break-glass:organization";
  return [
    ["pulumi:pulumi:Stack", `${project}-dev`],
    [`${component}:CentralRootAccess`, "access"],
    ["aws:organizations/awsServiceAccess:AwsServiceAccess", "access-trusted-access"],
    ["aws:iam/organizationsFeatures:OrganizationsFeatures", "access-features"],
    ["aws:organizations/delegatedAdministrator:DelegatedAdministrator", "access-delegated-administrator"],
    [`${component}:BreakGlassPermissionSet`, "unlock"],
    ["aws-native:sso:PermissionSet", "unlock-permission-set"],
    [`${component}:BreakGlassAssignments`, "unlock"],
    ["aws-native:sso:Assignment", `unlock-group-${groupId}-in-222222222222`],
    ["aws:iam/role:Role", "on-call"],
    [`${component}:BreakGlassRole`, "role"],
    ["aws:iam/role:Role", "role-role"],
    ["aws:iam/rolePolicy:RolePolicy", "role-policy"],
    [`${component}:RootSessionGuardrail`, "openers"],
    ["aws:organizations/policy:Policy", "openers-policy"],
    ["aws:organizations/policyAttachment:PolicyAttachment", "openers-attachment"],
    [`${component}:RootUserGuardrail`, "guardrail"],
    ["aws:organizations/policy:Policy", "guardrail-policy"],
    ["aws:organizations/policyAttachment:PolicyAttachment", "guardrail-on-ou-ab12-cdefghij"],
  ];
}

// Fits the sandbox's passphrase.
const settings = `encryptionsalt: v1:aHA6cqg2CJ4=:v1:qJdfdSybDY9tWTVa:U6u1p5mrRgs+nyuWvSWIZObJO2rgGQ==
config:
  aws:profile: management
  aws:region: us-east-1
  aws-native:profile: management
  aws-native:region: us-east-1
`;
