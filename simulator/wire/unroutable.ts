import { AwsFault } from "../aws-fault.ts";
import type { WireResponse } from "./wire.ts";

/** A method or content type in which no protocol of the service speaks (docs/aws-behaviour.md, section 11). */
class Unroutable extends AwsFault {}

export function unroutable(): AwsFault {
  return new Unroutable("UnknownOperationException", "", { status: 404 });
}

/** AWS's answer to such a request is the same from services that speak JSON and XML. `undefined` for another fault. */
export function unroutableAnswer(fault: AwsFault, requestId: string): WireResponse | undefined {
  if (!(fault instanceof Unroutable)) return undefined;
  return {
    statusCode: fault.status,
    headers: { "x-amzn-requestid": requestId },
    body: "<UnknownOperationException/>\n",
  };
}
