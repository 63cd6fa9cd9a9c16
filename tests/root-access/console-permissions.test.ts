import { AccountClient, GetAccountInformationCommand } from "@aws-sdk/client-account";
import { DescribeRegionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  GetAccountSummaryCommand,
  GetOutboundWebIdentityFederationInfoCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListOrganizationsFeaturesCommand,
} from "@aws-sdk/client-iam";
import {
  DescribeOrganizationCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import {
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { z } from "zod";
import {
  accessDeniedMessage,
  breakGlassPolicy,
  consoleActions,
  evaluate,
  parsePolicy,
  type PolicyJson,
  type StatementJson,
} from "#iam";
import { diagnose, type Diagnosis, readDenials } from "#root-access";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { instanceArn, ssoAdmin } from "../simulator/identity-center.ts";
import { aliceIn } from "./alice.ts";

type ConsoleAction = (typeof consoleActions)[number];

/** What the console says, and what is missing then: the three rounds in which the guides find the fifteen actions. */
const rounds: readonly (readonly [sentence: string, actions: readonly ConsoleAction[]])[] = [
  [
    "Access denied to : You don't have permission to perform this action.",
    [
      "organizations:ListDelegatedAdministrators",
      "organizations:ListAWSServiceAccessForOrganization",
      "organizations:DescribeOrganization",
      "sso:DescribeRegisteredRegions",
      "ec2:DescribeRegions",
    ],
  ],
  [
    "We couldn't load the root of the organization.",
    [
      "organizations:ListRoots",
      "sso:ListInstances",
      "iam:ListSTSRegionalEndpointsStatus",
      "iam:GetOutboundWebIdentityFederationInfo",
    ],
  ],
  [
    "We couldn't load organizational units.",
    [
      "iam:GetAccountSummary",
      "iam:ListAccountAliases",
      "iam:ListOrganizationsFeatures",
      "account:GetAccountInformation",
      "organizations:ListAccountsForParent",
      "organizations:ListOrganizationalUnitsForParent",
    ],
  ],
];

/** Only the console calls what these allow: no API has an operation for them, so the evaluator answers. */
const withoutOperation: readonly string[] = ["sso:DescribeRegisteredRegions", "iam:ListSTSRegionalEndpointsStatus"];

describe("the permissions that the console misses, round after round", function () {
  this.timeout(30_000);

  let sandbox: SandboxOrganization;
  let set: PolicyJson;

  before(async () => {
    sandbox = await startSandboxOrganization({ configured: true, propagationMilliseconds: 0 });
  });

  after(() => sandbox.close());

  it("are the fifteen of the guides, two of them without an operation", () => {
    expect(rounds.flatMap(([, actions]) => actions))
      .to.have.members([...consoleActions])
      .and.have.length(15);
  });

  for (const [sentence, actions] of rounds) {
    for (const action of actions) {
      it(`${action}: its refusal is told with "${sentence}" and the smallest change, which is enough`, async () => {
        await allow(without([action]));
        const { because, changes } = only(await refusal(action));
        expect(because).to.include(action).and.include(sentence);
        const others = consoleActions.filter((other) => other !== action);
        expect(others.filter((other) => because.includes(other))).to.deep.equal([]);
        await allow(withChange(set, changes[0]?.json));
        expect(await refused()).to.deep.equal([]);
      });
    }
  }

  it("are had in three rounds by what each round's refusals are told to add", async () => {
    await allow(without([...consoleActions]));
    for (const [index, [sentence, actions]] of rounds.entries()) {
      const later = rounds.slice(index).flatMap(([, missing]) => missing);
      expect(await refused()).to.have.members(later);
      const texts = await Promise.all(actions.map(refusal));
      const { because, changes } = only(texts.join("\n"));
      expect(because).to.include(`round ${index + 1} of 3, "${sentence}"`);
      for (const action of actions) expect(because).to.include(action);
      const [ofConsole] = diagnose(readDenials(sentence));
      for (const action of actions) expect(ofConsole?.because).to.include(action);
      await allow(withChange(set, changes[0]?.json));
    }
    expect(await refused()).to.deep.equal([]);
  });

  it("are had in one round by the second change", async () => {
    await allow(without([...consoleActions]));
    const { changes } = only(await refusal("organizations:DescribeOrganization"));
    await allow(withChange(set, changes[1]?.json));
    expect(await refused()).to.deep.equal([]);
  });

  /** Gives alice's permission set a policy, and provisions it. */
  async function allow(policy: PolicyJson): Promise<void> {
    set = policy;
    const sso = ssoAdmin(sandbox);
    const { PermissionSets } = await sso.send(new ListPermissionSetsCommand({ InstanceArn: instanceArn }));
    const which = { InstanceArn: instanceArn, PermissionSetArn: PermissionSets?.[0] };
    await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...which, InlinePolicy: JSON.stringify(policy) }));
    await sso.send(new ProvisionPermissionSetCommand({ ...which, TargetType: "ALL_PROVISIONED_ACCOUNTS" }));
  }

  /** Those of the fifteen that alice is refused now. */
  async function refused(): Promise<readonly ConsoleAction[]> {
    const answers = await Promise.all(
      consoleActions.map(async (action) => ((await answer(action)) === undefined ? [] : [action])),
    );
    return answers.flat();
  }

  async function refusal(action: ConsoleAction): Promise<string> {
    return (await answer(action)) ?? expect.fail(`${action} is not refused`);
  }

  /** What AWS says against it; `undefined` where it does as it is asked. */
  async function answer(action: ConsoleAction): Promise<string | undefined> {
    return withoutOperation.includes(action) ? evaluated(action) : called(action);
  }

  async function called(action: ConsoleAction): Promise<string | undefined> {
    const call = calls[action];
    if (call === undefined) throw new Error(`${action} has no call.`);
    const { credentials } = await aliceIn(sandbox);
    try {
      await call({ endpoint: sandbox.endpoint, region: "us-east-1", credentials }, sandbox.state.organization.root.id);
      return undefined;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // That the feature is off is an answer to somebody who may ask.
      if (error.name === "FeatureDisabledException" || error.name === "FeatureDisabled") return undefined;
      expect(error.name).to.match(/AccessDenied|UnauthorizedOperation/);
      return error.message;
    }
  }

  async function evaluated(action: ConsoleAction): Promise<string | undefined> {
    const { credentials } = await aliceIn(sandbox);
    const sts = new STSClient({ endpoint: sandbox.endpoint, region: "us-east-1", credentials });
    const { Account: accountId = "", Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
    const principal = { kind: "assumed-role", accountId, arn } as const;
    const request = { action, resource: "*", principal, resourceAccountId: accountId, context: {} };
    const document = parsePolicy(set, "identity");
    const decision = evaluate(request, { identity: [{ name: "BreakGlassAssumeRoot", document }] });
    return decision.allowed ? undefined : accessDeniedMessage(decision, { principalArn: arn, action, resource: "*" });
  }
});

