import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as wire from "@pulumi/pulumi/proto/provider_pb.js";
import type { Empty as EmptyMessage } from "google-protobuf/google/protobuf/empty_pb.js";
import { encodeDifference } from "./difference.ts";
import { failureStatus } from "./failure-status.ts";
import { Empty } from "./google-protobuf.ts";
import { decodeProperties, encodeProperties } from "./property-bag.ts";
import type { Autonaming, CheckFailure, Provider } from "./provider.ts";

/**
 * `pulumirpc.ResourceProvider` for a provider. What these plugins do not offer (components, parameters, schemas) is left
 * out: gRPC answers UNIMPLEMENTED, which the engine understands.
 */
export function resourceProviderService(provider: Provider): UntypedServiceImplementation {
  return {
    handshake: unary<wire.ProviderHandshakeRequest, wire.ProviderHandshakeResponse>(() =>
      new messages.ProviderHandshakeResponse().setSupportsAutonamingConfiguration(true),
    ),
    getPluginInfo: unary<EmptyMessage, object>(() => new plugin.PluginInfo().setVersion(provider.version)),
    attach: unary<object, EmptyMessage>(() => new Empty()),
    checkConfig: unary<wire.CheckRequest, wire.CheckResponse>(async (request) =>
      new messages.CheckResponse()
        // As it came: decoding would take the secret marks off the credentials.
        .setInputs(request.getNews())
        .setFailuresList(encodeFailures(await provider.checkSettings(decodeProperties(request.getNews())))),
    ),
    diffConfig: unary<wire.DiffRequest, wire.DiffResponse>(() => new messages.DiffResponse()),
    configure: unary<wire.ConfigureRequest, wire.ConfigureResponse>(async (request) => {
      await provider.configure(decodeProperties(request.getArgs()));
      return new messages.ConfigureResponse().setSupportspreview(true).setSupportsAutonamingConfiguration(true);
    }),
    cancel: unary<EmptyMessage, EmptyMessage>(() => {
      provider.cancel();
      return new Empty();
    }),
    invoke: unary<wire.InvokeRequest, wire.InvokeResponse>(async (request) =>
      new messages.InvokeResponse().setReturn(
        encodeProperties(await provider.invoke(request.getTok(), decodeProperties(request.getArgs()))),
      ),
    ),
    ...resourceCalls(provider),
  };
}

function resourceCalls(provider: Provider): UntypedServiceImplementation {
  return {
    check: unary<wire.CheckRequest, wire.CheckResponse>((request) => {
      const { inputs, failures } = provider.check({
        type: request.getType(),
        name: request.getName(),
        oldInputs: decodeProperties(request.getOlds()),
        newInputs: decodeProperties(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
        autonaming: decodeAutonaming(request.getAutonaming()),
      });
      return new messages.CheckResponse().setInputs(encodeProperties(inputs)).setFailuresList(encodeFailures(failures));
    }),
    diff: unary<wire.DiffRequest, wire.DiffResponse>((request) =>
      encodeDifference(
        provider.diff({
          type: request.getType(),
          oldInputs: decodeProperties(request.getOldInputs()),
          oldState: decodeProperties(request.getOlds()),
          newInputs: decodeProperties(request.getNews()),
          ignoreChanges: request.getIgnorechangesList(),
        }),
      ),
    ),
    create: unary<wire.CreateRequest, wire.CreateResponse>(async (request) => {
      const { id, state } = await provider.create({
        type: request.getType(),
        name: request.getName(),
        inputs: decodeProperties(request.getProperties()),
        preview: request.getPreview(),
      });
      return new messages.CreateResponse().setId(id).setProperties(encodeProperties(state));
    }),
    read: unary<wire.ReadRequest, wire.ReadResponse>(async (request) => {
      const found = await provider.read({
        type: request.getType(),
        id: request.getId(),
        inputs: decodeProperties(request.getInputs()),
        state: decodeProperties(request.getProperties()),
      });
      // An answer without an id says that the resource is gone.
      if (!found) return new messages.ReadResponse();
      return new messages.ReadResponse()
        .setId(found.id)
        .setInputs(encodeProperties(found.inputs))
        .setProperties(encodeProperties(found.state));
    }),
    update: unary<wire.UpdateRequest, wire.UpdateResponse>(async (request) => {
      const state = await provider.update({
        type: request.getType(),
        id: request.getId(),
        oldInputs: decodeProperties(request.getOldInputs()),
        oldState: decodeProperties(request.getOlds()),
        newInputs: decodeProperties(request.getNews()),
        preview: request.getPreview(),
      });
      return new messages.UpdateResponse().setProperties(encodeProperties(state));
    }),
    delete: unary<wire.DeleteRequest, EmptyMessage>(async (request) => {
      await provider.delete({
        type: request.getType(),
        id: request.getId(),
        state: decodeProperties(request.getProperties()),
      });
      return new Empty();
    }),
  };
}

/** One call: its answer, or the status of its failure. */
function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(failureStatus(error));
        },
      );
  };
}

function encodeFailures(failures: readonly CheckFailure[]): wire.CheckFailure[] {
  return failures.map(({ property, reason }) => new messages.CheckFailure().setProperty(property).setReason(reason));
}

function decodeAutonaming(options: wire.CheckRequest.AutonamingOptions | undefined): Autonaming | undefined {
  if (!options) return undefined;
  const { Mode } = messages.CheckRequest.AutonamingOptions;
  switch (options.getMode()) {
    case Mode.PROPOSE:
      return { mode: "propose", name: options.getProposedName() };
    case Mode.ENFORCE:
      return { mode: "enforce", name: options.getProposedName() };
    case Mode.DISABLE:
      return { mode: "disable" };
  }
}
