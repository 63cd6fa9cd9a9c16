import { AwsFault } from "../aws-fault.ts";
import { parsedJson } from "../json-text.ts";
import type { WireRequest } from "./wire.ts";

/**
 * The body of a JSON protocol's request; an empty one means no members.
 *
 * @throws AwsFault SerializationException
 */
export function readJsonBody({ body }: WireRequest): { readonly text: string; readonly value: unknown } {
  const text = new TextDecoder().decode(body) || "{}";
  const value = parsedJson(text);
  if (value === undefined) throw new AwsFault("SerializationException", "The request body is not JSON.");
  return { text, value };
}