type Connection = ConstructorParameters<typeof IAMClient>[0];
type Call = (connection: Connection & object, rootId: string) => Promise<unknown>;

const organizations = (connection: Connection & object): OrganizationsClient => new OrganizationsClient(connection);
const iam = (connection: Connection & object): IAMClient => new IAMClient(connection);

const calls: Readonly<Partial<Record<ConsoleAction, Call>>> = {
  "organizations:ListDelegatedAdministrators": (as) =>
    organizations(as).send(new ListDelegatedAdministratorsCommand({})),
  "organizations:ListAWSServiceAccessForOrganization": (as) =>
    organizations(as).send(new ListAWSServiceAccessForOrganizationCommand({})),
  "organizations:DescribeOrganization": (as) => organizations(as).send(new DescribeOrganizationCommand({})),
  "ec2:DescribeRegions": (as) => new EC2Client(as).send(new DescribeRegionsCommand({})),
  "organizations:ListRoots": (as) => organizations(as).send(new ListRootsCommand({})),
  "sso:ListInstances": (as) => new SSOAdminClient(as).send(new ListInstancesCommand({})),
  "iam:GetOutboundWebIdentityFederationInfo": (as) => iam(as).send(new GetOutboundWebIdentityFederationInfoCommand({})),
  "iam:GetAccountSummary": (as) => iam(as).send(new GetAccountSummaryCommand({})),
  "iam:ListAccountAliases": (as) => iam(as).send(new ListAccountAliasesCommand({})),
  "iam:ListOrganizationsFeatures": (as) => iam(as).send(new ListOrganizationsFeaturesCommand({})),
  "account:GetAccountInformation": (as) => new AccountClient(as).send(new GetAccountInformationCommand({})),
  "organizations:ListAccountsForParent": (as, ParentId) =>
    organizations(as).send(new ListAccountsForParentCommand({ ParentId })),
  "organizations:ListOrganizationalUnitsForParent": (as, ParentId) =>
    organizations(as).send(new ListOrganizationalUnitsForParentCommand({ ParentId })),
};

function only(text: string): Diagnosis {
  const [first, ...others] = diagnose(readDenials(text));
  if (!first || others.length > 0) expect.fail(`${others.length + 1} diagnoses instead of one`);
  return first;
}

function without(actions: readonly string[]): PolicyJson {
  const { Version, Statement } = breakGlassPolicy();
  const left = Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => !actions.includes(action)),
  }));
  return { Version, Statement: left.filter(({ Action }) => Action.length > 0) };
}

const pasteSchema = z.object({ Statement: z.array(z.custom<StatementJson>()).min(1) });

/** A set's policy with a policy's statements pasted into it. */
function withChange({ Version, Statement }: PolicyJson, change: object | undefined): PolicyJson {
  return { Version, Statement: [...Statement, ...pasteSchema.parse(change).Statement] };
}
