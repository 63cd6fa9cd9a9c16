import { AwsFault, notImplemented } from "../aws-fault.ts";
import type { WireRequest } from "./wire.ts";

/**
 * Undoes the `aws-chunked` encoding, with which clients send bodies whose checksum they know only at the end: the data
 * chunks are joined, the trailing headers become headers.
 *
 * @throws AwsFault IncompleteBody when the chunks do not add up, MalformedTrailerError when announced headers do not follow, 501 for chunks that are signed one by one
 */
export function withoutChunks(request: WireRequest): WireRequest {
  const payload = request.headers["x-amz-content-sha256"] ?? "";
  if (!payload.startsWith("STREAMING-")) return request;
  if (payload !== "STREAMING-UNSIGNED-PAYLOAD-TRAILER") throw notImplemented(`A payload of the kind ${payload}`);
  const { body, trailer } = joined(Buffer.from(request.body));
  checkTrailer(trailer, request.headers["x-amz-trailer"]);
  checkLength(body, request.headers["x-amz-decoded-content-length"]);
  return { ...request, body, headers: { ...withoutEncoding(request.headers), ...trailer } };
}

function joined(encoded: Buffer): { body: Buffer; trailer: Record<string, string> } {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = encoded.indexOf("\r\n", position);
    const size = end < 0 ? Number.NaN : Number.parseInt(encoded.toString("latin1", position, end), 16);
    const start = end + 2;
    if (Number.isNaN(size) || start + size > encoded.length) throw incompleteBody();
    if (size === 0) return { body: Buffer.concat(chunks), trailer: trailerOf(encoded.subarray(start)) };
    chunks.push(encoded.subarray(start, start + size));
    position = start + size + 2;
  }
}

function trailerOf(rest: Buffer): Record<string, string> {
  const lines = rest.toString("latin1").split("\r\n");
  return Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );
}

function checkTrailer(trailer: Readonly<Record<string, string>>, announced = ""): void {
  const names = announced.split(",").map((name) => name.trim().toLowerCase());
  if (names.every((name) => name === "" || Object.hasOwn(trailer, name))) return;
  throw new AwsFault(
    "MalformedTrailerError",
    "The request contained trailing data that was not well-formed or did not conform to our published schema.",
  );
}

function checkLength(body: Buffer, stated: string | undefined): void {
  if (stated !== undefined && Number(stated) !== body.length) throw incompleteBody();
}

/** `aws-chunked` is about the wire: what is left of Content-Encoding belongs to the object. */
function withoutEncoding(headers: WireRequest["headers"]): Record<string, string> {
  const { "content-encoding": encoding = "", ...others } = headers;
  const kept = encoding.split(",").filter((name) => name.trim() !== "" && name.trim() !== "aws-chunked");
  const length = headers["x-amz-decoded-content-length"];
  return {
    ...others,
    ...(length === undefined ? {} : { "content-length": length }),
    ...(kept.length > 0 ? { "content-encoding": kept.join(",") } : {}),
  };
}

function incompleteBody(): AwsFault {
  return new AwsFault(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
  );
}
