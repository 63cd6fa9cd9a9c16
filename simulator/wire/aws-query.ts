import { XmlShapeDeserializer, XmlShapeSerializer } from "@aws-sdk/core/protocols";
import type { $SchemaRef, StaticStructureSchema } from "@smithy/types";
import { AwsFault } from "../aws-fault.ts";
import { formTree } from "./form-tree.ts";
import { checkFormTypes } from "./form-types.ts";
import { type OperationModel, type ServiceModel, structure } from "./service-model.ts";
import { unroutable, unroutableAnswer } from "./unroutable.ts";
import type { Protocol, WireRequest } from "./wire.ts";
import { xmlSettings } from "./xml-settings.ts";

/** STS and IAM: a form in, XML out. */
export function awsQuery(model: ServiceModel): Protocol {
  const settings = xmlSettings(model, { httpBindings: false });
  const reader = new XmlShapeDeserializer(settings);

  return {
    decode: (request) => {
      const form = readForm(request);
      const operation = model.operations.get(form.get("Action") ?? "");
      if (!operation || !speaksVersion(form, model)) return Promise.resolve(undefined);
      return Promise.resolve({ operation: operation.name, input: readInput(operation, form) });
    },

    encode: (name, output, requestId) => {
      const operation = model.operations.get(name);
      const result = operation && resultMember(operation);
      const envelope = structure(`${name}Response`, [
        ...(result ? [result] : []),
        ["ResponseMetadata", responseMetadata],
      ]);
      const body = write(envelope, { [`${name}Result`]: output, ResponseMetadata: { RequestId: requestId } });
      return { statusCode: 200, headers: headers(requestId), body };
    },

    fail: (fault, requestId) => {
      const unrouted = unroutableAnswer(fault, requestId);
      if (unrouted) return unrouted;
      const [code, statusCode] = model.errors.get(fault.shape)?.query ?? [fault.code, fault.status];
      const error = { Type: statusCode < 500 ? "Sender" : "Receiver", Code: code, Message: fault.message };
      return {
        statusCode,
        headers: headers(requestId),
        body: write(errorResponse, { Error: error, RequestId: requestId }),
      };
    },
  };

  function readInput({ input }: OperationModel, form: URLSearchParams): Record<string, unknown> {
    if (input.isUnitSchema()) return {};
    const tree = formTree(form);
    checkFormTypes(input, tree);
    const read: unknown = reader.readSchema(input, tree);
    return { ...(read as object) };
  }

  function write(schema: StaticStructureSchema, value: object): string {
    const writer = new XmlShapeSerializer(settings);
    writer.write(schema, value);
    return String(writer.flush());
  }
}

const responseMetadata = structure("ResponseMetadata", [["RequestId", 0]]);

const errorResponse = structure("ErrorResponse", [
  [
    "Error",
    structure("Error", [
      ["Type", 0],
      ["Code", 0],
      ["Message", 0],
    ]),
  ],
  ["RequestId", 0],
]);

function resultMember(operation: OperationModel): readonly [string, $SchemaRef] | undefined {
  return operation.output.isUnitSchema() ? undefined : [`${operation.name}Result`, operation.outputReference];
}

/**
 * The query API takes its parameters from the body of a POST or from the URL of a GET, and knows no other method.
 *
 * @throws AwsFault UnknownOperationException for a body that is said to be no form, MalformedQueryString for one that is none
 */
export function readForm({ method, query, headers, body }: WireRequest): URLSearchParams {
  if (method === "GET") return query;
  if (method !== "POST") return new URLSearchParams();
  const contentType = headers["content-type"];
  if (contentType !== undefined && !/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType))
    throw unroutable();
  return new URLSearchParams(formText(body));
}

/** URLSearchParams reads bytes that are no UTF-8 as replacement characters: they would be stored as another text. */
function formText(body: Uint8Array): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    decodeURIComponent(text);
    return text;
  } catch {
    throw new AwsFault("MalformedQueryString", "The query string contains a syntax error.", { status: 404 });
  }
}

export function speaksVersion(form: URLSearchParams, model: ServiceModel): boolean {
  return form.get("Version") === model.version;
}

function headers(requestId: string): Record<string, string> {
  return { "content-type": "text/xml", "x-amzn-requestid": requestId };
}
