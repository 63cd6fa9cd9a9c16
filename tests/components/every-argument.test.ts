import { Topic } from "@pulumi/aws/sns/index.js";
import { type ComponentResource, type Input, output } from "@pulumi/pulumi";
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as components from "#components";
import { breakGlassPolicy, type PolicyJson } from "#iam";
import { accountIdOf } from "../account-id.ts";
import { recordProgram, settled, valueOf } from "./provider-mocks.ts";

const accountId = accountIdOf("222222222222");
const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const permissionSetArn = "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1";
const dana = "arn:aws:iam::111111111111:user/dana";
const erin = "arn:aws:iam::111111111111:user/erin";
const keyArn = "arn:aws:kms:us-east-1:222222222222:key/one";
const policy = breakGlassPolicy({ tasks: ["S3UnlockBucketPolicy"] });
/** What an output turns out to be: the ARN of a user, so that a role may trust it. */
const known = "arn:aws:iam::111111111111:user/known";
const existing = { policyId: "p-12345678", attachedTo: [] };
const holder = { accountId, principal: { type: "GROUP", id: "g-1" } } as const;

type Make = () => ComponentResource;

const rootAccess =
  (args: components.CentralRootAccessArgs): Make =>
  () =>
    new components.CentralRootAccess("it", args);
const permissionSet =
  (args: Partial<components.BreakGlassPermissionSetArgs>): Make =>
  () =>
    new components.BreakGlassPermissionSet("it", { instanceArn, ...args });
const assignments =
  (args: Partial<components.BreakGlassAssignmentsArgs>): Make =>
  () =>
    new components.BreakGlassAssignments("it", { instanceArn, permissionSetArn, assignments: [holder], ...args });
const role =
  (args: Partial<components.BreakGlassRoleArgs>): Make =>
  () =>
    new components.BreakGlassRole("it", { accountId, trustedPrincipals: [dana], ...args });
const deployment =
  (args: Partial<components.GitHubDeploymentRoleArgs>): Make =>
  () =>
    new components.GitHubDeploymentRole("it", {
      repository: "example/organization",
      place: { environment: "organization" },
      providerArn: "arn:of:provider",
      ...args,
    });
const rootUser =
  (args: Partial<components.RootUserGuardrailArgs>): Make =>
  () =>
    new components.RootUserGuardrail("it", { targetIds: ["ou-1"], ...args });
const rootSession =
  (args: Partial<components.RootSessionGuardrailArgs>): Make =>
  () =>
    new components.RootSessionGuardrail("it", { accountId, permissionSetNames: ["Glass"], ...args });
const alerts =
  (args: Partial<components.RootAccessAlertsArgs>): Make =>
  () =>
    new components.RootAccessAlerts("it", { accountId, regions: ["us-east-1"], ...args });

interface Case {
  /** With the argument; everything else as in the component's base. */
  readonly make: Make;
  /** What is seen of it in all that is registered, and is not seen without it. */
  readonly shows: string;
}

