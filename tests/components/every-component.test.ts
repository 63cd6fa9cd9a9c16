import { ComponentResource, type ComponentResourceOptions, output, type Resource } from "@pulumi/pulumi";
import { expect } from "chai";
import * as components from "#components";
import { accountIdOf } from "../account-id.ts";
import { recordProgram, type Recording, settled, valueOf } from "./provider-mocks.ts";

const accountId = accountIdOf("222222222222");
const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

type Made = ComponentResource & { readonly nodes: Readonly<Record<string, Node>> };
type Node = Resource | readonly Resource[] | undefined;

/** A transform for any node. */
type Mark = <Args extends object>(args: Args) => Args;

const mark = "(changed)";

/** Every argument that is a plain text, or a list of them, with a mark at its end. */
function marked(args: object): Record<string, unknown> {
  const changed = Object.entries(args).map(([key, value]: [string, unknown]) => {
    if (typeof value === "string") return [key, value + mark];
    return [key, Array.isArray(value) ? value.map((item) => String(item) + mark) : value];
  });
  return Object.fromEntries(changed) as Record<string, unknown>;
}

interface Contract {
  readonly make: (name: string, transform: Mark, options: ComponentResourceOptions) => Made;
  /** Logical names of the resources behind each node, for a component named `it`. */
  readonly nodes: Readonly<Record<string, readonly string[]>>;
}

/** Every component with each of its nodes made and each node's transform given. ARCHITECTURE.md says what all of them have. */
const contracts: Readonly<Record<string, Contract>> = {
  CentralRootAccess: {
    make: (name, transform, options) =>
      new components.CentralRootAccess(
        name,
        {
          delegatedAdministrator: accountId,
          transform: { trustedAccess: transform, features: transform, delegatedAdministrator: transform },
        },
        options,
      ),
    nodes: {
      trustedAccess: ["it-trusted-access"],
      features: ["it-features"],
      delegatedAdministrator: ["it-delegated-administrator"],
    },
  },
  BreakGlassPermissionSet: {
    make: (name, transform, options) =>
      new components.BreakGlassPermissionSet(name, { instanceArn, transform: { permissionSet: transform } }, options),
    nodes: { permissionSet: ["it-permission-set"] },
  },
  BreakGlassAssignments: {
    make: (name, transform, options) =>
      new components.BreakGlassAssignments(
        name,
        {
          instanceArn,
          permissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-1",
          assignments: [
            { accountId, principal: { type: "GROUP", id: "g-1" } },
            { accountId, principal: { type: "USER", id: "u-1" } },
          ],
          transform: { assignments: transform },
        },
        options,
      ),
    nodes: { assignments: ["it-group-g-1-in-222222222222", "it-user-u-1-in-222222222222"] },
  },
  BreakGlassRole: {
    make: (name, transform, options) =>
      new components.BreakGlassRole(
        name,
        {
          accountId,
          trustedPrincipals: ["arn:aws:iam::111111111111:user/dana"],
          transform: { role: transform, policy: transform },
        },
        options,
      ),
    nodes: { role: ["it-role"], policy: ["it-policy"] },
  },
  GitHubDeploymentRole: {
    make: (name, transform, options) =>
      new components.GitHubDeploymentRole(
        name,
        {
          repository: "example/organization",
          place: { environment: "organization" },
          transform: { provider: transform, role: transform, policy: transform },
        },
        options,
      ),
    nodes: { provider: ["it-provider"], role: ["it-role"], policy: ["it-policy"] },
  },
  RootUserGuardrail: {
    make: (name, transform, options) =>
      new components.RootUserGuardrail(
        name,
        { targetIds: ["ou-1", "ou-2"], transform: { policy: transform, attachments: transform } },
        options,
      ),
    nodes: { policy: ["it-policy"], attachments: ["it-on-ou-1", "it-on-ou-2"] },
  },
  RootSessionGuardrail: {
    make: (name, transform, options) =>
      new components.RootSessionGuardrail(
        name,
        {
          accountId,
          permissionSetNames: ["BreakGlassAssumeRoot"],
          transform: { policy: transform, attachment: transform },
        },
        options,
      ),
    nodes: { policy: ["it-policy"], attachment: ["it-attachment"] },
  },
  RootAccessAlerts: {
    make: (name, transform, options) =>
      new components.RootAccessAlerts(
        name,
        {
          accountId,
          regions: ["us-east-1", "eu-west-1"],
          subscriptions: [{ protocol: "email", endpoint: "oncall@example.com" }],
          transform: {
            key: transform,
            keyAlias: transform,
            topic: transform,
            topicPolicy: transform,
            subscriptions: transform,
            rules: transform,
            targets: transform,
            role: transform,
            rolePolicy: transform,
          },
        },
        options,
      ),
    nodes: {
      key: ["it-key"],
      keyAlias: ["it-key-alias"],
      topic: ["it-topic"],
      topicPolicy: ["it-topic-policy"],
      subscriptions: ["it-to-oncall@example.com"],
      rules: ["it-opened-rule", "it-refused-rule", "it-features-rule", "it-trust-rule", "it-eu-west-1-rule"],
      targets: [
        "it-opened-target",
        "it-refused-target",
        "it-features-target",
        "it-trust-target",
        "it-eu-west-1-target",
      ],
      role: ["it-role"],
      rolePolicy: ["it-role-policy"],
    },
  },
};

