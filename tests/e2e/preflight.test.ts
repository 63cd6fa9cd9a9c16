import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Ended, expectStatus, type TestSandbox } from "./sandbox.ts";
import { profileConnection } from "./sandbox-connection.ts";
import { openSandboxWithSharedPlugins } from "./shared-plugins/sandbox.ts";

interface Situation {
  readonly what: string;
  /** Brings the organization into it, and back. */
  readonly begin?: (sandbox: TestSandbox) => void | Promise<void>;
  readonly end?: (sandbox: TestSandbox) => void | Promise<void>;
  readonly profile?: string;
  readonly region?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether nothing may be made then. */
  readonly refused: boolean;
  readonly says: readonly string[];
  readonly neverSays?: readonly string[];
}

const manyUsers = Array.from({ length: 60 }, (_, index) => ({
  id: `9067000003-000000${String(index).padStart(2, "0")}-4000-4000-8000-000000000000`,
  userName: `user-${index}`,
  ...{ displayName: "User", givenName: "User", familyName: String(index), email: `user-${index}@example.com` },
}));
const auditRole = "PlatformTeam";
const trail = { "aws-break-glass:trail": "organization-trail" };

const situations: readonly Situation[] = [
  {
    what: "everything as it has to be, but for the sandbox's own guardrail",
    settings: trail,
    refused: false,
    says: [
      "ok: caller: arn:aws:iam::111111111111:user/administrator in the management account 111111111111 (Management)",
      "ok: all features: enabled in organization o-sandbox0001",
      "ok: IAM Identity Center: arn:aws:sso:::instance/ssoins-7223000000000001",
      "ok: trail organization-trail: logs all management events of every Region",
      "ok: policy type SERVICE_CONTROL_POLICY: enabled on r-",
      "missing: root sessions under policies of type SERVICE_CONTROL_POLICY: Root sessions in 444444444444 (Payments) cannot do S3UnlockBucketPolicy,",
      "service control policy DenyRootUser, statement DenyRootUser, denies s3:GetBucketPolicy.",
      "missing: policy type RESOURCE_CONTROL_POLICY: not enabled",
      "--policy-type RESOURCE_CONTROL_POLICY",
    ],
    neverSays: ["not checked"],
  },
  {
    what: "credentials of another account",
    profile: "audit",
    refused: true,
    says: ["missing: caller: credentials of the management account 111111111111 (setting aws:profile)."],
  },
  {
    what: "one provider with credentials of another account, though both have the same profile",
    settings: { "aws-native:assumeRole": { roleArn: `arn:aws:iam::222222222222:role/${auditRole}` } },
    begin: makeAuditRole,
    end: async (sandbox) => {
      await iam(sandbox, "audit").send(new DeleteRoleCommand({ RoleName: auditRole }));
    },
    refused: true,
    says: [
      "ok: caller: arn:aws:iam::111111111111:user/administrator in the management account",
      "aws-native:profile: aws-native has credentials of account 222222222222, but aws those of 111111111111",
    ],
  },
  {
    what: "an organization for consolidated billing only, and a trail that does not exist",
    settings: { "aws-break-glass:trail": "no-such-trail" },
    begin: ({ organization }) => {
      organization.state.organization.featureSet = "CONSOLIDATED_BILLING";
    },
    end: ({ organization }) => {
      organization.state.organization.featureSet = "ALL";
    },
    refused: true,
    says: [
      "missing: all features: only consolidated billing: aws organizations enable-all-features",
      "missing: trail no-such-trail: there is none of that name in this account and Region",
    ],
  },
  {
    what: "another Region than IAM Identity Center's",
    region: "eu-west-1",
    refused: true,
    says: [
      "missing: IAM Identity Center: not in eu-west-1 but in us-east-1",
      "set aws:region and aws-native:region to us-east-1.",
    ],
  },
  {
    what: "no IAM Identity Center in any enabled Region",
    begin: ({ organization }) => {
      Object.assign(organization.state.identityCenter, { region: "af-south-1" });
    },
    end: ({ organization }) => {
      Object.assign(organization.state.identityCenter, { region: "us-east-1" });
    },
    refused: true,
    says: ["missing: IAM Identity Center: not found: enable it for the organization"],
  },
  {
    what: "a trail that is stopped, and service control policies that are not enabled",
    settings: trail,
    begin: ({ organization: { state } }) => {
      for (const one of state.trails.values()) one.logging = { stopped: new Date() };
      state.organization.root.enabledPolicyTypes.delete("SERVICE_CONTROL_POLICY");
    },
    end: ({ organization: { state } }) => {
      for (const one of state.trails.values()) one.logging = { since: new Date() };
      state.organization.root.enabledPolicyTypes.add("SERVICE_CONTROL_POLICY");
    },
    refused: false,
    says: [
      "missing: trail organization-trail: it is stopped: aws cloudtrail start-logging",
      "missing: policy type SERVICE_CONTROL_POLICY: not enabled, so no guardrail can be attached",
      "An administrator of the management account with organizations:EnablePolicyType can: aws organizations enable-policy-type --root-id r-",
    ],
    neverSays: ["cannot do S3UnlockBucketPolicy"],
  },
  {
    what: "more users named than are looked up one by one, and no permission to list them",
    settings: { "aws-break-glass:assignments": [{ users: manyUsers.map(({ userName }) => userName) }] },
    begin: async (sandbox) => {
      for (const user of manyUsers) sandbox.organization.state.identityCenter.users.set(user.id, user);
      await deny(sandbox, ["identitystore:ListUsers"]);
    },
    end: async (sandbox) => {
      for (const { id } of manyUsers) sandbox.organization.state.identityCenter.users.delete(id);
      await allowAgain(sandbox);
    },
    refused: false,
    says: manyUsers.map(({ id }) => `BreakGlassAssumeRoot-management-user-${id}-in-111111111111 create`),
  },
  ...lackedPermissions().map((lacked): Situation => ({
    what: `no permission for ${lacked.map(([action]) => action).join(", ")}`,
    settings: trail,
    begin: (sandbox) =>
      deny(
        sandbox,
        lacked.map(([action]) => action),
      ),
    end: allowAgain,
    refused: false,
    says: lacked.map(([action, subject]) => `not checked: ${subject}: needs ${action}`),
    neverSays: lacked.map(([, subject]) => `ok: ${subject}`),
  })),
];