/** By component: the base without any argument that may be left out, and each argument of it with another value. */
const cases: Readonly<Record<string, { readonly base: Make; readonly each: Readonly<Record<string, Case>> }>> = {
  CentralRootAccess: {
    base: rootAccess({}),
    each: {
      delegatedAdministrator: { make: rootAccess({ delegatedAdministrator: accountId }), shows: accountId },
      delegateIsRegistered: {
        make: rootAccess({ delegatedAdministrator: accountId, delegateIsRegistered: true }),
        shows: `"import":"${accountId}/iam.amazonaws.com"`,
      },
      delegateAfter: {
        make: () => {
          const guardrail = new components.RootSessionGuardrail("guardrail", {
            accountId,
            permissionSetNames: ["Glass"],
          });
          return rootAccess({ delegatedAdministrator: accountId, delegateAfter: [guardrail] })();
        },
        shows: '"after":["guardrail-attachment","guardrail-policy","it-features"]',
      },
      removeOnDestroy: { make: rootAccess({ removeOnDestroy: true }), shows: '"kept":false' },
    },
  },
  BreakGlassPermissionSet: {
    base: permissionSet({}),
    each: {
      instanceArn: { make: permissionSet({ instanceArn: "arn:of:another" }), shows: '"instanceArn":"arn:of:another"' },
      permissionSetName: { make: permissionSet({ permissionSetName: "Glass" }), shows: '"name":"Glass"' },
      description: { make: permissionSet({ description: "Another" }), shows: '"description":"Another"' },
      policy: { make: permissionSet({ policy }), shows: "root-task/S3UnlockBucketPolicy" },
      existingId: { make: permissionSet({ existingId: "one|two" }), shows: '"import":"one|two"' },
    },
  },
  BreakGlassAssignments: {
    base: assignments({}),
    each: {
      instanceArn: { make: assignments({ instanceArn: "arn:of:another" }), shows: '"instanceArn":"arn:of:another"' },
      permissionSetArn: {
        make: assignments({ permissionSetArn: "arn:of:another" }),
        shows: '"permissionSetArn":"arn:of:another"',
      },
      assignments: {
        make: assignments({ assignments: [{ ...holder, principal: { type: "USER", id: "u-1" }, existingId: "a|b" }] }),
        shows: '"principalId":"u-1"',
      },
    },
  },
  BreakGlassRole: {
    base: role({}),
    each: {
      accountId: { make: role({ accountId: accountIdOf("111111111111") }), shows: "account=111111111111" },
      trustedPrincipals: { make: role({ trustedPrincipals: [erin] }), shows: erin },
      roleName: { make: role({ roleName: "Glass" }), shows: '"name":"Glass"' },
      path: { make: role({ path: "/emergency/" }), shows: '"path":"/emergency/"' },
      sourceIdentity: { make: role({ sourceIdentity: true }), shows: "sts:SetSourceIdentity" },
      policy: { make: role({ policy }), shows: textIn(policy) },
      existing: {
        make: role({ existing: { hasPolicy: true } }),
        shows: '"import":"BreakGlassAssumeRoot:BreakGlassAssumeRoot"',
      },
    },
  },
  GitHubDeploymentRole: {
    base: deployment({}),
    each: {
      repository: { make: deployment({ repository: "example/other" }), shows: "repo:example/other:" },
      place: {
        make: deployment({ place: { ref: "refs/heads/main" } }),
        shows: "repo:example/organization:ref:refs/heads/main",
      },
      access: { make: deployment({ access: "preview" }), shows: '"name":"BreakGlassPreview"' },
      providerArn: { make: deployment({ providerArn: "arn:of:github" }), shows: "arn:of:github" },
      roleName: { make: deployment({ roleName: "Deployer" }), shows: '"name":"Deployer"' },
      policy: { make: deployment({ policy }), shows: textIn(policy) },
    },
  },
  RootUserGuardrail: {
    base: rootUser({}),
    each: {
      targetIds: { make: rootUser({ targetIds: ["ou-2"] }), shows: '"targetId":"ou-2"' },
      policyName: { make: rootUser({ policyName: "NoRoot" }), shows: '"name":"NoRoot"' },
      existing: { make: rootUser({ existing }), shows: '"import":"p-12345678"' },
    },
  },
  RootSessionGuardrail: {
    base: rootSession({}),
    each: {
      accountId: { make: rootSession({ accountId: accountIdOf("333333333333") }), shows: '"targetId":"333333333333"' },
      permissionSetNames: { make: rootSession({ permissionSetNames: ["Other"] }), shows: "AWSReservedSSO_Other_" },
      principalArns: { make: rootSession({ principalArns: [erin] }), shows: erin },
      policyName: { make: rootSession({ policyName: "OnlyUs" }), shows: '"name":"OnlyUs"' },
      existing: { make: rootSession({ existing }), shows: '"import":"p-12345678"' },
    },
  },
  RootAccessAlerts: {
    base: alerts({}),
    each: {
      accountId: { make: alerts({ accountId: accountIdOf("333333333333") }), shows: "arn:aws:iam::333333333333:root" },
      regions: { make: alerts({ regions: ["us-east-1", "eu-west-1"] }), shows: '"region":"eu-west-1"' },
      region: { make: alerts({ region: "eu-north-1" }), shows: '"region":"eu-north-1"' },
      subscriptions: {
        make: alerts({ subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }] }),
        shows: '"endpoint":"oncall@example.com"',
      },
      keyArn: { make: alerts({ keyArn }), shows: `"kmsMasterKeyId":"${keyArn}"` },
      topicName: { make: alerts({ topicName: "glass" }), shows: '"name":"glass"' },
      existing: { make: alerts({ existing: { keyId: "k-1" } }), shows: '"import":"k-1@us-east-1"' },
    },
  },
};

/** Arguments that may come from a resource which a preview has not made yet, and a property that then waits for it. */
const unknownInPreview: readonly (readonly [
  argument: string,
  make: (later: Input<string>) => Make,
  property: string,
])[] = [
  ["BreakGlassPermissionSet.instanceArn", (instanceArn) => permissionSet({ instanceArn }), "instanceArn"],
  ["BreakGlassPermissionSet.description", (description) => permissionSet({ description }), "description"],
  ["BreakGlassPermissionSet.policy", (later) => permissionSet({ policy: policyOn(later) }), "inlinePolicy"],
  ["BreakGlassAssignments.instanceArn", (instanceArn) => assignments({ instanceArn }), "instanceArn"],
  [
    "BreakGlassAssignments.permissionSetArn",
    (permissionSetArn) => assignments({ permissionSetArn }),
    "permissionSetArn",
  ],
  [
    "BreakGlassAssignments.assignments",
    (id) => assignments({ assignments: [{ accountId, principal: { type: "GROUP", id } }] }),
    "principalId",
  ],
  ["BreakGlassRole.trustedPrincipals", (later) => role({ trustedPrincipals: [dana, later, erin] }), "assumeRolePolicy"],
  ["BreakGlassRole.policy", (later) => role({ policy: policyOn(later) }), "policy"],
  ["RootUserGuardrail.targetIds", (later) => rootUser({ targetIds: ["ou-1", later] }), "targetId"],
  ["RootSessionGuardrail.permissionSetNames", (later) => rootSession({ permissionSetNames: [later] }), "content"],
  ["RootSessionGuardrail.principalArns", (later) => rootSession({ principalArns: [later] }), "content"],
  ["GitHubDeploymentRole.policy", (later) => deployment({ policy: policyOn(later) }), "policy"],
  ["GitHubDeploymentRole.providerArn", (providerArn) => deployment({ providerArn }), "assumeRolePolicy"],
  ["RootAccessAlerts.keyArn", (keyArn) => alerts({ keyArn }), "kmsMasterKeyId"],
  [
    "RootAccessAlerts.subscriptions",
    (endpoint) => alerts({ subscriptions: [{ protocol: "sqs", endpoint }] }),
    "endpoint",
  ],
];

