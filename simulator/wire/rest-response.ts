import { XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { ToStringShapeSerializer } from "@smithy/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef, StaticStructureSchema } from "@smithy/types";
import { type OperationModel, structure } from "./service-model.ts";
import { withReferences } from "./xml-characters.ts";
import type { XmlSettings } from "./xml-settings.ts";

interface RestResponse {
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
}

type Output = ReadonlyMap<string, unknown>;

/** Distributes an operation's output to where REST puts it: headers, and one payload or an XML body. */
export function restResponseWriter(settings: XmlSettings): (operation: OperationModel, output: Output) => RestResponse {
  return (operation, output) => {
    const headers: Record<string, string> = {};
    if (operation.output.isUnitSchema()) return { headers, body: "" };
    const inBody: [string, NormalizedSchema][] = [];
    let body: string | Uint8Array = "";
    for (const [name, member] of operation.output.structIterator()) {
      const { httpHeader, httpPrefixHeaders, httpPayload } = member.getMergedTraits();
      const value = output.get(name);
      if (httpHeader) writeHeader(headers, httpHeader, member, value);
      else if (typeof httpPrefixHeaders === "string") writePrefixed(headers, httpPrefixHeaders, value);
      else if (httpPayload) body = writePayload(headers, member, value);
      else inBody.push([name, member]);
    }
    if (inBody.length > 0) {
      headers["content-type"] = "application/xml";
      const xml = writeXml(bodySchema(operation, inBody), Object.fromEntries(output));
      body = operation.name === "GetBucketLocation" ? unwrapped(xml) : xml;
    }
    return { headers, body };
  };

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

  function writePayload(
    headers: Record<string, string>,
    member: NormalizedSchema,
    value: unknown,
  ): string | Uint8Array {
    if (value instanceof Uint8Array) return value;
    if (value === undefined) return "";
    if (typeof value === "string") {
      headers["content-type"] ??= "application/json";
      return value;
    }
    headers["content-type"] ??= "application/xml";
    return writeXml(member, value);
  }

  function writeXml(schema: StaticStructureSchema | NormalizedSchema, value: unknown): string {
    const writer = new XmlShapeSerializer(settings);
    writer.write(schema, value);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${withReferences(String(writer.flush()))}`;
  }
}

function bodySchema(operation: OperationModel, members: readonly [string, $SchemaRef][]): StaticStructureSchema {
  const root = operation.output.getMergedTraits().xmlName ?? operation.output.getName() ?? operation.name;
  return structure(root, members);
}

function writePrefixed(headers: Record<string, string>, prefix: string, value: unknown): void {
  for (const [name, text] of Object.entries(value ?? {})) headers[`${prefix}${name}`.toLowerCase()] = String(text);
}

/**
 * GetBucketLocation's answer is a single element with text, although its model has a structure around it: AWS marks it
 * with a trait (s3UnwrappedXmlOutput) that the SDK's schemas leave out.
 */
function unwrapped(xml: string): string {
  return xml.replace(/<(LocationConstraint)( [^>]*)><\1>(.*)<\/\1><\/\1>$/s, "<$1$2>$3</$1>");
}
