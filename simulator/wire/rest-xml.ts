import { XmlShapeDeserializer, XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { FromStringShapeDeserializer, ToStringShapeSerializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef, StaticStructureSchema } from "@smithy/types";
import { AwsFault } from "../aws-fault.ts";
import { matchRoute, restRoutes, type RouteMatch } from "./rest-routes.ts";
import { type ServiceModel, structure } from "./service-model.ts";
import type { Protocol, WireRequest } from "./wire.ts";
import { xmlSettings } from "./xml-settings.ts";

/** S3: method and URI name the operation, members travel in the path, the query, headers and an XML or raw body. */
export function restXml(model: ServiceModel): Protocol {
  const settings = xmlSettings(model, { httpBindings: true });
  const reader = new XmlShapeDeserializer(settings);
  const fromText = new FromStringShapeDeserializer(settings);
  const routes = restRoutes(model.operations.values());

  return {
    decode: (request) => {
      const match = matchRoute(routes, request);
      return Promise.resolve(match && { operation: match.operation.name, input: readInput(match, request) });
    },

    encode: (name, output, requestId) => {
      const operation = model.operations.get(name);
      const statusCode = operation?.http?.[2] ?? 200;
      const headers: Record<string, string> = { "x-amz-request-id": requestId };
      if (!operation || operation.output.isUnitSchema()) return { statusCode, headers, body: "" };
      const body = writeOutput(operation.output, new Map(Object.entries(output)), headers);
      if (body.length > 0) headers["content-type"] ??= "application/xml";
      return { statusCode, headers, body };
    },

    fail: (fault, requestId) => {
      const writer = new XmlShapeSerializer({ ...settings, xmlNamespace: "" });
      const members = { Code: fault.code, Message: fault.message, ...fault.members, RequestId: requestId };
      writer.write(
        structure(
          "Error",
          Object.keys(members).map((member) => [member, 0]),
        ),
        members,
      );
      const headers = { "content-type": "application/xml", "x-amz-request-id": requestId };
      return { statusCode: fault.status, headers, body: document(writer) };
    },
  };

  function readInput({ operation, labels }: RouteMatch, request: WireRequest): Record<string, unknown> {
    const input: Record<string, unknown> = {};
    const inBody: [string, $SchemaRef][] = [];
    for (const [name, member] of operation.input.isUnitSchema() ? [] : operation.input.structIterator()) {
      const traits = member.getMergedTraits();
      if (traits.httpLabel) input[name] = decodeURIComponent(labels.get(name) ?? "");
      else if (traits.httpHeader) readText(input, name, member, request.headers[traits.httpHeader.toLowerCase()]);
      else if (traits.httpQuery) readQuery(input, name, member, request.query.getAll(traits.httpQuery));
      else if (typeof traits.httpPrefixHeaders === "string") readPrefix(input, name, traits.httpPrefixHeaders, request);
      else if (traits.httpPayload) readPayload(input, name, member, request.body);
      else inBody.push([name, member]);
    }
    if (inBody.length > 0 && request.body.length > 0)
      Object.assign(input, readXml(structure("Body", inBody), request.body));
    return input;
  }

  function readText(
    input: Record<string, unknown>,
    name: string,
    member: NormalizedSchema,
    text: string | undefined,
  ): void {
    if (text !== undefined) input[name] = fromText.read(member, text);
  }

  function readQuery(
    input: Record<string, unknown>,
    name: string,
    member: NormalizedSchema,
    values: readonly string[],
  ): void {
    if (member.isListSchema() && values.length > 0) {
      input[name] = values.map((value) => fromText.read(member.getValueSchema(), value));
    } else {
      readText(input, name, member, values[0]);
    }
  }

  function readPayload(input: Record<string, unknown>, name: string, member: NormalizedSchema, body: Uint8Array): void {
    if (member.isBlobSchema()) input[name] = body;
    else if (body.length > 0)
      input[name] = member.isStructSchema() ? readXml(member, body) : new TextDecoder().decode(body);
  }

  function readXml(schema: StaticStructureSchema | NormalizedSchema, body: Uint8Array): object {
    try {
      return { ...(reader.read(schema, body) as object) };
    } catch {
      throw new AwsFault(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema",
      );
    }
  }

  function writeOutput(
    schema: NormalizedSchema,
    values: ReadonlyMap<string, unknown>,
    headers: Record<string, string>,
  ): string | Uint8Array {
    const inBody: [string, $SchemaRef][] = [];
    let payload: string | Uint8Array = "";
    for (const [name, member] of schema.structIterator()) {
      const traits = member.getMergedTraits();
      const value = values.get(name);
      if (traits.httpHeader) writeHeader(headers, traits.httpHeader, member, value);
      else if (typeof traits.httpPrefixHeaders === "string") writePrefix(headers, traits.httpPrefixHeaders, value);
      else if (traits.httpPayload) payload = writePayload(member, value);
      else inBody.push([name, member]);
    }
    if (inBody.length === 0) return payload;
    const root = String(schema.getMergedTraits().xmlName ?? schema.getName());
    return writeXml(structure(root, inBody), Object.fromEntries(values));
  }

  function writeHeader(
    headers: Record<string, string>,
    header: string,
    member: NormalizedSchema,
    value: unknown,
  ): void {
    if (value === undefined || value === null) return;
    const writer = new ToStringShapeSerializer(settings);
    writer.write(member, value);
    headers[header.toLowerCase()] = writer.flush();
  }

  function writePayload(member: NormalizedSchema, value: unknown): string | Uint8Array {
    if (typeof value === "string" || value instanceof Uint8Array) return value;
    return value === undefined ? "" : writeXml(member, value);
  }

  function writeXml(schema: StaticStructureSchema | NormalizedSchema, value: unknown): string {
    const writer = new XmlShapeSerializer(settings);
    writer.write(schema, value);
    return document(writer);
  }
}

function readPrefix(input: Record<string, unknown>, name: string, prefix: string, request: WireRequest): void {
  const found = Object.entries(request.headers).filter(([header]) => header.startsWith(prefix));
  if (found.length > 0)
    input[name] = Object.fromEntries(found.map(([header, value]) => [header.slice(prefix.length), value]));
}

function writePrefix(headers: Record<string, string>, prefix: string, value: unknown): void {
  for (const [name, text] of Object.entries(value ?? {})) headers[`${prefix}${name}`.toLowerCase()] = String(text);
}

function document(writer: XmlShapeSerializer): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${String(writer.flush())}`;
}
