import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { denyAllBucketPolicy } from "#iam";
import { sandboxAccounts } from "#simulator";
import { administrator } from "../simulator/clients.ts";
import { openTestSandbox, type TestSandbox } from "./sandbox.ts";
import { inTerminal, keys, type SeenInTerminal, type Typed, whyNoTerminal } from "./terminal/in-terminal.ts";

const { audit, orders } = sandboxAccounts;
const Bucket = "orders-archive";
const lock = JSON.stringify(denyAllBucketPolicy(Bucket));

/** The questions, at a real keyboard's distance: in a pseudo terminal, by the keys that somebody presses. */
describe("break-glass in a terminal", function () {
  this.timeout(120_000);
  this.slow(15_000);

  let sandbox: TestSandbox;
  let close: (() => Promise<void>) | undefined;

  before(async function () {
    const why = whyNoTerminal();
    if (why !== undefined) {
      process.stderr.write(`    skipped: ${why}\n`);
      this.skip();
    }
    sandbox = await openTestSandbox({ configured: true });
    close = () => sandbox.close();
    const s3 = new S3Client(administrator(sandbox.organization, "orders"));
    const LocationConstraint = "ap-northeast-2";
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: lock, ConfirmRemoveSelfBucketAccess: true }));
  });
  after(() => close?.());

  function type(words: readonly string[], ...typed: readonly Typed[]): Promise<SeenInTerminal> {
    return inTerminal(sandbox, [...words, "--profile", "break-glass"], typed);
  }

  function policyNow(): string | undefined {
    return sandbox.organization.state.buckets.get(Bucket)?.policy;
  }

  function calls(...names: readonly string[]): number {
    return sandbox.organization.state.trail.filter(({ eventName }) => names.includes(eventName)).length;
  }

  describe("unlock", () => {
    const unlock = ["unlock", "s3", Bucket, "--account", orders];
    const question = "Delete the whole policy: ";

    const noes = [
      ["Enter, where no is what is chosen", keys.enter],
      ["n", "n"],
      ["Ctrl-C", keys.ctrlC],
      ["Ctrl-D", keys.ctrlD],
      ["Escape", keys.escape],
    ] as const;
    for (const [name, key] of noes) {
      it(`shows what would go and leaves it at ${name}: 8`, async () => {
        const { status, screen } = await type(unlock, { after: question, keys: key });
        expect(screen).to.include("Statement DenyAll locks").and.include('-      "Sid": "DenyAll"');
        expect(screen).to.include(
          `The unlock of arn:aws:s3:::${Bucket} was not confirmed.\n  Nothing has been changed.`,
        );
        expect(status).to.equal(8);
        expect(policyNow()).to.equal(lock);
      });
    }

    it("asks for the account that nobody named, again after a wrong answer, and changes nothing at Ctrl-C: 8", async () => {
      const { status, screen } = await type(
        ["unlock", "s3", Bucket],
        { after: "Which member account owns it?", keys: `12${keys.enter}` },
        { after: "An account id has twelve digits.", keys: keys.ctrlC },
      );
      expect(screen).to.include("break-glass: cancelled.\n  Nothing has been changed.");
      expect(status).to.equal(8);
    });

    it("asks for a queue's account and Region, and takes both", async () => {
      const { status, screen } = await type(
        ["unlock", "sqs", "no-such-queue"],
        { after: "Which member account owns it?", keys: `${orders}${keys.enter}` },
        { after: "In which Region is it?", keys: `seoul${keys.enter}` },
        { after: "A Region is named like ap-northeast-2.", keys: `\u0015ap-northeast-2${keys.enter}` },
      );
      expect(screen).to.include("no-such-queue").and.include("QueueDoesNotExist");
      expect(status).to.equal(4);
    });

    it("fits into the terminal, whatever it says, but for what may not be broken", async () => {
      const { screen } = await type(unlock, { after: question, keys: "n" });
      const tooLong = screen.split("\n").filter((line) => line.length > 80 && !/arn:|\.json|"/.test(line));
      expect(tooLong).to.deep.equal([]);
    });

    it("does it after y", async () => {
      const { status, screen } = await type(unlock, { after: question, keys: "y" });
      expect(screen).to.include("is unlocked");
      expect(status).to.equal(0);
      expect(policyNow()).to.equal(undefined);
    });
  });

  describe("credentials delete", () => {
    const remove = ["credentials", "delete", "--account", orders];
    const question = "type its id or Orders:";

    const wrong = [
      ["another account's id", `222222222222${keys.enter}`],
      ["the name in other letters", `orders${keys.enter}`],
      ["y", `y${keys.enter}`],
      ["nothing", keys.enter],
      ["Ctrl-C", keys.ctrlC],
      ["Ctrl-D", keys.ctrlD],
    ] as const;
    for (const [name, answer] of wrong) {
      it(`shows what would go and deletes nothing after ${name}: 8`, async () => {
        const { status, screen } = await type(remove, { after: question, keys: answer });
        expect(screen).to.match(/333333333333 {2}Orders {2}yes/);
        expect(screen).to.include("Nothing has been changed.");
        expect(status).to.equal(8);
        expect(calls("DeleteAccessKey", "DeleteLoginProfile", "DeactivateMFADevice")).to.equal(0);
      });
    }

    it("does it after the account's name", async () => {
      const { status, screen } = await type(remove, { after: question, keys: `Orders${keys.enter}` });
      expect(screen).to.include("1 account: 1 deleted.");
      expect(status).to.equal(0);
    });
  });

  describe("credentials allow-recovery", () => {
    const allow = ["credentials", "allow-recovery", "--account", audit];

    it("says to whom, and allows nothing after a wrong answer: 8", async () => {
      const { status, screen } = await type(allow, { after: "type its id or Audit:", keys: `yes${keys.enter}` });
      expect(screen.replaceAll(/\s+/g, " ")).to.match(/Whoever reads the mail of \S+@\S+ can then set a password/);
      expect(status).to.equal(8);
      expect(calls("CreateLoginProfile")).to.equal(0);
    });

    it("does it after the account's id", async () => {
      expect((await type(allow, { after: "type its id or Audit:", keys: `${audit}${keys.enter}` })).status).to.equal(0);
      expect(calls("CreateLoginProfile")).to.equal(1);
    });
  });

  it("leaves Ctrl-C to the program that a session runs, and ends with its status", async () => {
    const session = ["session", "--task", "S3UnlockBucketPolicy", "--account", orders];
    const program = ["--", "sh", "-c", "trap 'echo caught; exit 7' INT; echo up; while :; do sleep 0.1; done"];
    const words = [...session, "--profile", "break-glass", ...program];
    const { status, screen } = await inTerminal(sandbox, words, [{ after: "up", keys: keys.ctrlC }]);
    expect(screen.match(/caught/g)).to.have.length(1);
    expect(status).to.equal(7);
  });
});
