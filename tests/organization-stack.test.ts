import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { keptOnDestroy, nextSteps } from "#components";
import { breakGlassPolicy, parseAccountId } from "#iam";
import { valueOf } from "./components/provider-mocks.ts";
import { groupId, runStack, type Situation } from "./stack-under-mocks.ts";

describe("organization stack", () => {
  afterEach(() => {
    runtime.setAllConfig({});
  });

  it("makes the whole set-up from the configuration, in the order AWS demands", async () => {
    const { recording, outputs } = await runStack({
      "aws:profile": "management",
      "aws-native:profile": "management",
      "aws-break-glass:delegatedAdministrator": "222222222222",
      "aws-break-glass:assignments": JSON.stringify([{ groups: ["break-glass-admins"], users: ["alice"] }]),
    });
    expect(recording.resources.map(({ name }) => name)).to.deep.equal([
      "central-root-access-trusted-access",
      "central-root-access-features",
      "central-root-access-delegated-administrator",
      "BreakGlassAssumeRoot-permission-set",
      `BreakGlassAssumeRoot-group-${groupId}-in-222222222222`,
      "BreakGlassAssumeRoot-user-alice-id-in-222222222222",
    ]);
    expect(await valueOf(outputs.enabledFeatures)).to.deep.equal(["RootCredentialsManagement", "RootSessions"]);
    expect(outputs.permissionSets.map(({ name }) => name)).to.deep.equal(["BreakGlassAssumeRoot"]);
    const [permissionSet] = outputs.permissionSets;
    expect(permissionSet && (await valueOf(permissionSet.arn))).to.match(/^arn:aws:sso:::permissionSet/);
    expect(outputs.organizationId).to.equal("o-sandbox1234");
    expect(outputs.delegatedAdministrator).to.equal("222222222222");
    expect(outputs.assignments).to.deep.equal([
      { account: "222222222222", permissionSet: "BreakGlassAssumeRoot", group: "break-glass-admins" },
      { account: "222222222222", permissionSet: "BreakGlassAssumeRoot", user: "alice" },
    ]);
    // Pulumi would warn of an output without a value.
    expect(Object.values<unknown>(outputs)).to.not.include(undefined);
    expect(outputs.nextSteps[0]).to.include("https://d-1234567890.awsapps.com/start");
    expect(outputs.nextSteps[1]).to.equal("Open account 222222222222 with BreakGlassAssumeRoot.");
  });

  it("makes the role in the delegate's account, and the guardrails on the units that the paths lead to", async () => {
    const { recording, outputs } = await runStack({
      "aws:profile": "management",
      "aws-native:profile": "management",
      "aws-break-glass:delegatedAdministrator": "222222222222",
      "aws-break-glass:delegateAccess": '{"role":"OrganizationAccountAccessRole"}',
      "aws-break-glass:breakGlassRole": '{"trustedPrincipals":["arn:aws:iam::222222222222:user/dana"],"name":"Glass"}',
      "aws-break-glass:rootUserGuardrail":
        '{"organizationalUnits":["Root / Workloads/한국","ou-sbox-security","Root"]}',
      "aws-break-glass:rootSessionGuardrail": "{}",
    });
    const inputsOf = new Map(recording.resources.map(({ name, inputs }) => [name, inputs]));
    expect(inputsOf.get("delegate-222222222222")).to.include({
      profile: "management",
      assumeRoles: JSON.stringify([{ roleArn: "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole" }]),
      allowedAccountIds: '["222222222222"]',
    });
    expect(inputsOf.get("break-glass-role-222222222222-role")).to.include({ name: "Glass" });
    const targets = recording.resources.filter(({ type }) => type.endsWith("PolicyAttachment"));
    expect(targets.map(({ inputs }) => targetOf(inputs))).to.have.members([
      "ou-sbox-korea",
      "ou-sbox-security",
      "r-sbox",
      "222222222222",
    ]);
    expect(outputs.breakGlassRole?.switchRoleLink).to.include("account=222222222222&roleName=break-glass/Glass");
    const unitsAsked = recording.invokes.filter(({ token }) => token.includes("getOrganizationalUnits"));
    expect(unitsAsked.map(({ inputs }) => inputs)).to.have.deep.members([
      { parentId: "r-sbox" },
      { parentId: "ou-sbox-workload" },
      { parentId: "ou-sbox-security" },
    ]);
  });

  it("asks each account for its Regions before anything is made, and watches them", async () => {
    const { recording, outputs } = await runStack({
      "aws-break-glass:delegatedAdministrator": "222222222222",
      "aws-break-glass:delegateAccess": '{"profile":"audit"}',
      "aws-break-glass:rootAccessAlerts": '{"subscriptions":[{"protocol":"email","endpoint":"oncall@example.com"}]}',
    });
    expect(recording.invokes.filter(({ token }) => token.includes("getRegions"))).to.have.length(2);
    const names = recording.resources.map(({ name }) => name);
    expect(names[0]).to.equal("delegate-222222222222");
    for (const account of ["111111111111", "222222222222"]) {
      expect(names).to.include.members([`alerts-${account}-topic`, `alerts-${account}-eu-west-1-rule`]);
    }
    expect(Object.keys(outputs.alertTopics)).to.deep.equal(["111111111111", "222222222222"]);
  });

  const alerts = (settings: object): Record<string, string> => ({
    "aws-break-glass:delegatedAdministrator": "222222222222",
    "aws-break-glass:delegateAccess": '{"profile":"orders"}',
    "aws-break-glass:rootAccessAlerts": JSON.stringify({
      subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }],
      ...settings,
    }),
  });

  it("makes nothing where Regions are to be watched that an account has not enabled", async () => {
    const { recording, failure } = await runStack(
      alerts({ regions: ["us-east-1", "eu-wset-1"], region: "af-south-1" }),
    );
    const [wrong, ...others] = (failure?.message ?? "").split("\n").filter((line) => line.includes("111111111111"));
    expect(wrong).to.equal(
      "  aws-break-glass:rootAccessAlerts.regions[1]: account 111111111111 has not enabled a Region eu-wset-1; did you mean eu-west-1? Correct it, or enable it there first: aws account enable-region --region-name eu-wset-1 (account:EnableRegion).",
    );
    expect(others).to.deep.equal([
      "  aws-break-glass:rootAccessAlerts.region: account 111111111111 has not enabled a Region af-south-1. Correct it, or enable it there first: aws account enable-region --region-name af-south-1 (account:EnableRegion).",
    ]);
    expect(failure?.message).to.include("account 222222222222 has not enabled a Region eu-wset-1");
    expect(recording.resources.filter(({ type }) => type !== "pulumi:providers:aws")).to.deep.equal([]);
  });

  it("watches the Regions that it is told where it may not ask which are enabled, and says so", async () => {
    const { recording, failure } = await runStack(alerts({ regions: ["ap-northeast-2"] }), {
      regionsFailure: "UnauthorizedOperation: You are not authorized to perform this operation.",
    });
    expect(failure).to.equal(undefined);
    expect(recording.resources.map(({ name }) => name)).to.include("alerts-222222222222-ap-northeast-2-rule");
  });

  it("names the setting whose credentials are another account's", async () => {
    const { failure } = await runStack(alerts({}), { regionsFailure: "AWS account ID not allowed: 333333333333" });
    expect(failure?.message).to.equal(
      "Nothing was changed: aws-break-glass:delegateAccess: profile orders has credentials of account 333333333333, and the delegated administrator is 222222222222; give a profile of that account, or a role there.",
    );
    expect(failure).to.have.property("__pulumiRunError", true);
  });

  it("finds a policy that keeps the delegate's people from opening root sessions", async () => {
    const settings = { "aws-break-glass:delegatedAdministrator": "222222222222" };
    const { outputs } = await runStack(settings, { denyAssumeRootIn: "222222222222" });
    expect(outputs.findings.join("\n")).to.include(
      "missing: opening root sessions under policies of type SERVICE_CONTROL_POLICY: In 222222222222 () nobody opens root sessions for IAMAuditRootUserCredentials, ",
    );
    const elsewhere = await runStack(settings, { denyAssumeRootIn: "nowhere" });
    expect(elsewhere.outputs.preflight).to.include(
      "ok: opening root sessions under policies of type SERVICE_CONTROL_POLICY: none denies sts:AssumeRoot in 222222222222 ()",
    );
  });

  it("can be previewed on an organization where nothing is enabled yet", async () => {
    const { recording, outputs } = await runStack(
      { "aws-break-glass:assignments": JSON.stringify([{ groups: [groupId] }]) },
      { preview: true },
    );
    expect(recording.resources).to.have.length(4);
    expect(recording.resources.at(-1)).to.have.nested.property("inputs.targetId", "111111111111");
    expect(outputs.assignments).to.deep.equal([
      { account: "111111111111", permissionSet: "BreakGlassAssumeRoot-management", group: "break-glass-admins" },
    ]);
  });

  it("asks for people by the attribute that is their name, or by id, and for nobody twice", async () => {
    const { recording } = await runStack({
      "aws-break-glass:delegatedAdministrator": "222222222222",
      "aws-break-glass:assignments": JSON.stringify([
        { users: ["alice"], groups: [groupId] },
        { account: "111111111111", users: ["alice"] },
      ]),
    });
    const identityStoreId = "d-1234567890";
    expect(recording.invokes.filter(({ token }) => token.includes("identitystore"))).to.have.deep.members([
      {
        token: "aws:identitystore/getUser:getUser",
        inputs: {
          identityStoreId,
          alternateIdentifier: { uniqueAttribute: { attributePath: "UserName", attributeValue: "alice" } },
        },
      },
      { token: "aws:identitystore/getGroup:getGroup", inputs: { identityStoreId, groupId } },
    ]);
  });

  describe("with many people named", () => {
    const people = Array.from({ length: 60 }, (_, index) => `alice-${index}`);
    const config = { "aws-break-glass:assignments": JSON.stringify([{ users: people }]) };
    const assigned = people.map((name) => `BreakGlassAssumeRoot-management-user-${name}-id-in-111111111111`);

    it("lists them, and looks up whom the list does not show", async () => {
      const [last, ...others] = [...people].reverse();
      const { recording } = await runStack(config, { listed: others });
      expect(recording.invokes.filter(({ token }) => token.includes("identitystore"))).to.deep.equal([
        { token: "aws:identitystore/getUsers:getUsers", inputs: { identityStoreId: "d-1234567890" } },
        {
          token: "aws:identitystore/getUser:getUser",
          inputs: {
            identityStoreId: "d-1234567890",
            alternateIdentifier: { uniqueAttribute: { attributePath: "UserName", attributeValue: last } },
          },
        },
      ]);
      expect(recording.resources.map(({ name }) => name)).to.include.members(assigned);
    });

    it("looks each up where nobody may be listed", async () => {
      const { recording } = await runStack(config);
      const looked = recording.invokes.filter(({ token }) => token === "aws:identitystore/getUser:getUser");
      expect(looked).to.have.length(people.length);
      expect(recording.resources.map(({ name }) => name)).to.include.members(assigned);
    });
  });

  it("registers nothing, and says everything that is wrong, when the configuration does not fit", async () => {
    const { recording, failure } = await runStack({
      "aws-break-glass:delegatedAdministrator": "999999999999",
      "aws-break-glass:assignments": JSON.stringify([
        { users: ["mallory"] },
        { groups: ["break-glass-admins", "ops"] },
      ]),
    });
    const [problems, checks] = failure?.message.split("\nPreflight:\n") ?? [];
    expect(checks).to.include("ok: caller: arn:aws:iam::111111111111:user/platform in the management account");
    expect(problems?.split("\n").map((line) => line.trim().split(" ")[0])).to.deep.equal([
      "Nothing",
      "aws-break-glass:delegatedAdministrator:",
      "aws-break-glass:assignments[0].users[0]:",
      "aws-break-glass:assignments[1].groups[1]:",
    ]);
    expect(failure).to.have.property("__pulumiRunError", true);
    expect(recording.resources).to.deep.equal([]);
  });

  it("asks AWS nothing when the configuration is malformed", async () => {
    const { recording, failure } = await runStack({ "aws-break-glass:asignments": "[]" });
    expect(failure?.message).to.include("aws-break-glass:asignments: there is no such setting");
    expect(recording.invokes).to.deep.equal([]);
    expect(recording.resources).to.deep.equal([]);
  });

  it("asks a caller outside the management account for nothing that only that account can answer", async () => {
    const { recording, failure } = await runStack({}, { caller: "222222222222" });
    expect(failure?.message).to.include("aws:profile: ").and.to.include("management account 111111111111");
    expect(recording.invokes.map(({ token }) => token)).to.not.include("aws:ssoadmin/getInstances:getInstances");
    expect(recording.resources).to.deep.equal([]);
  });

  it("registers nothing where the two providers have credentials of different accounts", async () => {
    const { recording, failure } = await runStack({}, { nativeAccount: "222222222222" });
    expect(failure?.message).to.include("aws-native:profile: aws-native has credentials of account 222222222222");
    expect(recording.resources).to.deep.equal([]);
  });

  it("registers nothing where one of the two providers has no credentials", async () => {
    const { recording, failure } = await runStack({}, { nativeFailure: "no valid credential sources found" });
    expect(failure?.message)
      .to.include("asking AWS which account aws-native has credentials of failed")
      .and.to.include("no valid credential sources found");
    expect(failure).to.have.property("__pulumiRunError", true);
    expect(recording.resources).to.deep.equal([]);
  });

  it("says which profile is wrong where there is no organization", async () => {
    const { failure } = await runStack(
      {},
      { organizationFailure: "reading Organizations Organization: AWSOrganizationsNotInUseException: no" },
    );
    expect(failure?.message).to.include("aws:profile: account 111111111111 belongs to no organization");
  });

  it("keeps AWS's words when a question cannot be answered", async () => {
    const { recording, failure } = await runStack({}, { organizationFailure: "TooManyRequestsException: slow down" });
    expect(failure?.message)
      .to.include("asking AWS about the organization failed")
      .and.to.include("TooManyRequestsException: slow down");
    expect(failure).to.have.property("__pulumiRunError", true);
    expect(recording.resources).to.deep.equal([]);
  });

  it("takes nothing over, and calls nothing somebody else's, where the engine cannot tell what is its own", async () => {
    const { recording, outputs } = await runStack({}, { engineIsSilent: true });
    expect(outputs.preflight).to.include(
      "not checked: what is there already: needs a Pulumi engine that tells what the stack's state holds",
    );
    expect(recording.invokes.map(({ token }) => token)).to.not.include(
      "aws:ssoadmin/getPermissionSet:getPermissionSet",
    );
    expect(recording.resources).to.have.length(3);
  });

  it("goes on where it may not look, and says what was not checked and why", async () => {
    const denied = (action: string): string =>
      `AccessDeniedException: User: arn:aws:iam::111111111111:user/platform is not authorized to perform: ${action} on resource: *`;
    const { recording, outputs } = await runStack(
      {},
      { organizationFailure: denied("organizations:DescribeOrganization") },
    );
    expect(recording.resources).to.have.length(3);
    expect(outputs.preflight).to.include.members([
      "not checked: caller: needs organizations:DescribeOrganization",
      "not checked: all features: needs organizations:DescribeOrganization",
      "not checked: policy type SERVICE_CONTROL_POLICY: needs organizations:DescribeOrganization",
    ]);
    expect(outputs.preflight.join()).to.not.include("ok: caller");
  });

  it("says what pulumi destroy keeps, and how to remove that too", () => {
    const delegatedAdministrator = parseAccountId("222222222222");
    const otherDelegates: string[] = [];
    expect(keptOnDestroy({ removeOnDestroy: true, delegatedAdministrator, otherDelegates })).to.deep.equal([]);
    const kept = keptOnDestroy({ removeOnDestroy: false, delegatedAdministrator, otherDelegates });
    expect(kept.map((line) => line.split(":")[0])).to.deep.equal([
      "Trusted access for iam.amazonaws.com",
      "Root access feature RootCredentialsManagement",
      "Root access feature RootSessions",
      "Delegated administrator 222222222222",
      "To remove them too",
    ]);
    expect(kept.at(-1)).to.include("aws-break-glass:removeOnDestroy true");
    const alone = keptOnDestroy({ removeOnDestroy: false, delegatedAdministrator: undefined, otherDelegates });
    expect(alone.join()).to.not.include("Delegated");
  });

  it("says what pulumi destroy keeps for a delegate of somebody else, and how to remove that, too", async () => {
    const { outputs, recording } = await runStack(
      { "aws-break-glass:delegatedAdministrator": "222222222222", "aws-break-glass:removeOnDestroy": "true" },
      { delegates: ["222222222222", "333333333333"] },
    );
    expect(outputs.keptOnDestroy.map((line) => line.split(":")[0])).to.deep.equal([
      "Trusted access for iam.amazonaws.com",
      "Root access feature RootCredentialsManagement",
      "Root access feature RootSessions",
      "To remove them too",
    ]);
    expect(outputs.findings.at(-1)).to.match(
      /^missing: removal on destroy: 333333333333, .* aws organizations deregister-delegated-administrator .*--account-id 333333333333/,
    );
    expect([...recording.kept]).to.have.members(["central-root-access-trusted-access", "central-root-access-features"]);
  });

  it("says what its state has and somebody has switched off since, and only then", async () => {
    const delegate = { "aws-break-glass:delegatedAdministrator": "222222222222" };
    const type = "aws:organizations/delegatedAdministrator:DelegatedAdministrator";
    const inState = {
      access: {
        type: "aws:organizations/awsServiceAccess:AwsServiceAccess",
        outputs: { servicePrincipal: "iam.amazonaws.com" },
      },
      delegate: { type, outputs: { accountId: "222222222222" } },
    };
    const subjects = async (config: Record<string, string>, situation: Situation): Promise<readonly string[]> =>
      (await runStack(config, situation)).outputs.findings
        .map((line) => line.split(": ")[1] ?? "")
        .filter((subject) => !subject.startsWith("policy type"));
    const off = await subjects(delegate, { inState, trustedServices: [] });
    expect(off).to.deep.equal(["trusted access", "delegated administrator"]);
    const on = { trustedServices: ["iam.amazonaws.com"], delegates: ["222222222222"] };
    expect(await subjects(delegate, { inState, ...on })).to.deep.equal([]);
    expect(await subjects({}, { inState, ...on, delegates: [] })).to.deep.equal([]);
    expect(await subjects(delegate, { trustedServices: [] })).to.deep.equal([]);
  });

  it("tells its reader how to let somebody in when nobody is assigned", () => {
    const nobodys = { name: "BreakGlassAssumeRoot", description: "", policy: breakGlassPolicy(), assignments: [] };
    expect(nextSteps({ permissionSets: [nobodys], identityStoreId: "d-1234567890" })).to.deep.equal([
      "Nobody holds BreakGlassAssumeRoot yet: name users or groups in aws-break-glass:assignments, then run pulumi up again.",
    ]);
  });
});

function targetOf(inputs: unknown): unknown {
  return typeof inputs === "object" && inputs !== null ? Reflect.get(inputs, "targetId") : undefined;
}
