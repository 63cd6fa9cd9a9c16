import { AwsFault } from "../aws-fault.ts";
import { parsedJson } from "../json-text.ts";
import type { WireRequest } from "./wire.ts";

/**
 * The body of a JSON protocol's request; an empty one means no members.
 *
 * @throws AwsFault SerializationException
 */
export function readJsonBody({ body }: WireRequest): { readonly text: string; readonly value: unknown } {
  const text = utf8(body) ?? "";
  const value = parsedJson(body.length === 0 ? "{}" : text);
  if (value === undefined) throw new AwsFault("SerializationException", "The request body is not JSON.");
  return { text: text || "{}", value };
}

/** `undefined` for bytes that are no UTF-8: read with replacement characters, they would be stored as another text. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
