import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { defaultBackupFolder } from "#root-access";
import { setEnvironment } from "../set-environment.ts";

describe("a policy's backup", function () {
  this.timeout(20_000);
  this.slow(3_000);

  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "policy-backup-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("that the disk does not take leaves no file, and says what to name instead", async () => {
    const program =
      'import { keepPolicyBackup } from "./root-access/policy/policy-backup.ts"; const at = new Date().toISOString();' +
      'const taken = { kind: "bucket", resource: "arn:aws:s3:::b", accountId: "333333333333", region: "eu-west-1" };' +
      'await keepPolicyBackup(process.argv[1], { ...taken, takenAt: at, caller: "arn", policy: "{}" });';
    // A limit of nothing for files stands for a full disk: the file can be made, and no byte written.
    const script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
    const words = ["--input-type=module", "--eval", program, folder];
    const { status, stderr } = spawnSync("bash", ["-c", script, "bash", process.execPath, ...words], {
      cwd: join(import.meta.dirname, "..", ".."),
      encoding: "utf8",
    });
    expect(status, stderr).to.equal(1);
    expect(stderr).to.include("EFBIG").and.include("--backups FOLDER").and.include("BREAK_GLASS_BACKUPS");
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it("goes where BREAK_GLASS_BACKUPS says; set to nothing, it counts as not set", () => {
    const usual = defaultBackupFolder();
    const restores = [setEnvironment({ BREAK_GLASS_BACKUPS: "elsewhere" })];
    expect(defaultBackupFolder()).to.equal(resolve("elsewhere"));
    restores.push(setEnvironment({ BREAK_GLASS_BACKUPS: "" }));
    expect(defaultBackupFolder()).to.equal(usual);
    for (const restore of restores.toReversed()) restore();
  });
});
