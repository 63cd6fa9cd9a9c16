import { AwsFault } from "../aws-fault.ts";
import type { WireRequest } from "./wire.ts";

/**
 * Parameters of a query that S3 wants to see together, or with one value only: without this check a part without its
 * upload would be stored as an object.
 *
 * @throws AwsFault InvalidArgument that names the parameter
 */
export function checkQuery(operation: string, { method, query }: WireRequest): void {
  if (method === "PUT" && query.has("partNumber") && !query.has("uploadId")) {
    throw invalidArgument("A part is named by its number and its upload", "partNumber", query.get("partNumber"));
  }
  const listType = query.get("list-type");
  if (operation === "ListObjects" && listType !== null) {
    throw invalidArgument("Invalid List Type specified in Request", "list-type", listType);
  }
}

function invalidArgument(message: string, name: string, value: string | null): AwsFault {
  return new AwsFault("InvalidArgument", message, { members: { ArgumentName: name, ArgumentValue: value ?? "" } });
}
