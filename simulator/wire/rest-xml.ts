import { XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { withoutChunks } from "./aws-chunked.ts";
import { checkBodyDigests, checkHasDigest } from "./body-digest.ts";
import { checkQuery } from "./rest-queries.ts";
import { restRequestReader } from "./rest-request.ts";
import { restResponseWriter } from "./rest-response.ts";
import { matchRoute, restRoutes } from "./rest-routes.ts";
import { type ServiceModel, structure } from "./service-model.ts";
import { subResourceAsked, subResourcesOf } from "./sub-resources.ts";
import type { Protocol } from "./wire.ts";
import { withReferences } from "./xml-characters.ts";
import { xmlSettings } from "./xml-settings.ts";

/** S3: method and URI name the operation, members travel in the path, the query, headers and an XML or raw body. */
export function restXml(model: ServiceModel): Protocol {
  const settings = xmlSettings(model, { httpBindings: true });
  const readInput = restRequestReader(settings);
  const writeOutput = restResponseWriter(settings);
  const routes = restRoutes(model.operations.values());
  const subResources = subResourcesOf(routes);

  return {
    decode: (request) => {
      const match = matchRoute(routes, request, subResourceAsked(request, subResources));
      if (match) checkQuery(match.operation.name, request);
      return Promise.resolve(
        match && { operation: match.operation.name, input: readInput(match, withoutChunks(request)) },
      );
    },

    verify: async (operation, request) => {
      if (operation === "DeleteObjects") checkHasDigest(request);
      // The checksum in this one's headers is that of the parts put together, not of the body.
      if (operation !== "CompleteMultipartUpload") await checkBodyDigests(request);
    },

    encode: (name, output, requestId) => {
      const operation = model.operations.get(name);
      if (!operation) return { statusCode: 200, headers: requestHeaders(requestId), body: "" };
      const { headers, body } = writeOutput(operation, new Map(Object.entries(output)));
      return {
        statusCode: headers["content-range"] === undefined ? (operation.http?.[2] ?? 200) : 206,
        headers: { ...requestHeaders(requestId), ...headers },
        body,
      };
    },

    fail: (fault, requestId) => {
      const headers = { ...requestHeaders(requestId), ...fault.headers };
      // "Not modified" says everything in its status.
      if (fault.status === 304) return { statusCode: fault.status, headers, body: "" };
      const writer = new XmlShapeSerializer({ ...settings, xmlNamespace: "" });
      const members = {
        Code: fault.code,
        Message: fault.message,
        ...fault.members,
        RequestId: requestId,
        HostId: hostId(requestId),
      };
      writer.write(
        structure(
          "Error",
          Object.keys(members).map((member) => [member, 0]),
        ),
        members,
      );
      return {
        statusCode: fault.status,
        headers: { ...headers, "content-type": "application/xml" },
        body: `<?xml version="1.0" encoding="UTF-8"?>\n${withReferences(String(writer.flush()))}`,
      };
    },
  };
}

function requestHeaders(requestId: string): Record<string, string> {
  return { "x-amz-request-id": requestId, "x-amz-id-2": hostId(requestId) };
}

/** S3 answers two ids; its support asks for both. */
function hostId(requestId: string): string {
  return Buffer.from(`sandbox/${requestId}`).toString("base64");
}
