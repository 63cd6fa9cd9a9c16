import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";

const checkout = join(import.meta.dirname, "..", "..");

/** The connection as the command makes it, in a process of its own: the environment is read where it matters. */
describe("the command's connection", function () {
  this.timeout(20_000);
  this.slow(3_000);

  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "connection-"));
    await writeFile(
      join(folder, "config"),
      "[default]\nregion = eu-west-3\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = secret\n",
    );
  });
  after(() => rm(folder, { recursive: true }));

  /** @returns the Region, and the id of the access key that signs */
  function connected(environment: Readonly<Record<string, string>>): readonly string[] {
    const { PATH = "" } = process.env;
    const program =
      'import { connect } from "./cli/connection.ts"; const access = await connect({});' +
      "console.log(access.region, (await access.credentials()).accessKeyId);";
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: checkout,
      encoding: "utf8",
      env: { PATH, AWS_CONFIG_FILE: join(folder, "config"), AWS_SHARED_CREDENTIALS_FILE: "/dev/null", ...environment },
    });
    expect(stderr).to.equal("");
    return stdout.trim().split(" ");
  }

  for (const name of ["AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"]) {
    it(`takes ${name}, set to nothing, for not set`, () => {
      expect(connected({ [name]: "" })).to.deep.equal(["eu-west-3", "AKIADEFAULT"]);
    });
  }

  it("asks AWS_DEFAULT_REGION where AWS_REGION is set to nothing", () => {
    expect(connected({ AWS_REGION: "", AWS_DEFAULT_REGION: "sa-east-1" })[0]).to.equal("sa-east-1");
  });
});
