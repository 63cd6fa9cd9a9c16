import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef, StaticErrorSchema, StaticOperationSchema, StaticStructureSchema } from "@smithy/types";

/** A service as its SDK client package describes it: the schemas are exported as `Name$`. */
export interface ServiceModel {
  readonly namespace: string;
  readonly version: string;
  readonly xmlNamespace: string;
  /** The part of `X-Amz-Target` before the dot. */
  readonly target: string;
  /** Speaks JSON now and still answers with the error codes of the query protocol that it spoke before. */
  readonly queryCompatible: boolean;
  readonly operations: ReadonlyMap<string, OperationModel>;
  readonly errors: ReadonlyMap<string, ErrorModel>;
}

export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** The output as the SDK exports it: as a member of an envelope it must not bring a name of its own. */
  readonly outputReference: $SchemaRef;
  /** Members that the model requires; the SDK lists them first. */
  readonly required: readonly string[];
  /** Method, URI template and status of REST services. */
  readonly http?: readonly [method: string, uri: string, status: number];
}

export interface ErrorModel {
  readonly httpStatus?: number;
  /** Code and status where the query protocol's differ from the structure's name. */
  readonly query?: readonly [code: string, status: number];
  /** Services disagree on the letter case of this member's name. */
  readonly messageMember: string;
  /** The structure repeats the request's id. */
  readonly hasRequestId: boolean;
}

/** What every client of the SDK carries in `client.config.protocolSettings`. */
export type ProtocolSettings = Readonly<Record<string, unknown>>;

/** Reads a service's model from the module of its SDK client package. */
export function serviceModel(clientModule: object, settings: ProtocolSettings): ServiceModel {
  const schemas: unknown[] = Object.values(clientModule);
  const setting = (name: string): string => {
    const value = settings[name];
    return typeof value === "string" ? value : "";
  };
  return {
    namespace: setting("defaultNamespace"),
    version: setting("version"),
    xmlNamespace: setting("xmlNamespace"),
    target: setting("serviceTarget"),
    queryCompatible: settings["awsQueryCompatible"] === true,
    operations: new Map(schemas.filter(isOperation).map((schema) => [schema[2], operationModel(schema)])),
    errors: new Map(schemas.filter(isError).map((schema) => [schema[2], errorModel(schema)])),
  };
}

function operationModel(schema: StaticOperationSchema): OperationModel {
  const input = NormalizedSchema.of(schema[4]);
  const http = traitsOf(schema[3])["http"];
  return {
    name: schema[2],
    input,
    output: NormalizedSchema.of(schema[5]),
    outputReference: schema[5],
    required: requiredMembers(input),
    ...(isHttpTrait(http) ? { http } : {}),
  };
}

function errorModel(schema: StaticErrorSchema): ErrorModel {
  const traits = traitsOf(schema[3]);
  const status = traits["httpError"];
  const query = traits["awsQueryError"];
  return {
    ...(typeof status === "number" ? { httpStatus: status } : {}),
    ...(isQueryErrorTrait(query) ? { query } : {}),
    messageMember: schema[4].find((member) => member.toLowerCase() === "message") ?? "message",
    hasRequestId: schema[4].includes("RequestId"),
  };
}

/** A structure schema's seventh element counts its leading required members. */
function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const raw: unknown = schema.getSchema();
  if (!Array.isArray(raw) || raw[0] !== 3) return [];
  const [, , , , members, , required] = raw as unknown as StaticStructureSchema;
  return members.slice(0, required ?? 0);
}

/** A structure made here, in the form of the SDK's own: for envelopes that the models leave out. */
export function structure(
  name: string,
  members: readonly (readonly [name: string, schema: $SchemaRef])[],
): StaticStructureSchema {
  return [3, "sandbox", name, 0, members.map(([member]) => member), members.map(([, schema]) => schema)];
}

function isOperation(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

function isError(value: unknown): value is StaticErrorSchema {
  return Array.isArray(value) && value[0] === -3;
}

function traitsOf(traits: unknown): Readonly<Record<string, unknown>> {
  return typeof traits === "object" && traits !== null ? { ...traits } : {};
}

function isHttpTrait(value: unknown): value is [string, string, number] {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "string";
}

function isQueryErrorTrait(value: unknown): value is [string, number] {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "number";
}
