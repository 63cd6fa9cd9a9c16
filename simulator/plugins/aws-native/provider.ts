import type { PropertyBag, PropertyValue } from "../protocol/property-bag.ts";
import type { Provider } from "../protocol/provider.ts";
import { callerIdentity } from "../session/caller-identity.ts";
import { SessionOpener } from "../session/session-opener.ts";
import type { Session } from "../session/session.ts";
import { checkInputs } from "./check.ts";
import { CloudControl } from "./cloud-control.ts";
import { resourceDifference } from "./difference.ts";
import { createResource, deleteResource, readResource, updateResource } from "./lifecycle.ts";
import { sdkName, toSdk } from "./naming.ts";
import { modelledType, refusalOf, typeOfGetter } from "./registry.ts";
import { parseNativeSettings } from "./settings.ts";

/** The stand-in for the `aws-native` plugin: what that is, a Cloud Control client, for the types in `schema.ts`. */
export function nativeProvider(): Provider {
  const opener = new SessionOpener(parseNativeSettings);
  let configured: Connection | undefined;

  const connection = (): Connection => {
    if (!configured) throw new Error("The aws-native provider was asked for work before it was configured.");
    return configured;
  };
  const cloudControl = (): CloudControl => connection().cloudControl;

  return {
    version: "1.79.0",
    checkSettings: (settings) => opener.check(settings),
    configure: async (bag) => {
      const { session } = await opener.open(bag);
      configured = { session, cloudControl: new CloudControl(session) };
    },
    invoke: (token, args) => invokeFunction(token, args, connection()),
    check: (request) => {
      const refusal = refusalOf(request.type);
      if (refusal) return { inputs: request.newInputs, failures: [{ property: "", reason: refusal }] };
      return checkInputs(modelledType(request.type), request);
    },
    diff: (request) => resourceDifference(modelledType(request.type), request),
    create: (request) => createResource(modelledType(request.type), request, cloudControl),
    read: (request) => readResource(modelledType(request.type), request, cloudControl()),
    update: (request) => updateResource(modelledType(request.type), request, cloudControl),
    delete: (request) => deleteResource(modelledType(request.type), request, cloudControl()),
    cancel: () => {
      opener.cancel();
    },
  };
}

interface Connection {
  readonly session: Session;
  readonly cloudControl: CloudControl;
}

const accountIdToken = "aws-native:index:getAccountId";

async function invokeFunction(
  token: string,
  args: PropertyBag,
  { session, cloudControl }: Connection,
): Promise<PropertyBag> {
  if (token === accountIdToken) return { accountId: (await callerIdentity(session)).accountId };
  return getResource(token, args, cloudControl);
}

/** A getter's result: the resource whose identifier the arguments make up. */
async function getResource(token: string, args: PropertyBag, cloudControl: CloudControl): Promise<PropertyBag> {
  const type = typeOfGetter(token);
  const identifier = type.primaryIdentifier
    .map((member) => identifierPart(args[sdkName(member)], member, token))
    .join("|");
  const found = await cloudControl.get(type.typeName, identifier);
  if (!found) throw new Error(`reading ${type.typeName} ${identifier}: it is not there`);
  return toSdk(type.members, found);
}

function identifierPart(value: PropertyValue | undefined, member: string, token: string): string {
  if (typeof value === "string") return value;
  throw new Error(`${token} needs the argument ${sdkName(member)}.`);
}
