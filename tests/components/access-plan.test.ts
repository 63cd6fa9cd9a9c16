import { expect } from "chai";
import { type AssignmentConfiguration, type Configuration, type OrganizationFacts, planAccess } from "#components";
import { breakGlassPolicy } from "#iam";
import { admins, alice, sandboxFacts, sandboxOrganization } from "./sandbox-facts.ts";

function configuration(
  delegatedAdministrator: string | undefined,
  ...assignments: readonly Partial<AssignmentConfiguration>[]
): Configuration {
  return {
    delegatedAdministrator,
    removeOnDestroy: false,
    permissionSets: [{ name: "BreakGlassAssumeRoot" }],
    assignments: assignments.map((assignment) => ({ account: undefined, users: [], groups: [], ...assignment })),
  };
}

const permissionSet = "BreakGlassAssumeRoot";
const description = "Break Glass - sts:AssumeRoot for emergency privileged access";

const manyAccounts = Array.from({ length: 400 }, (_, index) => ({
  id: String(600_000_000_000 + index),
  name: `Member ${index}`,
  state: "ACTIVE",
}));

function problemsIn(plan: ReturnType<typeof planAccess>): readonly string[] {
  return "problems" in plan ? plan.problems : [];
}

function at(place: string): string {
  return `aws-break-glass:assignments${place}`;
}

