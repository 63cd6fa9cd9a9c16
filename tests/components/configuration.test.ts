import { expect } from "chai";
import { parseConfiguration } from "#components";

const own = "aws-break-glass";

function assignments(value: unknown): Record<string, string> {
  return { [`${own}:assignments`]: JSON.stringify(value) };
}

const dana = "arn:aws:iam::222222222222:user/dana";
const oncall = { protocol: "email", endpoint: "oncall@example.com" };
const settings =
  "delegatedAdministrator, delegateAccess, permissionSets, assignments, breakGlassRole, rootUserGuardrail, rootSessionGuardrail, rootAccessAlerts, trail, removeOnDestroy";
const theGuidesSet = [{ name: "BreakGlassAssumeRoot", accountListing: "console", preflight: false }];

describe("configuration of the organization stack", () => {
  it("is empty by default: no delegate, nobody assigned", () => {
    expect(parseConfiguration({})).to.deep.equal({
      accepted: { permissionSets: theGuidesSet, assignments: [], removeOnDestroy: false },
    });
  });

  it("takes account ids as text and as the numbers that YAML makes of bare digits", () => {
    const config = {
      [`${own}:delegatedAdministrator`]: "222222222222",
      ...assignments([{ account: 222222222222, groups: ["break-glass-admins"] }, { users: [" alice "] }]),
    };
    expect(parseConfiguration(config)).to.deep.equal({
      accepted: {
        delegatedAdministrator: "222222222222",
        permissionSets: theGuidesSet,
        removeOnDestroy: false,
        assignments: [
          { account: "222222222222", users: [], groups: ["break-glass-admins"] },
          { users: ["alice"], groups: [] },
        ],
      },
    });
  });

  it("fills in what the role and the guardrails leave out", () => {
    const config = {
      [`${own}:delegateAccess`]: '{"profile":"audit"}',
      [`${own}:breakGlassRole`]: '{"trustedPrincipals":["arn:aws:iam::222222222222:user/dana"]}',
      [`${own}:rootUserGuardrail`]: '{"organizationalUnits":["Workloads"]}',
      [`${own}:rootSessionGuardrail`]: "{}",
    };
    expect(parseConfiguration(config))
      .to.have.property("accepted")
      .that.deep.includes({
        delegateAccess: { profile: "audit" },
        breakGlassRole: {
          trustedPrincipals: ["arn:aws:iam::222222222222:user/dana"],
          name: "BreakGlassAssumeRoot",
          path: "/break-glass/",
          sourceIdentity: false,
          accountListing: "console",
          preflight: false,
        },
        rootUserGuardrail: { organizationalUnits: ["Workloads"], policyName: "DenyRootUserExceptRootSessions" },
        rootSessionGuardrail: { otherPrincipals: [], policyName: "OnlyBreakGlassAssumesRoot" },
      });
  });

  it("takes a name in either form of Unicode, with blanks around it", () => {
    const config = {
      [`${own}:delegatedAdministrator`]: " 감사 ".normalize("NFD"),
      ...assignments([{ groups: ["관리자 ".normalize("NFD")], account: "감사".normalize("NFD") }]),
    };
    expect(parseConfiguration(config))
      .to.have.property("accepted")
      .that.deep.includes({
        delegatedAdministrator: "감사",
        assignments: [{ account: "감사", users: [], groups: ["관리자"] }],
      });
  });

  it("leaves other namespaces alone", () => {
    expect(parseConfiguration({ "somebody:else": "1", "aws-break-glass-scenarios:anything": "2" })).to.have.property(
      "accepted",
    );
  });

  const refusals: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
    [
      "an unknown key",
      { [`${own}:delegateAdministrator`]: "222222222222" },
      [
        `aws-break-glass:delegateAdministrator: there is no such setting; did you mean delegatedAdministrator? Known here are ${settings}.`,
      ],
    ],
    [
      "an unknown key of an assignment",
      assignments([{ groups: ["a"] }, { group: "break-glass-admins", users: ["alice"] }]),
      [
        "aws-break-glass:assignments[1].group: there is no such setting; did you mean groups? Known here are permissionSet, account, users, groups.",
      ],
    ],
    [
      "assignments that are no list",
      { [`${own}:assignments`]: "break-glass-admins" },
      [
        "aws-break-glass:assignments: must be a list, each item with users or groups, and the account they may sign in to.",
      ],
    ],
    [
      "an assignment that is no object",
      assignments(["alice"]),
      [
        "aws-break-glass:assignments[0]: must be an object with users or groups, and optionally account and permissionSet.",
      ],
    ],
    [
      "an assignment of nobody",
      assignments([{ account: "222222222222" }]),
      ["aws-break-glass:assignments[0]: names neither users nor groups."],
    ],
    [
      "a single name where a list belongs",
      assignments([{ groups: "break-glass-admins" }]),
      ["aws-break-glass:assignments[0].groups: must be a list of names or ids."],
    ],
    [
      "names that are no text, and empty ones",
      assignments([{ groups: ["break-glass-admins", 7], users: [""] }]),
      [
        "aws-break-glass:assignments[0].users[0]: is empty: give a name or an id.",
        "aws-break-glass:assignments[0].groups[1]: must be text: a name or an id, in quotation marks if it consists of digits.",
      ],
    ],
    [
      "an account that is neither text nor number",
      assignments([{ account: { id: "222222222222" }, users: ["alice"] }]),
      ["aws-break-glass:assignments[0].account: must be an account's id or name in quotation marks."],
    ],
    [
      "two ways into the delegate's account, and none",
      { [`${own}:delegateAccess`]: '{"profile":"audit","role":"Admin"}' },
      [
        "aws-break-glass:delegateAccess: takes one of profile and role: an AWS profile of the delegate's account, or a role there.",
      ],
    ],
    [
      "a role that trusts nobody, under a misspelt key",
      { [`${own}:breakGlassRole`]: '{"trustedPrincipals":[],"sourceIdentiy":true}' },
      [
        "aws-break-glass:breakGlassRole.trustedPrincipals: is empty: name the IAM users or roles that may break the glass.",
        "aws-break-glass:breakGlassRole.sourceIdentiy: there is no such setting; did you mean sourceIdentity? Known here are trustedPrincipals, account, name, path, sourceIdentity, tasks, targetAccounts, accountListing, preflight.",
      ],
    ],
    [
      "alerts that nobody gets, in no Region, and a misspelt key inside a subscription",
      {
        [`${own}:rootAccessAlerts`]: JSON.stringify({
          subscriptions: [{ protocol: "email", endpiont: "a@example.com", endpoint: "a@example.com" }],
          region: "Frankfurt",
          regions: [],
        }),
      },
      [
        "aws-break-glass:rootAccessAlerts.subscriptions[0].endpiont: there is no such setting; did you mean endpoint? Known here are protocol, endpoint.",
        "aws-break-glass:rootAccessAlerts.region: is no Region; write its code, for example eu-west-1.",
        "aws-break-glass:rootAccessAlerts.regions: is empty: leave it out for every enabled Region.",
      ],
    ],
    [
      "guardrails that are no objects",
      { [`${own}:rootUserGuardrail`]: "true", [`${own}:rootSessionGuardrail`]: "true" },
      [
        "aws-break-glass:rootUserGuardrail: must be an object with organizationalUnits.",
        "aws-break-glass:rootSessionGuardrail: must be an object; {} takes the defaults.",
      ],
    ],
    [
      "a description in letters that IAM Identity Center does not take",
      {
        [`${own}:permissionSets`]: JSON.stringify([
          { name: "A", description: "긴급 접근" },
          { name: "B", description: "Für Notfälle" },
        ]),
      },
      [
        'aws-break-glass:permissionSets[0].description: holds "긴", which IAM Identity Center does not take; it takes the letters and signs of ASCII and Latin-1 only.',
      ],
    ],
    [
      "what is named twice",
      {
        [`${own}:permissionSets`]: JSON.stringify([
          { name: "A", tasks: ["S3UnlockBucketPolicy", "S3UnlockBucketPolicy"] },
        ]),
        [`${own}:breakGlassRole`]: JSON.stringify({ trustedPrincipals: [dana, dana] }),
        [`${own}:rootSessionGuardrail`]: JSON.stringify({ otherPrincipals: [dana, ` ${dana}`] }),
        [`${own}:rootAccessAlerts`]: JSON.stringify({
          subscriptions: [oncall, { ...oncall, protocol: "email-json" }, oncall],
          regions: ["eu-west-1", "us-east-1", "eu-west-1"],
        }),
      },
      [
        "aws-break-glass:permissionSets[0].tasks[1]: S3UnlockBucketPolicy is named before; name it once.",
        `aws-break-glass:breakGlassRole.trustedPrincipals[1]: ${dana} is named before; name it once.`,
        `aws-break-glass:rootSessionGuardrail.otherPrincipals[1]: ${dana} is named before; name it once.`,
        "aws-break-glass:rootAccessAlerts.subscriptions[2]: email oncall@example.com is named before; name it once.",
        "aws-break-glass:rootAccessAlerts.regions[2]: eu-west-1 is named before; name it once.",
      ],
    ],
    [
      "a path without any unit in it",
      { [`${own}:rootUserGuardrail`]: JSON.stringify({ organizationalUnits: [" / "] }) },
      [
        "aws-break-glass:rootUserGuardrail.organizationalUnits[0]: names no organizational unit; for the whole organization write Root.",
      ],
    ],
    [
      "a topic whose key would have too long an alias",
      { [`${own}:rootAccessAlerts`]: JSON.stringify({ subscriptions: [oncall], topicName: "t".repeat(251) }) },
      [
        "aws-break-glass:rootAccessAlerts.topicName: must have 1 to 250 letters, digits and characters of _ -; KMS takes no longer alias of its key.",
      ],
    ],
    [
      "settings under a misspelt namespace",
      {
        "aws-breakglass:delegatedAdministrator": "222222222222",
        "aws-break-glas:removeOnDestroy": "true",
        "aws-break-glas:notOurs": "1",
        "elsewhere:trail": "t",
      },
      [
        "aws-breakglass:delegatedAdministrator: is nobody's setting; did you mean aws-break-glass:delegatedAdministrator?",
        "aws-break-glas:removeOnDestroy: is nobody's setting; did you mean aws-break-glass:removeOnDestroy?",
      ],
    ],
    [
      "providers that work with different credentials",
      { "aws:profile": "management" },
      ["aws:profile and aws-native:profile must have the same value: the first is management, the second not set."],
    ],
    [
      "providers that work in different Regions",
      { "aws:region": "us-east-1", "aws-native:region": "eu-west-1" },
      ["aws:region and aws-native:region must have the same value: the first is us-east-1, the second eu-west-1."],
    ],
    [
      "everything that is wrong, together",
      { "aws:profile": "management", [`${own}:x`]: "1", ...assignments([{}]) },
      [
        "aws-break-glass:assignments[0]: names neither users nor groups.",
        `aws-break-glass:x: there is no such setting; known here are ${settings}.`,
        "aws:profile and aws-native:profile must have the same value: the first is management, the second not set.",
      ],
    ],
  ];

  for (const [what, config, problems] of refusals) {
    it(`refuses ${what}`, () => {
      expect(parseConfiguration(config)).to.deep.equal({ problems });
    });
  }
});
