import { expect } from "chai";
import { checkFacts, checkLine, checkPolicyType, checkTrail } from "../../components/preflight/preflight.ts";
import { readTrail, type Trail } from "../../components/facts/trail-facts.ts";
import { runtime } from "@pulumi/pulumi";
import type { OrganizationFacts } from "#components";
import { recordProgram } from "./provider-mocks.ts";
import { sandboxFacts, sandboxOrganization } from "./sandbox-facts.ts";

const lines = (facts: OrganizationFacts): readonly string[] => checkFacts(facts).map(checkLine);

describe("preflight", () => {
  afterEach(() => {
    runtime.setAllConfig({});
  });

  it("says of each thing that it is as it has to be", () => {
    expect(lines(sandboxFacts())).to.deep.equal([
      "ok: caller: arn:aws:iam::111111111111:user/platform in the management account 111111111111 (Management)",
      "ok: all features: enabled in organization o-sandbox1234",
      "ok: IAM Identity Center: arn:aws:sso:::instance/ssoins-1234567890abcdef",
    ]);
  });

  const missing: readonly (readonly [string, Partial<OrganizationFacts>, string])[] = [
    [
      "another account",
      { caller: { accountId: "222222222222", arn: "arn:aws:iam::222222222222:user/x" }, identityCenter: "unasked" },
      "missing: caller: credentials of the management account 111111111111 (setting aws:profile).",
    ],
    [
      "an account without an organization",
      { organization: undefined, identityCenter: "unasked" },
      "missing: caller: account 111111111111 belongs to no organization.",
    ],
    [
      "consolidated billing only",
      { organization: sandboxOrganization({ featureSet: "CONSOLIDATED_BILLING" }) },
      "missing: all features: only consolidated billing: aws organizations enable-all-features (organizations:EnableAllFeatures), which every invited account has to accept.",
    ],
    [
      "IAM Identity Center elsewhere",
      { identityCenter: { absentFrom: "eu-west-1", foundIn: ["us-east-1"] } },
      "missing: IAM Identity Center: not in eu-west-1 but in us-east-1 (settings aws:region and aws-native:region).",
    ],
    [
      "no IAM Identity Center",
      { identityCenter: { absentFrom: "eu-west-1", foundIn: [] } },
      "missing: IAM Identity Center: not found: enable it for the organization in the management account's console, in eu-west-1 (sso:CreateInstance), or set aws:region and aws-native:region to its Region.",
    ],
  ];
  for (const [what, facts, line] of missing) {
    it(`names ${what}, and how to get on`, () => {
      expect(lines(sandboxFacts(facts))).to.include(line);
    });
  }

  it("takes nothing for granted that could not be asked", () => {
    const accounts = lines(
      sandboxFacts({ organization: sandboxOrganization({ accounts: [] }), lacks: { accounts: "a:B" } }),
    );
    expect(accounts).to.include("not checked: member accounts: needs a:B");
    const delegates = lines(sandboxFacts({ lacks: { delegates: "organizations:ListDelegatedAdministrators" } }));
    expect(delegates).to.include(
      "not checked: delegated administrators: needs organizations:ListDelegatedAdministrators",
    );
    const organization = lines(sandboxFacts({ lacks: { organization: "organizations:DescribeOrganization" } }));
    expect(organization.slice(0, 2)).to.deep.equal([
      "not checked: caller: needs organizations:DescribeOrganization",
      "not checked: all features: needs organizations:DescribeOrganization",
    ]);
  });

  it("says of a policy type whether it is enabled, and who can enable it", () => {
    const known = { rootId: "r-sbox", enabled: ["SERVICE_CONTROL_POLICY"] };
    expect(checkLine(checkPolicyType("SERVICE_CONTROL_POLICY", { known }))).to.equal(
      "ok: policy type SERVICE_CONTROL_POLICY: enabled on r-sbox",
    );
    expect(checkLine(checkPolicyType("RESOURCE_CONTROL_POLICY", { known })))
      .to.match(/^missing: policy type RESOURCE_CONTROL_POLICY: not enabled/)
      .and.include("organizations:EnablePolicyType")
      .and.include("aws organizations enable-policy-type --root-id r-sbox --policy-type RESOURCE_CONTROL_POLICY");
    expect(checkLine(checkPolicyType("SERVICE_CONTROL_POLICY", { needs: "organizations:ListRoots" }))).to.equal(
      "not checked: policy type SERVICE_CONTROL_POLICY: needs organizations:ListRoots",
    );
  });

  const good: Trail = { isLogging: true, isMultiRegion: true, isOrganizationTrail: true, managementEvents: "all" };
  const trails: readonly (readonly [string, Trail | undefined, string])[] = [
    ["as it has to be", good, "ok: trail t: logs all management events of every Region"],
    ["that does not exist", undefined, "missing: trail t: there is none of that name in this account and Region"],
    [
      "that is stopped",
      { ...good, isLogging: false },
      "aws cloudtrail start-logging --name t (cloudtrail:StartLogging)",
    ],
    [
      "of one Region",
      { ...good, isMultiRegion: false },
      "update-trail --name t --is-multi-region-trail (cloudtrail:UpdateTrail)",
    ],
    [
      "without management events",
      { ...good, managementEvents: "none" },
      "it records no management events: aws cloudtrail put-event-selectors",
    ],
    ["that only sees writes", { ...good, managementEvents: "write" }, "it records only write management events"],
  ];
  for (const [what, trail, words] of trails) {
    it(`looks at a trail ${what}`, () => {
      expect(checkLine(checkTrail("t", { known: trail }))).to.include(words);
    });
  }

  it("says what a trail of the management account alone does not see, where there is a delegate", () => {
    const trail = { ...good, isOrganizationTrail: false };
    expect(checkLine(checkTrail("t", { known: trail }))).to.match(/^ok: trail t/);
    expect(checkLine(checkTrail("t", { known: trail }, "222222222222 (Audit)"))).to.equal(
      "missing: trail t: it is no organization trail, so no alert is raised in 222222222222 (Audit) unless that account has a trail of its own for all management events of every Region: aws cloudtrail update-trail --name t --is-organization-trail (cloudtrail:UpdateTrail, with trusted access for cloudtrail.amazonaws.com).",
    );
    expect(checkLine(checkTrail("t", { known: good }, "222222222222 (Audit)"))).to.match(/^ok: trail t/);
  });

  it("cannot look for a trail that has no name, or without permission", () => {
    expect(checkLine(checkTrail(undefined, undefined))).to.match(/^not checked: trail: needs aws-break-glass:trail/);
    expect(checkLine(checkTrail("t", { needs: "cloudtrail:GetTrail" }))).to.equal(
      "not checked: trail t: needs cloudtrail:GetTrail",
    );
  });

  const selectors: readonly (readonly [string, object, Trail["managementEvents"]])[] = [
    ["no selectors", {}, "all"],
    [
      "reads and writes apart",
      { EventSelectors: [{ ReadWriteType: "ReadOnly" }, { ReadWriteType: "WriteOnly" }] },
      "all",
    ],
    ["writes alone", { EventSelectors: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] }, "write"],
    ["data events alone", { EventSelectors: [{ IncludeManagementEvents: false }] }, "none"],
    ["advanced: data events alone", { AdvancedEventSelectors: [advanced({ eventCategory: ["Data"] })] }, "none"],
    ["advanced: management events", { AdvancedEventSelectors: [advanced({ eventCategory: ["Management"] })] }, "all"],
    [
      "advanced: management reads",
      { AdvancedEventSelectors: [advanced({ eventCategory: ["Management"], readOnly: ["true"] })] },
      "read",
    ],
  ];
  for (const [what, settings, managementEvents] of selectors) {
    it(`reads a trail's selectors: ${what}`, async () => {
      await recordProgram({ answers: () => ({ properties: JSON.stringify({ IsLogging: true, ...settings }) }) });
      expect(await readTrail("t")).to.have.nested.property("known.managementEvents", managementEvents);
    });
  }

  it("reads a trail that is not there, and one that may not be read", async () => {
    await recordProgram({ answers: failing("reading Cloud Control API (…) Resource (t): couldn't find resource") });
    expect(await readTrail("t")).to.deep.equal({ known: undefined });
    const sentence =
      "AccessDeniedException: User: arn:x is not authorized to perform: cloudtrail:GetTrail on resource: y";
    await recordProgram({ answers: failing(sentence) });
    expect(await readTrail("t")).to.deep.equal({ needs: "cloudtrail:GetTrail" });
  });
});

function failing(message: string): () => never {
  return () => {
    throw new Error(message);
  };
}

function advanced(fields: Readonly<Record<string, readonly string[]>>): object {
  return { FieldSelectors: Object.entries(fields).map(([Field, Equals]) => ({ Field, Equals })) };
}