describe("plan of the organization stack", () => {
  it("finds accounts and people, and gives the management account a permission set of its own", () => {
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
        delegateIsRegistered: false,
        formerDelegates: [],
        otherDelegates: [],
        removeOnDestroy: false,
        safeguards: {
          delegate: undefined,
          breakGlassRole: undefined,
          rootUserGuardrail: undefined,
          rootSessionGuardrail: undefined,
          rootAccessAlerts: undefined,
        },
        permissionSets: [
          {
            name: "BreakGlassAssumeRoot",
            description,
            policy: breakGlassPolicy(),
            assignments: [
              { permissionSet, accountId: "222222222222", principal: admins, configuredAt: at("[0].groups[0]") },
              { permissionSet, accountId: "222222222222", principal: alice, configuredAt: at("[0].users[0]") },
            ],
          },
          {
            name: "BreakGlassAssumeRoot-management",
            description,
            policy: breakGlassPolicy(),
            assignments: [
              { permissionSet, accountId: "111111111111", principal: alice, configuredAt: at("[1].users[0]") },
            ],
          },
        ],
      },
    });
  });

  it("assigns to the management account where there is no delegated administrator", () => {
    const plan = planAccess(configuration(undefined, { users: ["alice"] }), sandboxFacts());
    expect(plan).to.have.nested.property("accepted.permissionSets[0].assignments[0].accountId", "111111111111");
    expect(plan).to.have.nested.property("accepted.delegatedAdministrator", undefined);
    expect(plan).to.have.nested.property("accepted.permissionSets.length", 1);
  });

  // One that has been in the management account may never be the delegate's, so the name has to tell them apart for good.
  for (const people of [[{ users: ["alice"] }], []]) {
    it(`never gives one name to the management account's set and to the delegate's, ${people.length} assignments`, () => {
      const namesWith = (delegate: string | undefined): readonly string[] => {
        const plan = planAccess(configuration(delegate, ...people), sandboxFacts());
        return "accepted" in plan ? plan.accepted.permissionSets.map(({ name }) => name) : plan.problems;
      };
      expect(namesWith(undefined)).to.deep.equal(["BreakGlassAssumeRoot-management"]);
      expect(namesWith("222222222222")).to.deep.equal(["BreakGlassAssumeRoot"]);
    });
  }

  it("says before anything is made that a name leaves no room, though there is no delegate yet", () => {
    const wanted = { ...configuration(undefined), permissionSets: [{ name: "A".repeat(22) }] };
    const [problem, ...others] = problemsIn(planAccess(wanted, sandboxFacts()));
    expect(problem).to.include("choose a name of at most 21.");
    expect(others).to.deep.equal([]);
  });

  it("finds accounts by name", () => {
    const wanted = configuration("Audit", { account: "Management", users: ["alice"] });
    const plan = planAccess(wanted, sandboxFacts());
    expect(plan).to.have.nested.property("accepted.delegatedAdministrator", "222222222222");
    expect(plan).to.have.nested.property("accepted.permissionSets[1].assignments[0].accountId", "111111111111");
  });

  it("finds accounts whose names were typed in another form of Unicode, or saved with a blank", () => {
    const accounts = [
      ...sandboxOrganization().accounts.filter(({ name }) => name !== "Audit"),
      { id: "222222222222", name: "감사 ".normalize("NFD"), state: "ACTIVE" },
    ];
    const facts = sandboxFacts({ organization: sandboxOrganization({ accounts }) });
    const plan = planAccess(configuration("감사"), facts);
    expect(plan).to.have.nested.property("accepted.delegatedAdministrator", "222222222222");
  });

  it("separates duties: each permission set has its tasks, its targets and its holders", () => {
    const wanted: Configuration = {
      ...configuration(
        "Audit",
        { permissionSet: "Auditors", groups: ["admins"] },
        { permissionSet: "Responders", users: ["alice"] },
      ),
      permissionSets: [
        { name: "Auditors", tasks: ["IAMAuditRootUserCredentials"], accountListing: "none" },
        { name: "Responders", tasks: ["S3UnlockBucketPolicy"], targetAccounts: ["Orders"], preflight: true },
      ],
    };
    const plan = planAccess(wanted, sandboxFacts());
    expect(plan).to.have.nested.property("accepted.permissionSets.length", 2);
    expect(plan).to.have.deep.nested.property(
      "accepted.permissionSets[0].policy",
      breakGlassPolicy({ tasks: ["IAMAuditRootUserCredentials"], accountListing: "none" }),
    );
    expect(plan).to.have.nested.property(
      "accepted.permissionSets[0].description",
      "Break Glass - sts:AssumeRoot for IAMAuditRootUserCredentials",
    );
    expect(plan).to.have.nested.property("accepted.permissionSets[0].assignments[0].principal", admins);
    expect(plan).to.have.nested.property(
      "accepted.permissionSets[1].policy.Statement[0].Resource[0]",
      "arn:aws:iam::333333333333:root",
    );
    expect(plan).to.have.nested.property("accepted.permissionSets[1].policy.Statement[2].Sid", "AllowPreflight");
    expect(plan).to.have.nested.property("accepted.permissionSets[1].assignments.length", 1);
  });

  it("takes over the delegate that AWS has already, and names those that it leaves alone", () => {
    const organization = sandboxOrganization({ delegates: ["222222222222", "333333333333"] });
    const plan = planAccess(configuration("222222222222"), sandboxFacts({ organization }));
    expect(plan).to.have.nested.property("accepted.delegateIsRegistered", true);
    expect(plan).to.have.deep.nested.property("accepted.otherDelegates", ["333333333333 (Orders)"]);
  });

  it("tells a delegate that this stack registered before from those that it leaves alone", () => {
    const organization = sandboxOrganization({ delegates: ["222222222222", "333333333333", "555555555555"] });
    const type = "aws:organizations/delegatedAdministrator:DelegatedAdministrator";
    const own = ["222222222222", "444444444444"].map((accountId) => ({ type, outputs: { accountId } }));
    const plan = planAccess(configuration("333333333333"), sandboxFacts({ organization }), own);
    expect(plan).to.have.deep.nested.property("accepted.formerDelegates", ["222222222222 (Audit)"]);
    expect(plan).to.have.deep.nested.property("accepted.otherDelegates", ["555555555555 (Closed)"]);
  });

  const refusals: (readonly [string, Configuration, OrganizationFacts, readonly string[]])[] = [
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
      "providers with credentials of different accounts",
      configuration(undefined),
      sandboxFacts({ nativeAccountId: "222222222222" }),
      [
        "aws-native:profile: aws-native has credentials of account 222222222222, but aws those of 111111111111; permission sets and their assignments would be made apart from the rest, so give both the same credentials.",
      ],
    ],
    [
      "an organization without all features",
      configuration(undefined),
      sandboxFacts({ organization: sandboxOrganization({ featureSet: "CONSOLIDATED_BILLING" }) }),
      [
        "aws:profile: organization o-sandbox1234 has the feature set CONSOLIDATED_BILLING, but centralized root access needs ALL; first: aws organizations enable-all-features (organizations:EnableAllFeatures), which every invited account has to accept.",
      ],
    ],
    [
      "a Region without IAM Identity Center",
      configuration(undefined, { users: ["alice"] }),
      sandboxFacts({ identityCenter: { absentFrom: "eu-west-1", foundIn: [] } }),
      [
        "aws:region: there is no IAM Identity Center instance in Region eu-west-1; set aws:region and aws-native:region to the Region where it is enabled.",
      ],
    ],
    [
      "another Region than IAM Identity Center's",
      configuration(undefined, { users: ["alice"] }),
      sandboxFacts({ identityCenter: { absentFrom: "eu-west-1", foundIn: ["us-east-1"] } }),
      [
        "aws:region: there is no IAM Identity Center instance in Region eu-west-1; set aws:region and aws-native:region to us-east-1.",
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

  const sets = (...permissionSets: Configuration["permissionSets"]): Configuration => ({
    ...configuration("222222222222", { users: ["alice"] }),
    permissionSets,
  });
  refusals.push(
    [
      "an account name that is nobody's",
      configuration("Odit"),
      sandboxFacts(),
      [
        "aws-break-glass:delegatedAdministrator: no account of organization o-sandbox1234 is named Odit; check the spelling, or give its 12-digit id in quotation marks.",
      ],
    ],
    [
      "an account name that two accounts have",
      configuration("Twin"),
      sandboxFacts({
        organization: sandboxOrganization({
          accounts: ["666666666666", "777777777777"].map((id) => ({ id, name: "Twin", state: "ACTIVE" })),
        }),
      }),
      [
        "aws-break-glass:delegatedAdministrator: more than one account is named Twin (666666666666, 777777777777); give the id in quotation marks.",
      ],
    ],
    [
      "several permission sets and an assignment that chooses none, or one that is not there",
      {
        ...configuration("222222222222", { users: ["alice"] }, { permissionSet: "Cs", users: ["alice"] }),
        permissionSets: [{ name: "As" }, { name: "Bs" }],
      },
      sandboxFacts(),
      [
        "aws-break-glass:assignments[0].permissionSet: is not set, and there is more than one permission set; choose one of As, Bs.",
        "aws-break-glass:assignments[1].permissionSet: there is no permission set Cs; choose one of As, Bs, or add it to aws-break-glass:permissionSets.",
      ],
    ],
    [
      "two permission sets of one name",
      {
        ...configuration(undefined, { permissionSet: "As", users: ["alice"] }),
        permissionSets: [{ name: "As" }, { name: "As" }],
      },
      sandboxFacts(),
      ["aws-break-glass:permissionSets[1].name: there is a permission set As already; names have to differ."],
    ],
    [
      "a name that is the management account's set's of another",
      sets({ name: "As-management" }),
      sandboxFacts(),
      [
        "aws-break-glass:permissionSets[0].name: As-management ends in -management, as only the management account's permission sets do; choose another name.",
      ],
    ],
    [
      "the management account as a target",
      sets({ name: "As", targetAccounts: ["Orders", "Management"] }),
      sandboxFacts(),
      [
        "aws-break-glass:permissionSets[0].targetAccounts[1]: 111111111111 is the management account, in which no root session can be opened; name member accounts.",
      ],
    ],
    [
      "so many targets that the policy grows too large",
      sets({ name: "As", targetAccounts: manyAccounts.map(({ id }) => id) }),
      sandboxFacts({
        organization: sandboxOrganization({ accounts: [...sandboxOrganization().accounts, ...manyAccounts] }),
      }),
      [
        "aws-break-glass:permissionSets[0]: its policy has 13904 bytes, and AWS takes 10240; name fewer targetAccounts, or spread them over several permission sets.",
      ],
    ],
    [
      "a name that leaves no room for the management account's own set",
      {
        ...configuration("222222222222", { account: "111111111111", users: ["alice"] }),
        permissionSets: [{ name: "A".repeat(22) }],
      },
      sandboxFacts(),
      [
        `aws-break-glass:permissionSets[0].name: the management account needs a permission set of its own, ${"A".repeat(22)}-management, whose name is longer than 32 characters; choose a name of at most 21.`,
      ],
    ],
  );

  for (const [what, wanted, facts, problems] of refusals) {
    it(`refuses ${what}`, () => {
      expect(planAccess(wanted, facts)).to.deep.equal({ problems });
    });
  }
});
