import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";
import { Struct } from "./google-protobuf.ts";

/** What the engine sends for a value that only the real operation will tell; stands in property bags during a preview. */
export class Unknown {
  readonly kind = "unknown";
}

export const unknownValue = new Unknown();

export type PropertyValue = null | boolean | number | string | Unknown | readonly PropertyValue[] | PropertyBag;

/** Inputs or outputs of a resource, by the names of the Pulumi SDK. */
export interface PropertyBag {
  readonly [name: string]: PropertyValue;
}

/**
 * Reads what the engine sent. Secrets are unwrapped: like the bridged `aws` plugin these plugins do not accept secrets,
 * so the engine itself marks the outputs that go with secret inputs. Members that are null count as absent.
 */
export function decodeProperties(message: StructMessage | undefined): PropertyBag {
  return message ? decodeBag(message.toJavaScript()) : {};
}

/** The message for a property bag; the inverse of {@link decodeProperties} for bags without secrets. */
export function encodeProperties(bag: PropertyBag): StructMessage {
  return Struct.fromJavaScript(encodeBag(bag));
}

export function isBag(value: PropertyValue | undefined): value is PropertyBag {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unknown);
}

export function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** Whether something in there is not known before the real operation. */
export function containsUnknown(value: PropertyValue | undefined): boolean {
  if (value instanceof Unknown) return true;
  if (isList(value)) return value.some(containsUnknown);
  return isBag(value) && Object.values(value).some(containsUnknown);
}

/** Keeps the members that `keep` says yes to. */
export function pick(bag: PropertyBag, keep: (name: string, value: PropertyValue) => boolean): PropertyBag {
  return Object.fromEntries(Object.entries(bag).filter(([name, value]) => keep(name, value)));
}

/** Pulumi's marks on the wire, fixed by its protocol (sdk/proto/pulumi/provider.proto and its Go marshaller). */
const unknownMark = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const kindMember = "4dabf18193072939515e22adb298388d";
const secretKind = "1b47061264138c4ac30d75fd1eb44270";
const resourceReferenceKind = "5cf8f73096256a8f31e491e813e4eb8e";
const outputKind = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

function decodeBag(members: object): PropertyBag {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, decodeValue(value)]),
  );
}

function decodeValue(value: unknown): PropertyValue {
  if (value === unknownMark) return unknownValue;
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return value;
  if (Array.isArray(value)) return value.map(decodeValue);
  if (typeof value === "object") return decodeMarked(value);
  throw new Error(`A property of type ${typeof value} cannot come over the provider protocol.`);
}

function decodeMarked(members: object): PropertyValue {
  const fields = new Map<string, unknown>(Object.entries(members));
  switch (fields.get(kindMember)) {
    case secretKind:
      return decodeValue(fields.get("value") ?? null);
    case outputKind:
      return fields.has("value") ? decodeValue(fields.get("value")) : unknownValue;
    case resourceReferenceKind:
      return decodeValue(fields.get("id") ?? fields.get("urn") ?? null);
    default:
      return decodeBag(members);
  }
}

type Encoded = null | boolean | number | string | Encoded[] | { [name: string]: Encoded };

function encodeBag(bag: PropertyBag): { [name: string]: Encoded } {
  return Object.fromEntries(Object.entries(bag).map(([name, value]) => [name, encodeValue(value)]));
}

function encodeValue(value: PropertyValue): Encoded {
  if (value instanceof Unknown) return unknownMark;
  if (isList(value)) return value.map(encodeValue);
  if (isBag(value)) return encodeBag(value);
  if (value === null || typeof value !== "object") return value;
  throw new Error("This value has no form in the provider protocol.");
}

/** A property bag from JSON text that AWS answered. */
export function decodeJson(text: string): PropertyBag {
  const value = decodeValue(JSON.parse(text) as unknown);
  if (!isBag(value)) throw new Error("AWS answered with JSON that is not an object where properties were expected.");
  return value;
}
