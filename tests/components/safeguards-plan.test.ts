import { expect } from "chai";
import { type OrganizationalUnitFact, type OrganizationFacts, planAccess } from "#components";
import { breakGlassPolicy } from "#iam";
import { configured } from "./configured.ts";
import { sandboxFacts, sandboxOrganization } from "./sandbox-facts.ts";

const dana = "arn:aws:iam::222222222222:user/dana";
const workloads: OrganizationalUnitFact = { reference: "Root/Workloads", id: "ou-sbox-workload" };

function many(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `arn:aws:iam::222222222222:user/${index + 1000}`);
}

describe("plan of what stands around root access", () => {
  it("puts the role into the delegate's account, with the permission sets' policy and a way in", () => {
    const settings = {
      delegatedAdministrator: "Audit",
      delegateAccess: { role: "OrganizationAccountAccessRole" },
      breakGlassRole: { trustedPrincipals: [dana], tasks: ["S3UnlockBucketPolicy"], targetAccounts: ["Orders"] },
    };
    const plan = planAccess(configured(settings), sandboxFacts());
    expect(plan).to.have.deep.nested.property("accepted.safeguards.delegate", {
      accountId: "222222222222",
      access: { role: "OrganizationAccountAccessRole" },
    });
    expect(plan).to.have.deep.nested.property("accepted.safeguards.breakGlassRole", {
      accountId: "222222222222",
      arn: "arn:aws:iam::222222222222:role/break-glass/BreakGlassAssumeRoot",
      trustedPrincipals: [dana],
      name: "BreakGlassAssumeRoot",
      path: "/break-glass/",
      sourceIdentity: false,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AllowAssumeRoot",
            Effect: "Allow",
            Action: "sts:AssumeRoot",
            Resource: ["arn:aws:iam::333333333333:root"],
            Condition: {
              StringEquals: { "sts:TaskPolicyArn": ["arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"] },
            },
          },
          ...breakGlassPolicy().Statement.slice(1),
        ],
      },
    });
  });

  it("puts the role into the management account where it is asked for, or where there is no delegate", () => {
    const here = { breakGlassRole: { trustedPrincipals: [dana] } };
    const there = { ...here, delegatedAdministrator: "Audit" };
    const named = { ...there, breakGlassRole: { trustedPrincipals: [dana], account: "Management" } };
    for (const settings of [here, named]) {
      const plan = planAccess(configured(settings), sandboxFacts());
      expect(plan).to.have.nested.property("accepted.safeguards.breakGlassRole.accountId", "111111111111");
      expect(plan).to.have.nested.property("accepted.safeguards.delegate", undefined);
    }
  });

  it("exempts the delegate's permission sets, the role there and further principals from the guardrail", () => {
    const settings = {
      delegatedAdministrator: "Audit",
      delegateAccess: { profile: "audit" },
      permissionSets: [{ name: "Here" }, { name: "Both" }],
      assignments: [
        { permissionSet: "Here", users: ["alice"] },
        { permissionSet: "Both", users: ["alice"] },
        { permissionSet: "Both", account: "Management", users: ["alice"] },
      ],
      breakGlassRole: { trustedPrincipals: [dana], name: "Glass", path: "/" },
      rootSessionGuardrail: { otherPrincipals: [dana], policyName: "Only" },
    };
    expect(planAccess(configured(settings), sandboxFacts())).to.have.deep.nested.property(
      "accepted.safeguards.rootSessionGuardrail",
      {
        accountId: "222222222222",
        permissionSetNames: ["Here", "Both"],
        principalArns: ["arn:aws:iam::222222222222:role/Glass", dana],
        policyName: "Only",
      },
    );
  });

  it("attaches the guardrail for root users to the units that were found", () => {
    const settings = { rootUserGuardrail: { organizationalUnits: ["Root/Workloads"] } };
    const facts = sandboxFacts({ organizationalUnits: [workloads] });
    expect(planAccess(configured(settings), facts)).to.have.deep.nested.property(
      "accepted.safeguards.rootUserGuardrail",
      { targetIds: ["ou-sbox-workload"], policyName: "DenyRootUserExceptRootSessions" },
    );
  });

  it("makes alerts in both accounts: people are told by both, a queue by its own account's", () => {
    const mine = { protocol: "email", endpoint: "oncall@example.com" };
    const queue = { protocol: "sqs", endpoint: "arn:aws:sqs:us-east-1:222222222222:alerts" };
    const settings = {
      delegatedAdministrator: "Audit",
      delegateAccess: { profile: "audit" },
      rootAccessAlerts: {
        subscriptions: [mine, queue],
        region: "us-east-1",
        regions: ["us-east-1"],
        topicName: "glass",
      },
    };
    const plan = planAccess(configured(settings), sandboxFacts());
    expect(plan).to.have.deep.nested.property("accepted.safeguards.rootAccessAlerts", {
      accounts: [
        { accountId: "111111111111", subscriptions: [mine] },
        { accountId: "222222222222", subscriptions: [mine, queue] },
      ],
      region: "us-east-1",
      regions: ["us-east-1"],
      keyArn: undefined,
      topicName: "glass",
    });
    expect(plan).to.have.nested.property("accepted.safeguards.delegate.accountId", "222222222222");
  });

  it("makes alerts in the management account alone where there is no delegate", () => {
    const settings = { rootAccessAlerts: { subscriptions: [{ protocol: "sms", endpoint: "+15551234567" }] } };
    const plan = planAccess(configured(settings), sandboxFacts());
    expect(plan).to.have.nested.property("accepted.safeguards.rootAccessAlerts.accounts.length", 1);
    expect(plan).to.have.nested.property("accepted.safeguards.delegate", undefined);
  });

  const key = "aws-break-glass";
  const there = ["Workloads", "Security"];
  const refusals: readonly {
    readonly what: string;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly units?: readonly OrganizationalUnitFact[];
    readonly facts?: Partial<OrganizationFacts>;
    readonly problems: readonly string[];
  }[] = [
    {
      what: "a role in the delegate's account without a way in",
      settings: { delegatedAdministrator: "Audit", breakGlassRole: { trustedPrincipals: [dana] } },
      problems: [
        `${key}:delegateAccess: is not set, and what ${key}:breakGlassRole asks for is made in 222222222222; give a profile of that account, or a role there that the management account may assume, such as OrganizationAccountAccessRole.`,
      ],
    },
    {
      what: "a role that trusts an account, has no name, targets management and lives in a member account",
      settings: {
        breakGlassRole: {
          trustedPrincipals: ["arn:aws:iam::222222222222:root"],
          name: "a b",
          account: "Orders",
          targetAccounts: ["Management"],
        },
      },
      problems: [
        `${key}:breakGlassRole.account: account 333333333333 (Orders) cannot assume root; choose the management account 111111111111.`,
        `${key}:breakGlassRole.trustedPrincipals: "arn:aws:iam::222222222222:root" stands for everybody in an account, its root user included; name each IAM user or role, for example arn:aws:iam::111122223333:user/NAME.`,
        `${key}:breakGlassRole.name: "a b" is no role name: 1 to 64 letters, digits and characters of _ + = , . @ - make one.`,
        `${key}:breakGlassRole.targetAccounts[0]: 111111111111 is the management account, in which no root session can be opened; name member accounts.`,
      ],
    },
    {
      what: "an organizational unit that is misspelt, one that is nothing like any, one named twice by two names",
      settings: { rootUserGuardrail: { organizationalUnits: ["Wrokloads", "Root/Workloads/EU", "Finance"] } },
      units: [
        { reference: "Wrokloads", missing: "Wrokloads", below: "Root", there },
        { reference: "Root/Workloads/EU", missing: "EU", below: "Root/Workloads", there: [] },
        { reference: "Finance", missing: "Finance", below: "Root", there },
      ],
      problems: [
        `${key}:rootUserGuardrail.organizationalUnits[0]: there is no organizational unit Wrokloads below Root; did you mean Workloads? There are Security, Workloads.`,
        `${key}:rootUserGuardrail.organizationalUnits[1]: there is no organizational unit EU below Root/Workloads; there is none at all.`,
        `${key}:rootUserGuardrail.organizationalUnits[2]: there is no organizational unit Finance below Root; there are Security, Workloads.`,
      ],
    },
    {
      what: "one unit under two names",
      settings: { rootUserGuardrail: { organizationalUnits: ["Root/Workloads", "Workloads"] } },
      units: [workloads, { ...workloads, reference: "Workloads" }],
      problems: [`${key}:rootUserGuardrail.organizationalUnits[1]: Workloads is named before; name it once.`],
    },
    {
      what: "an id that is nobody's",
      settings: { rootUserGuardrail: { organizationalUnits: ["ou-sbox-00000000"] } },
      units: [{ reference: "ou-sbox-00000000", missing: "ou-sbox-00000000", below: "", there: [] }],
      problems: [
        `${key}:rootUserGuardrail.organizationalUnits[0]: there is no organizational unit ou-sbox-00000000; check the id, or give the path.`,
      ],
    },
    {
      what: "alerts in the delegate's account without a way in",
      settings: {
        delegatedAdministrator: "Audit",
        breakGlassRole: { trustedPrincipals: [dana] },
        rootAccessAlerts: { subscriptions: [{ protocol: "email", endpoint: "a@example.com" }] },
      },
      problems: [
        `${key}:delegateAccess: is not set, and what ${key}:breakGlassRole and ${key}:rootAccessAlerts ask for is made in 222222222222; give a profile of that account, or a role there that the management account may assume, such as OrganizationAccountAccessRole.`,
      ],
    },
    {
      what: "subscribers that are none, another account's queue, and a key that is none or elsewhere",
      settings: {
        rootAccessAlerts: {
          subscriptions: [
            { protocol: "email", endpoint: "oncall" },
            { protocol: "sms", endpoint: "555-1234" },
            { protocol: "sqs", endpoint: "arn:aws:sns:us-east-1:111111111111:alerts" },
            { protocol: "lambda", endpoint: "arn:aws:lambda:us-east-1:333333333333:function:page" },
          ],
          region: "us-east-1",
          key: "arn:aws:kms:eu-west-1:111111111111:key/one",
        },
      },
      problems: [
        `${key}:rootAccessAlerts.subscriptions[0].endpoint: oncall is no e-mail address.`,
        `${key}:rootAccessAlerts.subscriptions[1].endpoint: 555-1234 is no phone number; write it with the country's code, for example +15551234567.`,
        `${key}:rootAccessAlerts.subscriptions[2].endpoint: arn:aws:sns:us-east-1:111111111111:alerts is not the ARN of a queue.`,
        `${key}:rootAccessAlerts.subscriptions[3].endpoint: arn:aws:lambda:us-east-1:333333333333:function:page is in account 333333333333, where no alerts are made; choose one of 111111111111.`,
        `${key}:rootAccessAlerts.key: the key is in eu-west-1, and the topic in us-east-1; they have to be in one Region.`,
      ],
    },
    {
      what: "an alias where a key's ARN belongs",
      settings: {
        rootAccessAlerts: { subscriptions: [{ protocol: "email", endpoint: "a@example.com" }], key: "alias/glass" },
      },
      problems: [
        `${key}:rootAccessAlerts.key: alias/glass is not the ARN of a key; write it whole, arn:aws:kms:REGION:ACCOUNT:key/ID.`,
      ],
    },
    {
      what: "a guardrail for a delegate where there is none",
      settings: { rootSessionGuardrail: {} },
      problems: [
        `${key}:rootSessionGuardrail: there is no delegated administrator whose account it could guard; service control policies never affect the management account.`,
      ],
    },
    {
      what: "guardrails where service control policies are not enabled",
      settings: {
        delegatedAdministrator: "Audit",
        rootUserGuardrail: { organizationalUnits: ["Root/Workloads"] },
        rootSessionGuardrail: {},
      },
      units: [workloads],
      facts: { organization: sandboxOrganization({ enabledPolicyTypes: ["TAG_POLICY"] }) },
      problems: ["rootUserGuardrail", "rootSessionGuardrail"].map(
        (setting) =>
          `${key}:${setting}: is a service control policy, and the organization has that type of policy not enabled, so it could not be attached. An administrator of the management account with organizations:EnablePolicyType can: aws organizations enable-policy-type --root-id r-sbox --policy-type SERVICE_CONTROL_POLICY. Nothing here does, as that would mean to own the organization.`,
      ),
    },
    {
      what: "a key that is not in the Region of the topics where that is left to aws:region",
      settings: {
        rootAccessAlerts: {
          subscriptions: [{ protocol: "email", endpoint: "a@example.com" }],
          key: "arn:aws:kms:eu-west-1:111111111111:key/one",
        },
      },
      problems: [
        `${key}:rootAccessAlerts.key: the key is in eu-west-1, and the topic in us-east-1; they have to be in one Region.`,
      ],
    },
    {
      what: "a trust policy and a guardrail with more principals than AWS takes",
      settings: {
        delegatedAdministrator: "Audit",
        delegateAccess: { profile: "audit" },
        breakGlassRole: { trustedPrincipals: many(50) },
        rootSessionGuardrail: { otherPrincipals: many(270) },
      },
      problems: [
        `${key}:breakGlassRole.trustedPrincipals: its trust policy has 2090 characters, and IAM takes 2048 unless the account's quota was raised; name fewer, or roles that several people share.`,
        `${key}:rootSessionGuardrail.otherPrincipals: its policy has 10556 characters, and AWS Organizations takes 10240; name fewer.`,
      ],
    },
    {
      what: "a target that is named twice, once by its id and once by its name",
      settings: {
        permissionSets: [{ name: "A", targetAccounts: ["Orders", "Audit", "333333333333"] }],
        breakGlassRole: { trustedPrincipals: [dana], targetAccounts: ["Audit", "Audit"] },
      },
      problems: [
        `${key}:permissionSets[0].targetAccounts[2]: 333333333333 is named before; name it once.`,
        `${key}:breakGlassRole.targetAccounts[1]: Audit is named before; name it once.`,
      ],
    },
    {
      what: "principals, subscribers and keys of another partition",
      settings: {
        breakGlassRole: { trustedPrincipals: ["arn:aws-cn:iam::222222222222:user/dana"] },
        rootAccessAlerts: {
          subscriptions: [{ protocol: "sqs", endpoint: "arn:aws-cn:sqs:us-east-1:111111111111:alerts" }],
          key: "arn:aws-cn:kms:us-east-1:111111111111:key/one",
        },
      },
      problems: [
        `${key}:breakGlassRole.trustedPrincipals: "arn:aws-cn:iam::222222222222:user/dana" is of partition aws-cn, and this kit works in partition aws; name each IAM user or role, for example arn:aws:iam::111122223333:user/NAME.`,
        `${key}:rootAccessAlerts.subscriptions[0].endpoint: arn:aws-cn:sqs:us-east-1:111111111111:alerts is not the ARN of a queue.`,
        `${key}:rootAccessAlerts.key: arn:aws-cn:kms:us-east-1:111111111111:key/one is not the ARN of a key; write it whole, arn:aws:kms:REGION:ACCOUNT:key/ID.`,
      ],
    },
    {
      what: "a principal whose name IAM cannot have",
      settings: { breakGlassRole: { trustedPrincipals: ["arn:aws:iam::222222222222:user/다나"] } },
      problems: [
        `${key}:breakGlassRole.trustedPrincipals: "arn:aws:iam::222222222222:user/다나" is not the ARN of an IAM user or role; name each IAM user or role, for example arn:aws:iam::111122223333:user/NAME.`,
      ],
    },
    {
      what: "a unit below which one has a slash in its name",
      settings: { rootUserGuardrail: { organizationalUnits: ["Root/Asia/Pacific"] } },
      units: [{ reference: "Root/Asia/Pacific", missing: "Asia", below: "Root", there: ["Asia/Pacific"] }],
      problems: [
        `${key}:rootUserGuardrail.organizationalUnits[0]: there is no organizational unit Asia below Root; there are Asia/Pacific. One with a slash in its name is named by its id.`,
      ],
    },
    {
      what: "a guardrail that exempts everybody",
      settings: { delegatedAdministrator: "Audit", rootSessionGuardrail: { otherPrincipals: ["*"] } },
      problems: [
        `${key}:rootSessionGuardrail.otherPrincipals: "*" stands for everybody in an account, its root user included; name each IAM user or role, for example arn:aws:iam::111122223333:user/NAME.`,
      ],
    },
  ];

  for (const { what, settings, units = [], facts = {}, problems } of refusals) {
    it(`refuses ${what}`, () => {
      const plan = planAccess(configured(settings), sandboxFacts({ organizationalUnits: units, ...facts }));
      expect(plan).to.deep.equal({ problems });
    });
  }

  it("says what is missing where organizational units cannot be asked for", () => {
    const settings = { rootUserGuardrail: { organizationalUnits: ["Workloads"] } };
    const plan = planAccess(configured(settings), sandboxFacts({ organizationalUnits: undefined }));
    expect("problems" in plan && plan.problems.join()).to.include("organizations:ListAccounts, ListRoots");
  });
});
