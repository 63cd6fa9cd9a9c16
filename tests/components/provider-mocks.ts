import { type Output, output, runtime } from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";

/** What Pulumi hands to a mock in place of the engine and of the providers. */
export interface Recording {
  /** The resources that were registered, components apart, in order. */
  readonly resources: readonly RegisteredResource[];
  /** `start NAME` when the registration of a resource arrives, `end NAME` when it is answered. */
  readonly timeline: readonly string[];
  readonly invokes: readonly { readonly token: string; readonly inputs: unknown }[];
  /** Ids under which resources are taken over, by the resource's name. */
  readonly imports: ReadonlyMap<string, string>;
  /** Resources that stay at AWS when the stack is destroyed, by name. */
  readonly kept: ReadonlySet<string>;
  /** What each resource says it depends on: names, in order of the alphabet. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
  /** What a component registered as its outputs, once it has; never, if it does not. */
  readonly registeredOutputs: (urn: string) => Readonly<Record<string, unknown>> | undefined;
}

export interface RegisteredResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
}

/** Answers an invoke by its token; throws what a provider would answer in place of a result. */
export type InvokeAnswers = (
  token: string,
  inputs: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>;

/**
 * Records what the program registers and asks from here on.
 *
 * @param preview resources have no outputs yet, as in `pulumi preview` before the first `pulumi up`
 */
export async function recordProgram({
  preview = false,
  answers = refuseInvokes,
}: { preview?: boolean; answers?: InvokeAnswers } = {}): Promise<Recording> {
  const resources: RegisteredResource[] = [];
  const timeline: string[] = [];
  const invokes: { token: string; inputs: unknown }[] = [];
  const imports = new Map<string, string>();
  const kept = new Set<string>();
  const dependencies = new Map<string, readonly string[]>();
  await runtime.setMocks(
    {
      newResource: async ({ type, name, inputs, custom, id }) => {
        if (custom !== true) return { id: undefined, state: {} };
        resources.push({ type, name, inputs: inputs as unknown });
        if (id !== undefined && id !== "") imports.set(name, id);
        timeline.push(`start ${name}`);
        await otherRegistrations();
        timeline.push(`end ${name}`);
        return preview ? { id: undefined, state: {} } : { id: `${name}-id`, state: outputsOf(type, name, inputs) };
      },
      call: ({ token, inputs }) => {
        invokes.push({ token, inputs: inputs as unknown });
        return answerOrFail(() => answers(token, inputs as Record<string, unknown>));
      },
    },
    "aws-break-glass",
    "dev",
    preview,
    "organization",
  );
  const monitor = runtime.getMonitor();
  watchOptions(monitor, kept, dependencies);
  return {
    resources,
    timeline,
    invokes,
    imports,
    kept,
    dependencies,
    registeredOutputs: (urn) => outputsRegistered(monitor, urn),
  };
}

/** A mock is not told of options: they are read where the program sends them. */
function watchOptions(monitor: unknown, kept: Set<string>, dependencies: Map<string, readonly string[]>): void {
  if (!(monitor instanceof MockMonitor)) throw new Error("the program runs without mocks");
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: RegisterResourceRequest, callback) => {
    if (request.getRetainondelete() || request.getDeletedwith() !== "") kept.add(request.getName());
    const names = request.getDependenciesList().map((urn) => urn.split("::").at(-1) ?? urn);
    dependencies.set(request.getName(), names.sort());
    return register(request, callback);
  };
}

/** The mock keeps what registerOutputs sends as it comes: in the form of the wire. */
function outputsRegistered(monitor: unknown, urn: string): Readonly<Record<string, unknown>> | undefined {
  if (!(monitor instanceof MockMonitor)) throw new Error("the program runs without mocks");
  const state: unknown = monitor.getRegisteredResources().get(urn)?.state;
  return state instanceof structs.Struct ? state.toJavaScript() : undefined;
}

/** Waits until the program has registered everything that it is going to register, as the engine does at its end. */
export async function settled(): Promise<void> {
  await runtime.disconnect();
}

/** The value of an output once it is known. */
export async function valueOf<T>(value: Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output(value).apply((known) => {
      resolve(known as T);
    });
  });
}

/** Gives registrations that depend on nothing the time to arrive before this one is answered. */
async function otherRegistrations(): Promise<void> {
  for (let turn = 0; turn < 25; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function outputsOf(type: string, name: string, inputs: unknown): Record<string, unknown> {
  return { ...(inputs as Record<string, unknown>), ...computedOutputs[type]?.(name) };
}

/** A provider's failure reaches the program as a gRPC error, whose text is in `details`. */
function answerOrFail<T>(answer: () => T): T {
  try {
    return answer();
  } catch (error) {
    throw Object.assign(new Error("invoke failed"), {
      details: error instanceof Error ? error.message : String(error),
    });
  }
}

function refuseInvokes(token: string): never {
  throw new Error(`this program was not expected to ask ${token}`);
}

const computedOutputs: Readonly<Record<string, (name: string) => Record<string, unknown>>> = {
  "aws-native:sso:PermissionSet": (name) => ({ permissionSetArn: `arn:aws:sso:::permissionSet/${name}` }),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": (name) => ({ arn: `arn-of-${name}` }),
  "aws:iam/role:Role": (name) => ({ arn: `arn-of-${name}` }),
  "aws:kms/key:Key": (name) => ({ arn: `arn-of-${name}`, keyId: `id-of-${name}` }),
  "aws:sns/topic:Topic": (name) => ({ arn: `arn-of-${name}` }),
};
