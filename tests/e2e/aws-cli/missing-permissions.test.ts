import { expect } from "chai";
import {
  ListPermissionSetsCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
} from "@aws-sdk/client-sso-admin";
import { breakGlassPolicy, consoleActions, type PolicyJson } from "#iam";
import { instanceArn, ssoAdmin } from "../../simulator/identity-center.ts";
import { type CliSandbox, openCliSandbox } from "./cli-sandbox.ts";

/**
 * The rounds in which the guides find what is missing: the command that needs an action, and what the refusal says of the
 * resource. Two of the fifteen actions have no operation: only the console calls what they allow.
 */
const rounds: Readonly<Record<string, Readonly<Record<string, readonly [command: string, onResource: string]>>>> = {
  "round 1": {
    "organizations:ListDelegatedAdministrators": ["organizations list-delegated-administrators", " on resource: *"],
    "organizations:ListAWSServiceAccessForOrganization": [
      "organizations list-aws-service-access-for-organization",
      " on resource: *",
    ],
    "organizations:DescribeOrganization": ["organizations describe-organization", " on resource: *"],
    "ec2:DescribeRegions": ["ec2 describe-regions", ""],
  },
  "round 2": {
    "organizations:ListRoots": ["organizations list-roots", " on resource: *"],
    "sso:ListInstances": ["sso-admin list-instances --region us-east-1", " on resource: *"],
    "iam:GetOutboundWebIdentityFederationInfo": ["iam get-outbound-web-identity-federation-info", " on resource: *"],
  },
  "round 3": {
    "iam:GetAccountSummary": ["iam get-account-summary", " on resource: *"],
    "iam:ListAccountAliases": ["iam list-account-aliases", " on resource: *"],
    "iam:ListOrganizationsFeatures": ["iam list-organizations-features", " on resource: *"],
    "account:GetAccountInformation": [
      "account get-account-information",
      " on resource: arn:aws:account::222222222222:account",
    ],
    "organizations:ListAccountsForParent": [
      "organizations list-accounts-for-parent --parent-id ROOT",
      " on resource: ROOT",
    ],
    "organizations:ListOrganizationalUnitsForParent": [
      "organizations list-organizational-units-for-parent --parent-id ROOT",
      " on resource: ROOT",
    ],
  },
};

/** What the console asks before it can show the accounts, typed as commands: each permission missing in turn. */
describe("the real AWS CLI: when permissions are missing", function () {
  this.timeout(60_000);

  let cli: CliSandbox;

  before(async function () {
    cli = await openCliSandbox(this, { configured: true, propagationMilliseconds: 0 });
  });

  after(() => cli.close());

  /** Gives the permission set a policy and provisions it. */
  async function allow(policy: PolicyJson): Promise<void> {
    const sso = ssoAdmin(cli.organization);
    const { PermissionSets } = await sso.send(new ListPermissionSetsCommand({ InstanceArn: instanceArn }));
    const set = { InstanceArn: instanceArn, PermissionSetArn: PermissionSets?.[0] };
    await sso.send(new PutInlinePolicyToPermissionSetCommand({ ...set, InlinePolicy: JSON.stringify(policy) }));
    await sso.send(new ProvisionPermissionSetCommand({ ...set, TargetType: "ALL_PROVISIONED_ACCOUNTS" }));
  }

  const atRoot = (command: string): string => command.replace("ROOT", cli.organization.state.organization.root.id);

  it("has a command for each of the thirteen actions that have an operation", () => {
    const actions = Object.values(rounds).flatMap((round) => Object.keys(round));
    expect(actions).to.have.lengthOf(13);
    const permissionOnly = ["sso:DescribeRegisteredRegions", "iam:ListSTSRegionalEndpointsStatus"];
    expect([...actions, ...permissionOnly]).to.have.members([...consoleActions]);
  });

  for (const [round, actions] of Object.entries(rounds)) {
    for (const [action, [command, onResource]] of Object.entries(actions)) {
      it(`section 8: ${round}: without ${action}`, async () => {
        await allow(without(action));
        const said = await cli.refusal("break-glass", atRoot(command));
        const arn = String.raw`arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_BreakGlassAssumeRoot_[0-9a-f]{16}/alice`;
        const reason = `because no identity-based policy allows the ${action} action`;
        const resource = onResource
          .replace("*", String.raw`\*`)
          .replace("ROOT", cli.organization.state.organization.root.arn);
        expect(said).to.match(new RegExp(`User: ${arn} is not authorized to perform: ${action}${resource} ${reason}$`));
      });
    }
  }

  it("section 8: nothing is missing with the fifteen", async () => {
    await allow(breakGlassPolicy());
    const typed = Object.values(rounds).flatMap((actions) => Object.values(actions).map(([command]) => command));
    while (typed.length > 0) {
      const together = await Promise.all(typed.splice(0, 4).map((command) => cli.aws("break-glass", atRoot(command))));
      for (const { status, stderr } of together) {
        // That the feature is off is an answer to somebody who may ask.
        if (!stderr.includes("(FeatureDisabled)")) expect(status, stderr).to.equal(0);
      }
    }
  });

  it("section 9: the trail holds the sentence that was printed, where the guides look for it", async () => {
    await allow(without("organizations:DescribeOrganization"));
    const said = await cli.refusal("break-glass", "organizations describe-organization");
    const name = "--lookup-attributes AttributeKey=EventName,AttributeValue=DescribeOrganization";
    const found = `cloudtrail lookup-events --region us-east-1 --max-results 1 ${name} --query Events[0].CloudTrailEvent`;
    const event = JSON.parse(await cli.text("audit", found)) as Record<string, unknown>;
    expect(event).to.include({ eventSource: "organizations.amazonaws.com", awsRegion: "us-east-1" });
    expect(said.endsWith(String(event["errorMessage"]))).to.equal(true);
  });
});

function without(action: string): PolicyJson {
  const { Version, Statement } = breakGlassPolicy();
  return {
    Version,
    Statement: Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((known) => known !== action),
    })),
  };
}
