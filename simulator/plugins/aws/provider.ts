import type { PropertyBag } from "../protocol/property-bag.ts";
import type { Provider } from "../protocol/provider.ts";
import { callerIdentity } from "../session/caller-identity.ts";
import { SessionOpener } from "../session/session-opener.ts";
import { checkInputs } from "./check.ts";
import { type AwsConnection, awsClients } from "./clients.ts";
import { resourceDifference } from "./difference.ts";
import { importedFrom } from "./import-id.ts";
import { invokeFunction } from "./invokes/invoke.ts";
import { createResource, deleteResource, readResource, updateResource } from "./lifecycle.ts";
import { modelledType, refusalOf } from "./registry.ts";
import type { Place } from "./resource-type.ts";
import { parseAwsSettings } from "./settings.ts";

/** The stand-in for the `aws` plugin. */
export function awsProvider(): Provider {
  const opener = new SessionOpener(parseAwsSettings);
  let configured: AwsConnection | undefined;

  const connection = (): AwsConnection => {
    if (!configured) throw new Error("The aws provider was asked for work before it was configured.");
    return configured;
  };
  /** The properties, inputs or state, say in which Region the resource is. */
  const placeOf = ({ region }: PropertyBag): Place => {
    const { session, clients } = connection();
    const accountId = async (): Promise<string> => (await callerIdentity(session)).accountId;
    return { clients, accountId, region: typeof region === "string" ? region : session.region, signal: session.signal };
  };

  return {
    version: "7.48.0",
    checkSettings: (settings) => opener.check(settings),
    configure: async (bag) => {
      const { settings, session } = await opener.open(bag);
      configured = { session, clients: awsClients(session, settings.s3UsePathStyle) };
    },
    invoke: (token, args) => invokeFunction(token, args, connection()),
    check: (request) => {
      const refusal = refusalOf(request.type);
      if (refusal) return { inputs: request.newInputs, failures: [{ property: "", reason: refusal }] };
      return checkInputs(modelledType(request.type), request, connection().session.region);
    },
    diff: (request) => resourceDifference(modelledType(request.type), request),
    create: (request) => createResource(modelledType(request.type), request, placeOf(request.inputs)),
    read: (asked) => {
      const type = modelledType(asked.type);
      const { request, properties } = importedFrom(type, asked);
      return readResource(type, request, placeOf(properties));
    },
    update: (request) => updateResource(modelledType(request.type), request, placeOf(request.newInputs)),
    delete: ({ type, id, state }) => deleteResource(modelledType(type), id, state, placeOf(state)),
    cancel: () => {
      opener.cancel();
    },
  };
}