/** Permissions that can be missing at once without one of the checks hiding another, each with the check that needs it. */
function lackedPermissions(): readonly (readonly (readonly [action: string, subject: string])[])[] {
  const underPolicies = "root sessions under policies of type SERVICE_CONTROL_POLICY";
  return [
    [["organizations:DescribeOrganization", "caller"]],
    [["organizations:ListAccounts", "member accounts"]],
    [["organizations:ListRoots", "policy type SERVICE_CONTROL_POLICY"]],
    [
      ["organizations:ListPolicies", underPolicies],
      ["cloudformation:GetResource", "trail organization-trail"],
    ],
    [["organizations:ListPoliciesForTarget", underPolicies]],
    [
      ["organizations:DescribePolicy", underPolicies],
      ["organizations:ListDelegatedAdministrators", "delegated administrators"],
      ["cloudtrail:GetTrail", "trail organization-trail"],
      ["sso:ListPermissionSets", "what is there already"],
    ],
  ];
}

/** By the real engine and the stand-in's own functions; what each check needs is taken away in turn. */
describe("preflight in the sandbox", function () {
  this.timeout(300_000);

  let sandbox: TestSandbox;

  before(async () => {
    sandbox = await openSandboxWithSharedPlugins();
  });

  after(async () => {
    await sandbox.close();
  });

  async function pulumi(
    words: readonly string[],
    { profile = "management", region = "us-east-1", settings = {} }: Pick<Situation, "profile" | "region" | "settings">,
  ): Promise<Ended> {
    const file = join(sandbox.folder, "preflight.yaml");
    const profiles = { "aws:profile": profile, "aws-native:profile": profile };
    const config = { ...profiles, "aws:region": region, "aws-native:region": region, ...settings };
    await writeFile(file, JSON.stringify({ config }));
    const common = ["--stack", "dev", "--non-interactive", "--color", "never", "--config-file", file];
    return sandbox.run("pulumi", [...words, ...common]);
  }

  for (const { what, begin, end, refused, says, neverSays = [], ...where } of situations) {
    it(`says in one place what a preview met: ${what}`, async () => {
      await begin?.(sandbox);
      try {
        const { length } = sandbox.organization.state.trail;
        const { stdout } = expectStatus(await pulumi(["preview"], where), refused ? 255 : 0);
        for (const words of says) expect(stdout).to.include(words);
        for (const words of neverSays) expect(stdout).to.not.include(words);
        const [place = ""] = stdout.slice(stdout.lastIndexOf("Preflight:")).split("\n\n");
        for (const words of says.filter((text) => /^(ok|missing|not checked):/.test(text)))
          expect(place).to.include(words);
        const changes = sandbox.organization.state.trail.slice(length).filter(({ readOnly }) => !readOnly);
        expect(changes.map(({ eventName }) => eventName)).to.deep.equal([]);
      } finally {
        await end?.(sandbox);
      }
    });
  }

  it("is an output of up, and what is missing a warning and an output of its own", async () => {
    const { stdout } = expectStatus(await pulumi(["up", "--yes", "--skip-preview"], { settings: trail }), 0);
    expect(stdout).to.match(/warning: missing: root sessions under policies of type SERVICE_CONTROL_POLICY/);
    const words = ["stack", "output", "--json", "--stack", "dev", "--non-interactive"];
    const outputs: unknown = JSON.parse(expectStatus(await sandbox.run("pulumi", words), 0).stdout);
    expect(outputs).to.have.property("findings").that.is.an("array").with.length(2);
    expect(outputs)
      .to.have.property("preflight")
      .that.includes("ok: all features: enabled in organization o-sandbox0001");
  });
});

const policyName = "preflight-test";

async function deny(sandbox: TestSandbox, actions: readonly string[]): Promise<void> {
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: actions, Resource: "*" }] };
  await iam(sandbox).send(
    new PutUserPolicyCommand({
      UserName: "administrator",
      PolicyName: policyName,
      PolicyDocument: JSON.stringify(policy),
    }),
  );
}

async function allowAgain(sandbox: TestSandbox): Promise<void> {
  await iam(sandbox).send(new DeleteUserPolicyCommand({ UserName: "administrator", PolicyName: policyName }));
}

/** A role of another account that the management account's administrator may assume. */
async function makeAuditRole(sandbox: TestSandbox): Promise<void> {
  const principal = { AWS: "arn:aws:iam::111111111111:user/administrator" };
  const trust = {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" },
  };
  const command = new CreateRoleCommand({ RoleName: auditRole, AssumeRolePolicyDocument: JSON.stringify(trust) });
  await iam(sandbox, "audit").send(command);
}

function iam(sandbox: TestSandbox, profile = "management"): IAMClient {
  return new IAMClient(profileConnection(sandbox, profile));
}
