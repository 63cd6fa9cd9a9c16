import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { awsProvider } from "../../../../simulator/plugins/aws/provider.ts";
import type { PropertyBag } from "../../../../simulator/plugins/protocol/property-bag.ts";
import type { CreatedResource, Provider, ReadResource } from "../../../../simulator/plugins/protocol/provider.ts";

/** The `aws` stand-in in this process, at work in a sandbox organization of its own. */
export interface SandboxedProvider {
  readonly organization: SandboxOrganization;
  readonly provider: Provider;
  /** Checks and creates, as the engine does. */
  readonly create: (type: string, inputs: PropertyBag) => Promise<CreatedResource>;
  readonly read: (type: string, created: CreatedResource) => Promise<ReadResource | undefined>;
  /** Checks and updates; the state that follows. */
  readonly update: (type: string, created: CreatedResource, inputs: PropertyBag) => Promise<PropertyBag>;
  /** Names of the calls that CloudTrail recorded while the work was done. */
  readonly callsDuring: (work: () => Promise<unknown>) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

export async function startSandboxedProvider(
  account: keyof typeof sandboxAccounts,
  region = "ap-northeast-2",
): Promise<SandboxedProvider> {
  const organization = await startSandboxOrganization({ propagationMilliseconds: 100 });
  const before = process.env["AWS_ENDPOINT_URL"];
  process.env["AWS_ENDPOINT_URL"] = organization.endpoint;
  const provider = awsProvider();
  await provider.configure({ region, ...administratorKeys(organization, account) });
  return {
    organization,
    provider,
    create: (type, inputs) =>
      provider.create({ type, name: "test", inputs: checked(provider, type, inputs), preview: false }),
    read: (type, { id, state }) => provider.read({ type, id, state, inputs: state }),
    update: (type, { id, state }, inputs) => {
      const newInputs = checked(provider, type, inputs);
      return provider.update({ type, id, oldInputs: state, oldState: state, newInputs, preview: false });
    },
    callsDuring: async (work) => {
      const { length } = organization.state.trail;
      await work();
      return organization.state.trail.slice(length).map(({ eventName }) => eventName);
    },
    close: async () => {
      if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
      else process.env["AWS_ENDPOINT_URL"] = before;
      await organization.close();
    },
  };
}

/** Inputs as Check completes them; a failure fails the test. */
export function checked(provider: Provider, type: string, newInputs: PropertyBag): PropertyBag {
  const request = { type, name: "Test", oldInputs: {}, newInputs, randomSeed: Uint8Array.of(7), autonaming: undefined };
  const { inputs, failures } = provider.check(request);
  if (failures.length > 0) throw new Error(JSON.stringify(failures));
  return inputs;
}

/** A property that is text; anything else fails the test. */
export function textOf(bag: PropertyBag, name: string): string {
  const value = bag[name];
  if (typeof value === "string") return value;
  throw new Error(`${name} is not text`);
}

/** The keys of an account's administrator, as provider settings name them. */
export function administratorKeys(
  organization: SandboxOrganization,
  account: keyof typeof sandboxAccounts,
): { readonly accessKey: string; readonly secretKey: string } {
  const key = organization.administrators.find(({ accountId }) => accountId === sandboxAccounts[account]);
  if (!key) throw new Error(`no administrator for ${account}`);
  return { accessKey: key.accessKeyId, secretKey: key.secretAccessKey };
}
