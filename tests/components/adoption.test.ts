import { expect } from "chai";
import { adoptExisting } from "../../components/adoption/adoption.ts";
import type { ExistingAccess, PermissionSetSettings } from "../../components/adoption/existing-access.ts";
import { type AccessPlan, planAccess, type PlannedAssignment, type Reviewed } from "#components";
import { breakGlassPolicy } from "#iam";
import { sandboxFacts } from "./sandbox-facts.ts";

const id =
  "arn:aws:sso:::instance/ssoins-1234567890abcdef|arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1234567890abcdef";

const same: PermissionSetSettings = {
  Description: "Break Glass - sts:AssumeRoot for emergency privileged access",
  SessionDuration: "PT1H",
  RelayStateType: "",
  ManagedPolicies: [],
  CustomerManagedPolicyReferences: [],
  InlinePolicy: breakGlassPolicy(),
  Tags: [],
};

function accepted<T>(review: Reviewed<T>): T {
  if ("accepted" in review) return review.accepted;
  throw new Error(review.problems.join("\n"));
}

function plan(): AccessPlan {
  const configuration = {
    delegatedAdministrator: "222222222222",
    permissionSets: [{ name: "BreakGlassAssumeRoot", accountListing: "console" as const, preflight: false }],
    assignments: [{ users: ["alice"], groups: ["admins"] }],
    removeOnDestroy: false,
  };
  return accepted(planAccess(configuration, sandboxFacts()));
}

function existing(
  settings: PermissionSetSettings | undefined,
  assignments: readonly (readonly [PlannedAssignment, string])[] = [],
): ExistingAccess {
  return {
    permissionSets: new Map(settings === undefined ? [] : [["BreakGlassAssumeRoot", { id, settings }]]),
    assignments: new Map(assignments),
    needs: [],
  };
}

describe("what is there already", () => {
  it("changes nothing about a plan of which nothing exists", () => {
    const [set] = accepted(adoptExisting(plan(), existing(undefined))).permissionSets;
    expect(set?.existingId).to.equal(undefined);
    expect(set?.assignments.map(({ existingId }) => existingId)).to.deep.equal([undefined, undefined]);
  });

  it("is taken over with the same settings, members of the policy in any order", () => {
    const { Version, Statement } = breakGlassPolicy();
    const [set] = accepted(
      adoptExisting(plan(), existing({ ...same, InlinePolicy: { Statement, Version } })),
    ).permissionSets;
    expect(set?.existingId).to.equal(id);
  });

  it("is taken over assignment by assignment", () => {
    const planned = plan();
    const [group] = planned.permissionSets[0]?.assignments ?? [];
    if (group === undefined) throw new Error("no assignment planned");
    const [set] = accepted(adoptExisting(planned, existing(undefined, [[group, "id-of-the-group"]]))).permissionSets;
    expect(set?.assignments.map(({ existingId }) => existingId)).to.deep.equal(["id-of-the-group", undefined]);
  });

  const differences: readonly (readonly [Partial<PermissionSetSettings>, string])[] = [
    [{ Description: "Mine" }, "another description (Mine)"],
    [{ InlinePolicy: breakGlassPolicy({ accountListing: "none" }) }, "another inline policy"],
    [{ InlinePolicy: undefined }, "no inline policy"],
    [{ SessionDuration: "PT12H" }, "another session duration (PT12H)"],
    [{ RelayStateType: "https://console.aws.amazon.com/s3" }, "a relay state"],
    [{ ManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }, "managed policies (arn:aws:iam::aws:policy/"],
    [{ CustomerManagedPolicyReferences: [{ Name: "Mine" }] }, "customer managed policies"],
    [{ PermissionsBoundary: { ManagedPolicyArn: "arn" } }, "a permissions boundary"],
    [{ Tags: [{ Key: "owner", Value: "security" }] }, "tags (owner)"],
  ];
  for (const [difference, words] of differences) {
    it(`is left alone and the plan refused with ${words.split(" (")[0] ?? ""}`, () => {
      const review = adoptExisting(plan(), existing({ ...same, ...difference }));
      expect("problems" in review && review.problems).to.have.length(1);
      expect("problems" in review && review.problems[0]).to.include(`that this stack does not manage, with ${words}`);
    });
  }
});
