import { XmlShapeDeserializer } from "@aws-sdk/core/protocols";
import { FromStringShapeDeserializer } from "@smithy/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef } from "@smithy/types";
import { AwsFault } from "../aws-fault.ts";
import type { RouteMatch } from "./rest-routes.ts";
import { structure } from "./service-model.ts";
import type { WireRequest } from "./wire.ts";
import type { XmlSettings } from "./xml-settings.ts";
import { hasXmlTypes } from "./xml-types.ts";

type Input = Record<string, unknown>;

/**
 * Collects an operation's input from where REST puts it: path, query, headers, body.
 *
 * @returns a reader that throws AwsFault InvalidURI, InvalidArgument or MalformedXML for what cannot be read
 */
export function restRequestReader(settings: XmlSettings): (match: RouteMatch, request: WireRequest) => Input {
  const xml = new XmlReader(settings);
  const text = new FromStringShapeDeserializer(settings);

  return ({ operation, labels }, request) => {
    const input: Input = {};
    if (operation.input.isUnitSchema()) return input;
    const inBody: [string, $SchemaRef][] = [];
    for (const [name, member] of operation.input.structIterator()) {
      const { httpLabel, httpHeader, httpQuery, httpPrefixHeaders, httpPayload } = member.getMergedTraits();
      if (httpLabel) input[name] = decodedLabel(labels.get(name) ?? "");
      else if (httpHeader) readText(input, name, member, request.headers[httpHeader.toLowerCase()]);
      else if (httpQuery) readQuery(input, name, member, request.query.getAll(httpQuery));
      else if (typeof httpPrefixHeaders === "string") readPrefixed(input, name, httpPrefixHeaders, request);
      else if (httpPayload) readPayload(input, name, member, request.body);
      else inBody.push([name, member]);
    }
    if (inBody.length > 0 && request.body.length > 0) {
      Object.assign(input, readXml(NormalizedSchema.of(structure("Body", inBody)), request.body));
    }
    return input;
  };

  function readText(input: Input, name: string, member: NormalizedSchema, value: string | undefined): void {
    if (value !== undefined) input[name] = parsedText(name, member, value);
  }

  function parsedText(name: string, member: NormalizedSchema, value: string): unknown {
    if (member.isNumericSchema() && !/^-?\d+(\.\d+)?$/.test(value)) throw invalidArgument(name, value);
    if (member.isBooleanSchema() && !/^(true|false)$/i.test(value)) throw invalidArgument(name, value);
    try {
      return text.read(member, value);
    } catch {
      throw invalidArgument(name, value);
    }
  }

  function readQuery(input: Input, name: string, member: NormalizedSchema, values: readonly string[]): void {
    if (member.isListSchema() && values.length > 0) {
      input[name] = values.map((value) => parsedText(name, member.getValueSchema(), value));
    } else {
      readText(input, name, member, values[0]);
    }
  }

  function readPayload(input: Input, name: string, member: NormalizedSchema, body: Uint8Array): void {
    if (member.isBlobSchema()) input[name] = body;
    else if (body.length === 0) return;
    else input[name] = member.isStructSchema() ? readXml(member, body) : new TextDecoder().decode(body);
  }

  function readXml(schema: NormalizedSchema, body: Uint8Array): object {
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
      const tree = xml.tree(text);
      if (hasDocumentType(text) || !isRoot(schema, text) || !hasXmlTypes(schema, tree)) throw malformedXml();
      return { ...(xml.readSchema(schema, tree) as object) };
    } catch {
      throw malformedXml();
    }
  }
}

/** The SDK's reader, which parses and reads in one go, taken apart: the tree is looked at in between. */
class XmlReader extends XmlShapeDeserializer {
  tree(text: string): unknown {
    return this.parseXml(withoutIndentation(text));
  }
}

/** White space around elements: the SDK's reader takes it for the text of the element that they are in. */
function withoutIndentation(text: string): string {
  if (text.includes("<![CDATA[")) return text;
  return text.replace(/(<\/[^<>]*>|\/>|-->|\?>)\s+(?=<)/g, "$1").replace(/>\s+(?=<[^/])/g, ">");
}

/** S3's schema has none, and what a document type declares, the SDK's reader passes over. It can stand before the root only. */
function hasDocumentType(text: string): boolean {
  return /^\s*(<\?.*?\?>\s*|<!--.*?-->\s*)*<!DOCTYPE/is.test(text);
}

/** Members that travel in the body one by one are in no structure of the model, so the root's name is not known. */
function isRoot(schema: NormalizedSchema, text: string): boolean {
  const { xmlName = schema.isMemberSchema() ? schema.getName() : undefined } = schema.getMergedTraits();
  const root = /<([^\s/>!?]+)/.exec(text)?.[1]?.replace(/^.*:/, "");
  return xmlName === undefined || root === xmlName;
}

function malformedXml(): AwsFault {
  return new AwsFault(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}

function decodedLabel(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new AwsFault("InvalidURI", "Couldn't parse the specified URI.", { members: { URI: label } });
  }
}

function readPrefixed(input: Input, name: string, prefix: string, { headers }: WireRequest): void {
  const found = Object.entries(headers).filter(([header]) => header.startsWith(prefix));
  if (found.length === 0) return;
  input[name] = Object.fromEntries(found.map(([header, value]) => [header.slice(prefix.length), value]));
}

function invalidArgument(name: string, value: string): AwsFault {
  return new AwsFault("InvalidArgument", `Provided ${name} is not valid`, {
    members: { ArgumentName: name, ArgumentValue: value },
  });
}