class Parent extends ComponentResource {
  constructor() {
    super("tests:index:Parent", "parent");
    this.registerOutputs();
  }
}

describe("every component", () => {
  it("stands in the table below", () => {
    const exported = Object.entries(components).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof ComponentResource,
    );
    expect(exported.map(([name]) => name)).to.have.members(Object.keys(contracts));
  });

  for (const [className, { make, nodes }] of Object.entries(contracts)) {
    describe(className, () => {
      const unchanged: Mark = (args) => args;

      it("is a component of this package, in its parent, with everything that it makes in it", async () => {
        const { recording, made } = await run(unchanged);
        const type = `aws-break-glass:organization:${className}`;
        expect(await valueOf(made.urn)).to.equal(`urn:pulumi:dev::aws-break-glass::tests:index:Parent$${type}::it`);
        const urns = await Promise.all(resourcesOf(made).map(({ urn }) => valueOf(urn)));
        expect(urns).to.have.length(recording.resources.length);
        for (const urn of urns) expect(urn).to.include(`::${type}$`);
      });

      it("hands out each resource as a node", async () => {
        const { recording, made } = await run(unchanged);
        const found = await Promise.all(
          Object.entries(made.nodes).map(async ([node, resources]) => [node, await namesOf(resources)]),
        );
        expect(Object.fromEntries(found)).to.deep.equal(nodes);
        expect(recording.resources.map(({ name }) => name)).to.have.members(Object.values(nodes).flat());
      });

      it("lets each node's arguments be changed before it is registered", async () => {
        const { recording } = await run((args) => ({ ...args, ...marked(args) }));
        for (const { name, inputs } of recording.resources) expect(JSON.stringify(inputs), name).to.include(mark);
      });

      it("registers as outputs everything that it offers beside its nodes", async () => {
        const { recording, made } = await run(unchanged);
        const offered = Object.keys(made).filter((key) => !key.startsWith("__") && !["urn", "nodes"].includes(key));
        const registered = recording.registeredOutputs(await valueOf(made.urn));
        expect(registered && Object.keys(registered)).to.have.members(offered);
      });

      it("can be previewed while nothing of it exists", async () => {
        const { recording } = await run(unchanged, { preview: true });
        expect(recording.resources.map(({ name }) => name)).to.have.members(Object.values(nodes).flat());
      });

      async function run(
        transform: Mark,
        mode: { readonly preview?: boolean } = {},
      ): Promise<{ recording: Recording; made: Made }> {
        const recording = await recordProgram(mode);
        const made = make("it", transform, { parent: new Parent() });
        await settled();
        return { recording, made };
      }
    });
  }
});

function resourcesOf({ nodes }: Made): readonly Resource[] {
  return Object.values(nodes).flatMap(listOf);
}

async function namesOf(node: Node): Promise<readonly (string | undefined)[]> {
  const urns = await Promise.all(listOf(node).map(({ urn }) => valueOf(output(urn))));
  return urns.map((urn) => urn.split("::").at(-1));
}

function listOf(node: Node): readonly Resource[] {
  if (node === undefined) return [];
  return "urn" in node ? [node] : node;
}
