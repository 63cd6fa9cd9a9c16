import { createHmac, createSecretKey, hash } from "node:crypto";
import { escapeUri } from "@smithy/core/protocols";
import { withLatestAnswers } from "../latest-answers.ts";
import type { WireRequest } from "../wire/wire.ts";

/** What a signature is made with, beside the request. */
export interface Signing {
  readonly secretAccessKey: string;
  /** As the header X-Amz-Date has it, `20260105T090000Z`. */
  readonly date: string;
  readonly region: string;
  /** The service by the name that it has in credential scopes. */
  readonly signingName: string;
  /** Names in lower case. */
  readonly signedHeaders: readonly string[];
  /** S3 signs the path as it is sent; every other service signs it in its shortest form and encoded once more. */
  readonly pathAsSent: boolean;
}

/**
 * The signature that a request must have, by AWS Signature Version 4, in hexadecimal digits.
 *
 * Source: IAM User Guide, "Create a signed AWS API request".
 */
export function signatureOf(request: WireRequest, signing: Signing): string {
  const { secretAccessKey, date, region, signingName } = signing;
  const scope = [date.slice(0, 8), region, signingName, "aws4_request"];
  const stringToSign = ["AWS4-HMAC-SHA256", date, scope.join("/"), sha256(canonicalRequest(request, signing))];
  return createHmac("sha256", signingKey([secretAccessKey, ...scope].join("\n")))
    .update(stringToSign.join("\n"))
    .digest("hex");
}

/** A client signs with one key all day, for each service and Region. */
const signingKey = withLatestAnswers(1000, (secretAndScope) => {
  const [secretAccessKey = "", ...scope] = secretAndScope.split("\n");
  const key = scope.reduce<Buffer>(
    (earlier, part) => createHmac("sha256", earlier).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
  return createSecretKey(key);
});

function canonicalRequest(request: WireRequest, { signedHeaders, pathAsSent }: Signing): string {
  const names = signedHeaders.toSorted();
  return [
    request.method,
    pathAsSent ? request.path : canonicalPath(request.path),
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${canonicalValue(request.headers[name] ?? "")}`),
    "",
    names.join(";"),
    request.headers["x-amz-content-sha256"] ?? sha256(request.body),
  ].join("\n");
}

function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(escapeUri(segment));
  }
  const end = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.join("/")}${end}`;
}

function canonicalQuery(query: URLSearchParams): string {
  if (query.size === 0) return "";
  return Array.from(query, ([name, value]) => [escapeUri(name), escapeUri(value)] as const)
    .toSorted(byNameThenValue)
    .map((pair) => pair.join("="))
    .join("&");
}

function byNameThenValue([name, value]: readonly [string, string], other: readonly [string, string]): number {
  return compare(name, other[0]) || compare(value, other[1]);
}

/** By code points, as AWS sorts; what is compared is ASCII by now. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function canonicalValue(value: string): string {
  return value.trim().replace(/\s+/g, " ");
}

function sha256(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}
