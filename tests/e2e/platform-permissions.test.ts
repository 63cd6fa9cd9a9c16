import { expect } from "chai";
import { platformPermissions, platformPolicy, type PolicyJson } from "#iam";
import { platformRun, type PlatformRun, type StageTaken } from "./platform-run.ts";
import { delegateRoleArn, type PlatformStage, platformStages } from "./platform-stages.ts";
import { openTestSandbox, type TestSandbox } from "./sandbox.ts";
import { keepMoment } from "./sandbox-moment.ts";

const policy = platformPolicy({ delegateRoleArn });
const cases = platformPermissions
  .filter(({ evidence }) => evidence === "observed")
  .flatMap((row) => row.actions.map((action) => ({ action, isCheck: row.for.startsWith("checks") })));
const observed = [...new Set(cases.map(({ action }) => action))].sort();

/** What AWS says where that does not name what is missing; the kit's preflight does, and quotes AWS. */
const unnamedByAws: Readonly<Record<string, string>> = {
  "kms:PutKeyPolicy": "The new key policy will not allow you to update the key policy in the future.",
};

/** Every action with BREAK_GLASS_MATRIX set (npm run test:permissions), else a few, spread over the list. */
const everyNth = process.env["BREAK_GLASS_MATRIX"] === undefined ? 8 : 1;

/**
 * What the README lists for `pulumi up`: enough, because the whole life of the stack goes well with exactly that, and none
 * too much, because without any one of them it ends with the message that names it.
 *
 * The life is lived once. What sandbox and stack were before each of its stages is kept, and put back for each action that
 * was asked for there.
 */
describe("the platform team's permissions", function () {
  this.timeout("15 minutes");
  this.slow(60_000);

  let sandbox: TestSandbox;
  let run: PlatformRun;
  const taken = new Map<PlatformStage, StageTaken>();
  const putBack = new Map<PlatformStage, () => Promise<void>>();

  before(async () => {
    sandbox = await openTestSandbox();
    run = await platformRun(sandbox);
    await run.allow(policy);
    for (const stage of platformStages) {
      putBack.set(stage, await keepMoment(sandbox));
      const outcome = await run.take(stage);
      taken.set(stage, outcome);
      if (outcome.status !== 0) break;
    }
  });

  after(async () => {
    await sandbox.close();
  });

  for (const stage of platformStages) {
    it(`are enough for ${stage.name}`, () => {
      const { status, output, refused } = taken.get(stage) ?? {};
      expect(status, output).to.equal(0);
      expect(refused).to.deep.equal([]);
    });
  }

  it("are all asked for, and nothing else is", () => {
    const asked = [...taken.values()].flatMap((outcome) => outcome.asked);
    expect([...new Set(asked)].sort()).to.deep.equal(observed);
  });

  for (const { action, isCheck } of cases.filter((_, index) => index % everyNth === 0)) {
    it(`without ${action} ${isCheck ? "a check says that it needs it" : "a message names it"}`, async () => {
      const ended: boolean[] = [];
      for (const stage of stagesThatAsk(action)) {
        await putBack.get(stage)?.();
        await run.allow(without(action));
        const { status, output, refused } = await run.take(stage);
        expect(output, stage.name).to.match(nameOf(action));
        expect(output).to.include(unnamedByAws[action] ?? "");
        expect(refused).to.include(action);
        ended.push(status !== 0);
        if (isCheck || status !== 0) break;
      }
      expect(ended.at(-1), "whether the run was ended").to.equal(!isCheck);
    });
  }

  /** What a check asks in one stage may be needed in a later one. */
  function stagesThatAsk(action: string): readonly PlatformStage[] {
    const stages = platformStages.filter((stage) => taken.get(stage)?.asked.includes(action));
    if (stages.length === 0) throw new Error(`${action} is not asked for at all`);
    return stages;
  }
});

/** SNS says SNS:ListTagsForResource: the case of actions means nothing (IAM User Guide, "Action element"). */
function nameOf(action: string): RegExp {
  return new RegExp(`${action}(?!\\w)`, "i");
}

function without(action: string): PolicyJson {
  const statements = policy.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((other) => other !== action),
  }));
  return { ...policy, Statement: statements.filter(({ Action }) => Action.length > 0) };
}
