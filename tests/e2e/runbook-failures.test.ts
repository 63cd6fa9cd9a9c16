import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { denyAllBucketPolicy, denyAllQueuePolicy } from "#iam";
import { sandboxAccounts } from "#simulator";
import { latestWritten } from "../../simulator/state/propagating.ts";
import { iamOf } from "../../simulator/state/state.ts";
import { type AwsServer, openAwsServer } from "./runbook/aws-server.ts";
import { type RunbookBlock, runbookBlocks, runbookSettings } from "./runbook/blocks.ts";
import { operator, type Paste, paste, type Pasted, type Shell } from "./runbook/pasted.ts";
import { outcomes, situationNamed } from "./runbook/situations.ts";
import { checkout, runToFiles } from "./sandbox.ts";

/** The AWS CLI's blocks of docs/runbook.md, pasted into plain shells, with each of their requests failing in turn. */
describe("the runbook, pasted, when something fails", function () {
  this.timeout("5 minutes");
  this.slow(60_000);

  const text = readFileSync(join(checkout, "docs", "runbook.md"), "utf8");
  const settings = runbookSettings(text);
  const blocks = runbookBlocks(text).filter(({ title }) => title.endsWith("With the AWS CLI"));
  const shells: Shell[] = ["bash"];
  let server: AwsServer | undefined;

  before(async function () {
    server = await openAwsServer();
    if (!server) {
      process.stderr.write("    skipped: there is no AWS CLI here, and no Python to install one with\n");
      this.skip();
    }
    const zsh = await runToFiles("sh", ["-c", "command -v zsh"], checkout, process.env);
    if (zsh.status === 0) shells.push("zsh");
    else process.stderr.write("    zsh is not here: bash alone\n");
  });

  after(() => server?.close());

  const pasted = (what: Paste, look: (seen: Pasted) => Promise<void> | void): Promise<void> => {
    if (!server) throw new Error("There is no AWS CLI.");
    return paste(server, what, look);
  };

  const seenIn = async (what: Paste): Promise<number> => {
    let requests = 0;
    await pasted(what, async (seen) => {
      requests = seen.requests.length;
      if (what.failing === undefined) await expectDone(what.block, seen);
      else expectStopped(what.block, seen);
    });
    return requests;
  };

  it("knows the five blocks", () => {
    expect(blocks.map(({ title }) => title.slice(0, 2))).to.deep.equal(["1.", "2.", "3.", "4.", "5."]);
  });

  for (const block of blocks) {
    it(`${block.title}: goes well, or stops at whichever request fails`, async () => {
      for (const shell of shells) {
        const requests = await seenIn({ shell, block, settings });
        expect(requests).to.be.greaterThan(3);
        // The steps are taken by bash whoever pastes them: of these, one is enough for another shell.
        const every = Array.from({ length: requests }, (_, index) => index + 1);
        const failing = shell === "bash" ? every : [1, 2, requests];
        await Promise.all(failing.map((number) => seenIn({ shell, block, settings, failing: number })));
      }
    });

    it(`${block.title}: sends nothing where as_root is not known`, async () => {
      const variables = settings.slice(0, settings.indexOf("as_root()"));
      for (const shell of shells) {
        await pasted({ shell, block, settings: variables }, ({ requests, stdout }) => {
          expect(requests).to.deep.equal([]);
          expect(stdout).to.match(/^status 127, /);
        });
      }
    });
  }

  it("keeps the policy of the first run when a block is pasted twice", async () => {
    for (const block of blocks.slice(0, 2)) {
      const twice = { ...block, script: `${block.script}${block.script}` };
      await pasted({ shell: "bash", block: twice, settings }, (seen) => {
        expect(seen.stdout, seen.stderr)
          .to.include("Done: every step went well.\n")
          .and.match(/^status 1, /m);
        expectPoliciesKept(seen);
      });
    }
  });
});

async function expectDone({ after }: RunbookBlock, seen: Pasted): Promise<void> {
  expect(seen.stdout, seen.stderr).to.match(/^Done: every step went well\.\nstatus 0, keys none, token none\n$/m);
  expect(seen.stderr).to.not.include("STOPPED");
  if (after !== undefined) await situationNamed(outcomes, after)(seen);
  expectNothingLost(seen);
}

function expectStopped({ before }: RunbookBlock, seen: Pasted): void {
  const story = `${seen.requests.join("\n")}\n${seen.stdout}\n${seen.stderr}`;
  expect(seen.stdout, story).to.match(/^status 1, keys none, token none\n$/m);
  expect(seen.stdout, story).to.not.include("Done");
  expect(seen.stderr.trimEnd().split("\n").at(-1), story).to.match(/^STOPPED: /);
  expectNothingLost(seen);
  const { loginProfile, mfaDevices } = iamOf(seen.state, sandboxAccounts.orders).rootUser;
  if (before === "root-credentials" && loginProfile) expect(mfaDevices, story).to.have.length(1);
}

function expectNothingLost(seen: Pasted): void {
  expect(seen.requests.filter((request) => request.endsWith(operator.account))).to.deep.equal([]);
  expectPoliciesKept(seen);
}

/** A policy that the sandbox no longer has is on disk, to the byte. */
function expectPoliciesKept({ state, folder }: Pasted): void {
  const kept = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8").trimEnd());
  for (const { name, policy } of state.buckets.values()) {
    if (policy === undefined) expect(kept).to.include(JSON.stringify(denyAllBucketPolicy(name)));
  }
  for (const { arn, attributes } of state.queues.values()) {
    if (!latestWritten(attributes).get("Policy")) expect(kept).to.include(JSON.stringify(denyAllQueuePolicy(arn)));
  }
}
