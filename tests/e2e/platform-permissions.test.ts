import { expect } from "chai";
import { platformPermissions, platformPolicy, type PolicyJson } from "#iam";
import { delegateRoleArn, type PlatformRun, platformRun, type Stage, stages } from "./platform-run.ts";

const checksThatEndNothing = new Set(platformPermissions.find((row) => row.for.startsWith("checks"))?.actions);
const policy = platformPolicy({ delegateRoleArn });
const alertActions = new Set([
  ...(platformPermissions.find((row) => row.for.startsWith("alerts"))?.actions ?? []),
  "iam:PassRole",
]);
const observed = [...new Set(platformPermissions.filter(isObserved).flatMap(({ actions }) => actions))].sort();

/** Where AWS's own message does not name what is missing. */
const saidOtherwise: Readonly<Record<string, string>> = {
  "kms:PutKeyPolicy": "The new key policy will not allow you to update the key policy in the future.",
};

/** Every action with BREAK_GLASS_MATRIX set (npm run test:permissions), else a few, spread over the list. */
const everyNth = process.env["BREAK_GLASS_MATRIX"] === undefined ? 24 : 1;
const takenAway = observed.filter((_, index) => index % everyNth === 0);

/**
 * What the README lists for `pulumi up`: enough, because the whole life of the stack goes well with exactly that, and none
 * too much, because without any one of them it ends with the message that names it.
 */
describe("the platform team's permissions", function () {
  this.timeout("15 minutes");
  this.slow(60_000);

  const asked = new Map<string, Stage>();

  it("are enough for preview, up, refresh, a change of everything and destroy", async () => {
    await within(true, async (run) => {
      for (const stage of stages) {
        const { status, output } = await run.take(stage);
        expect(status, `${stage}: ${output}`).to.equal(0);
        for (const action of run.asked()) if (!asked.has(action)) asked.set(action, stage);
      }
    });
  });

  it("are all asked for, and nothing else is", () => {
    expect([...asked.keys()].sort()).to.deep.equal(observed);
  });

  for (const action of takenAway) {
    it(`without ${action} there is a message that names it`, async () => {
      const needed = asked.get(action);
      if (needed === undefined) throw new Error(`${action} is not asked for at all`);
      await within(alertActions.has(action), async (run) => {
        if (stages.indexOf(needed) > stages.indexOf("up")) expect((await run.take("up")).status).to.equal(0);
        await run.allow(without(action));
        const { status, output } = await run.take(needed);
        // SNS says SNS:ListTagsForResource: the case of actions means nothing (IAM User Guide, "Action element").
        expect(output.toLowerCase()).to.include((saidOtherwise[action] ?? action).toLowerCase());
        if (checksThatEndNothing.has(action)) expect(status, output).to.equal(0);
        else expect(status).to.not.equal(0);
      });
    });
  }

  async function within(withAlerts: boolean, use: (run: PlatformRun) => Promise<void>): Promise<void> {
    const run = await platformRun(policy, withAlerts);
    try {
      await use(run);
    } finally {
      await run.close();
    }
  }
});

function without(action: string): PolicyJson {
  const statements = policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((other) => other !== action),
  }));
  return { ...policy, Statement: statements.filter(({ Action }) => Action.length > 0) };
}

function isObserved({ evidence }: { readonly evidence: string }): boolean {
  return evidence === "observed";
}