describe("every argument of every component", () => {
  for (const [name, { base, each }] of Object.entries(cases)) {
    describe(name, () => {
      it("has a case, transform apart, for which every node has one", () => {
        const others = argumentsOf(name).filter(([argument]) => argument !== "transform");
        expect(others.map(([argument]) => argument)).to.have.members(Object.keys(each));
      });

      for (const [argument, { make, shows }] of Object.entries(each)) {
        it(`${argument} shows in what is registered`, async () => {
          expect(await registered(make)).to.include(shows);
          expect(await registered(base)).to.not.include(shows);
        });

        it(`${argument} shows in a preview before anything exists`, async () => {
          expect(await registered(make, true)).to.include(shows);
        });
      }
    });
  }

  it("that may be another resource's output, or have one in it, stands in the table of those", () => {
    const inputs = Object.keys(cases).flatMap((name) =>
      argumentsOf(name).flatMap(([argument, type]) => (takesOutput(type) ? [`${name}.${argument}`] : [])),
    );
    expect(unknownInPreview.map(([argument]) => argument)).to.have.members(inputs);
  });

  for (const [argument, make, property] of unknownInPreview) {
    it(`${argument} may be unknown in a preview: what is made of it is, and nothing is left out`, async () => {
      const told = await recordProgram({ preview: true });
      make(output(known))();
      await settled();
      const unknown = await recordProgram({ preview: true });
      make(new Topic("earlier", {}).arn)();
      await settled();
      const made = unknown.resources.filter(({ name }) => name !== "earlier");
      expect(made.map(({ name }) => name)).to.have.members(told.resources.map(({ name }) => name));
      expect(JSON.stringify(told.resources)).to.include(known);
      expect(JSON.stringify(made)).to.include(`"${property}":{"__pulumiUnknown":true}`);
      expect(JSON.stringify(told.resources)).to.not.include(`"${property}":{"__pulumiUnknown":true}`);
    });
  }
});

/** A policy about something that may not be there yet. */
function policyOn(later: Input<string>): Input<PolicyJson> {
  return output(later).apply((Resource): PolicyJson => ({
    Version: "2012-10-17",
    Statement: [{ Sid: "Later", Effect: "Allow", Action: "sts:AssumeRoot", Resource }],
  }));
}

/** A policy as it stands, as a text, in the arguments of a resource. */
function textIn(document: object): string {
  return JSON.stringify(JSON.stringify(document));
}

/** Everything that a component registers, in one text. */
async function registered(make: Make, preview = false): Promise<string> {
  const recording = await recordProgram({ preview });
  const made = make();
  await settled();
  const resources = recording.resources.map((resource) => ({
    ...resource,
    import: recording.imports.get(resource.name),
    kept: recording.kept.has(resource.name),
    after: recording.dependencies.get(resource.name),
  }));
  return JSON.stringify([resources, recording.registeredOutputs(await valueOf(made.urn))]);
}

/** The arguments that a component's interface declares, with their types. */
function argumentsOf(component: string): readonly (readonly [argument: string, type: string])[] {
  const declaration = declarations.find(
    (found) => ts.isInterfaceDeclaration(found) && found.name.text === `${component}Args`,
  );
  if (declaration === undefined || !ts.isInterfaceDeclaration(declaration)) throw new Error(`no ${component}Args`);
  return declaration.members
    .filter(ts.isPropertySignature)
    .map((member) => [member.name.getText(), member.type?.getText() ?? ""]);
}

/** An input, a list of them, or something of this room's that has one in it. */
function takesOutput(type: string): boolean {
  if (/\bInput</.test(type)) return true;
  const names = new Set(type.match(/\w+/g));
  return declarations.some(
    (found) => ts.isInterfaceDeclaration(found) && names.has(found.name.text) && /\bInput</.test(found.getText()),
  );
}

const room = join(import.meta.dirname, "..", "..", "components");
const declarations = readdirSync(room, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [
    ...ts.createSourceFile(file, readFileSync(join(room, file), "utf8"), ts.ScriptTarget.Latest, true).statements,
  ]);
