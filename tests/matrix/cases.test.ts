import { expect } from "chai";
import { everyCase, type RecordedScenario, sampleOf } from "./cases.ts";
import { type AwsCall, matrixFaults } from "./faults.ts";
import { judgePolicyChange } from "./scenarios/judge-policy-change.ts";
import type { RunEnd, Scenario } from "./scenarios/scenario.ts";

const account = "333333333333";
const calls: readonly AwsCall[] = [
  { service: "sts", operation: "GetCallerIdentity", account, nth: 1 },
  { service: "s3", operation: "PutBucketPolicy", account, nth: 1 },
];

function recorded(more: Partial<Scenario> = {}): RecordedScenario {
  const scenario: Scenario = {
    name: "a verb",
    prepare: () => Promise.resolve([]),
    look: () => "",
    always: () => undefined,
    judge: () => [],
    ...more,
  };
  return { scenario, calls, callsAsProcess: calls, done: "" };
}

function faultsAt(operation: string, cases: ReturnType<typeof everyCase>): readonly string[] {
  return cases.filter(({ call }) => call.operation === operation).map(({ fault }) => fault.name);
}

describe("the cases of the fault matrix", () => {
  const all = matrixFaults.map(({ name }) => name);

  it("are every call in every way that concerns it", () => {
    const cases = everyCase([recorded({ blockPublicPolicy: () => () => undefined })]);
    expect(faultsAt("PutBucketPolicy", cases)).to.deep.equal(all);
    expect(faultsAt("GetCallerIdentity", cases)).to.deep.equal(
      all.filter((name) => !["access denied", "public policy blocked", "killed after"].includes(name)),
    );
  });

  it("block no public policy where none could be put", () => {
    expect(faultsAt("PutBucketPolicy", everyCase([recorded()]))).not.to.include("public policy blocked");
  });

  it("are sampled alike with one seed, each fault once", () => {
    const cases = everyCase([recorded()]);
    const sample = sampleOf(cases, 1, 5);
    expect(new Set(sample.map(({ fault }) => fault.name)).size)
      .to.equal(sample.length)
      .and.to.equal(all.length - 1);
    expect(sampleOf(cases, 1, 5)).to.deep.equal(sample);
    const samples = [1, 2, 3, 4].map((seed) => JSON.stringify(sampleOf(cases, 1, seed)));
    expect(new Set(samples).size).to.be.greaterThan(1);
  });
});

describe("an end of unlock is judged", () => {
  const path = "/backups/one.json";
  const truths: RunEnd = {
    ended: { status: 0, stdout: "arn:aws:s3:::data is unlocked.", stderr: "" },
    before: "locked",
    now: "open",
    done: "open",
    backups: [path],
  };
  const failed = (stderr: string, status = 4) => ({ status, stdout: "", stderr: `${stderr} (data)` });

  const lies: readonly (readonly [string, Partial<RunEnd>])[] = [
    ["exit code 0, and the policy is not as it was to be", { now: "locked" }],
    ["the policy is neither as it was nor as it was to be", { now: "another" }],
    ["it does not name data", { ended: { status: 0, stdout: "Unlocked.", stderr: "" } }],
    ["exit code 255", { ended: failed("Nothing has been changed.", 255), now: "locked" }],
    ["it says that nothing has changed, and something has", { ended: failed("Nothing has been changed.") }],
    ["it does not say, in one way, what has changed", { ended: failed("AWS failed."), now: "locked" }],
    [
      "it says that AWS accepted the change, and nothing has changed",
      { ended: failed(`AWS accepted the change; ${path}.`), now: "locked" },
    ],
    ["it does not name the backup", { ended: failed("The policy may or may not have been changed.") }],
  ];
  for (const [problem, end] of lies) {
    it(`and found out: ${problem}`, () => {
      expect(judgePolicyChange({ ...truths, ...end }, "data")).to.include(problem);
    });
  }

  it("and believed where it is true", () => {
    expect(judgePolicyChange(truths, "data")).to.deep.equal([]);
    const unchanged = { ...truths, ended: failed("Nothing has been changed.", 3), now: "locked" };
    expect(judgePolicyChange(unchanged, "data")).to.deep.equal([]);
    const unknown = { ...truths, ended: failed(`The policy may or may not have been changed; ${path}.`) };
    expect(judgePolicyChange(unknown, "data")).to.deep.equal([]);
  });
});
