import { expect } from "chai";
import { type AssignmentConfiguration, type Configuration, type OrganizationFacts, planAccess } from "#components";
import { admins, alice, sandboxFacts, sandboxOrganization } from "./sandbox-facts.ts";

function configuration(
  delegatedAdministrator: string | undefined,
  ...assignments: readonly Partial<AssignmentConfiguration>[]
): Configuration {
  return {
    delegatedAdministrator,
    assignments: assignments.map((assignment) => ({ account: undefined, users: [], groups: [], ...assignment })),
  };
}

describe("plan of the organization stack", () => {
  it("finds accounts and people, and assigns to the delegated administrator by default", () => {
    const wanted = configuration(
      "222222222222",
      { groups: ["admins"], users: ["alice"] },
      { account: "111111111111", users: ["alice"] },
    );
    expect(planAccess(wanted, sandboxFacts())).to.deep.equal({
      accepted: {
        organizationId: "o-sandbox1234",
        delegatedAdministrator: "222222222222",
        instanceArn: "arn:aws:sso:::instance/ssoins-1234567890abcdef",
        identityStoreId: "d-1234567890",
        assignments: [
          { accountId: "222222222222", principal: admins, configuredAt: "aws-break-glass:assignments[0].groups[0]" },
          { accountId: "222222222222", principal: alice, configuredAt: "aws-break-glass:assignments[0].users[0]" },
          { accountId: "111111111111", principal: alice, configuredAt: "aws-break-glass:assignments[1].users[0]" },
        ],
      },
    });
  });

  it("assigns to the management account where there is no delegated administrator", () => {
    const plan = planAccess(configuration(undefined, { users: ["alice"] }), sandboxFacts());
    expect(plan).to.have.nested.property("accepted.assignments[0].accountId", "111111111111");
    expect(plan).to.have.nested.property("accepted.delegatedAdministrator", undefined);
  });

  const refusals: readonly (readonly [string, Configuration, OrganizationFacts, readonly string[]])[] = [
    [
      "an account id that lost its leading zero",
      configuration("12345678901"),
      sandboxFacts(),
      [
        "aws-break-glass:delegatedAdministrator: 12345678901 is not an account id; write its 12 digits in quotation marks, because YAML takes bare digits for a number and drops leading zeros.",
      ],
    ],
    [
      "an account outside the organization",
      configuration("999999999999"),
      sandboxFacts(),
      ["aws-break-glass:delegatedAdministrator: account 999999999999 is not in organization o-sandbox1234."],
    ],
    [
      "a suspended account",
      configuration("555555555555"),
      sandboxFacts(),
      [
        "aws-break-glass:delegatedAdministrator: account 555555555555 (Closed) is in state SUSPENDED; choose an active account.",
      ],
    ],
    [
      "the management account as its own delegate",
      configuration("111111111111"),
      sandboxFacts(),
      [
        "aws-break-glass:delegatedAdministrator: 111111111111 is the management account, which cannot be its own delegated administrator; name a member account or leave the key out.",
      ],
    ],
    [
      "an assignment to an account that cannot assume root",
      configuration("222222222222", { users: ["alice"] }, { account: "333333333333", users: ["alice"] }),
      sandboxFacts(),
      [
        "aws-break-glass:assignments[1].account: account 333333333333 (Orders) cannot assume root; assign to the management account 111111111111, or to the delegated administrator 222222222222.",
      ],
    ],
    [
      "an assignment to a member account where there is no delegate",
      configuration(undefined, { account: "222222222222", users: ["alice"] }),
      sandboxFacts(),
      [
        "aws-break-glass:assignments[0].account: account 222222222222 (Audit) cannot assume root; assign to the management account 111111111111, or set aws-break-glass:delegatedAdministrator to a member account and assign there.",
      ],
    ],
    [
      "unknown people, and a user's name among the groups",
      configuration(undefined, { users: ["mallory"], groups: ["admins", "alice"] }),
      sandboxFacts(),
      [
        "aws-break-glass:assignments[0].groups[1]: IAM Identity Center has no group alice in identity store d-1234567890; check the spelling, or give the id.",
        "aws-break-glass:assignments[0].users[0]: IAM Identity Center has no user mallory in identity store d-1234567890; check the spelling, or give the id.",
      ],
    ],
    [
      "the same principal twice, once by name and once by id",
      configuration("222222222222", { groups: ["admins"] }, { account: "222222222222", groups: ["g-1"] }),
      sandboxFacts(),
      [
        "aws-break-glass:assignments[1].groups[0]: group break-glass-admins is assigned to account 222222222222 already by aws-break-glass:assignments[0].groups[0]; name it once.",
      ],
    ],
    [
      "a caller outside the management account, who sees neither accounts nor people, and what is malformed besides",
      configuration("222222222222", { account: "2222", users: ["mallory"] }),
      sandboxFacts({
        caller: { accountId: "222222222222", arn: "arn:aws:iam::222222222222:user/audit" },
        organization: sandboxOrganization({ accounts: [] }),
        identityCenter: "unasked",
      }),
      [
        "aws:profile: arn:aws:iam::222222222222:user/audit is in account 222222222222, but organization o-sandbox1234 can be configured only from its management account 111111111111.",
        "aws-break-glass:assignments[0].account: 2222 is not an account id; write its 12 digits in quotation marks, because YAML takes bare digits for a number and drops leading zeros.",
      ],
    ],
    [
      "an account that belongs to no organization",
      configuration(undefined, { users: ["alice"] }),
      sandboxFacts({ organization: undefined, identityCenter: "unasked" }),
      [
        "aws:profile: account 111111111111 belongs to no organization; use credentials of an organization's management account.",
      ],
    ],
    [
      "an organization without all features",
      configuration(undefined),
      sandboxFacts({ organization: sandboxOrganization({ featureSet: "CONSOLIDATED_BILLING" }) }),
      [
        "aws:profile: organization o-sandbox1234 has the feature set CONSOLIDATED_BILLING, but centralized root access needs ALL; enable all features in AWS Organizations first.",
      ],
    ],
    [
      "a Region without IAM Identity Center",
      configuration(undefined, { users: ["alice"] }),
      sandboxFacts({ identityCenter: { absentFrom: "eu-west-1" } }),
      [
        "aws:region: there is no IAM Identity Center instance in Region eu-west-1; set aws:region and aws-native:region to the Region where it is enabled.",
      ],
    ],
    [
      "everything that is wrong, together, and an unfit delegate only once",
      configuration("999999999999", { groups: ["nobodies"] }, { account: "555555555555", users: ["alice"] }),
      sandboxFacts(),
      [
        "aws-break-glass:delegatedAdministrator: account 999999999999 is not in organization o-sandbox1234.",
        "aws-break-glass:assignments[0].groups[0]: IAM Identity Center has no group nobodies in identity store d-1234567890; check the spelling, or give the id.",
        "aws-break-glass:assignments[1].account: account 555555555555 (Closed) is in state SUSPENDED; choose an active account.",
      ],
    ],
  ];

  for (const [what, wanted, facts, problems] of refusals) {
    it(`refuses ${what}`, () => {
      expect(planAccess(wanted, facts)).to.deep.equal({ problems });
    });
  }
});
