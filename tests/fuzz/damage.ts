import type { HttpRequest } from "@smithy/core/transport";
import fc from "fast-check";

/** What becomes of a well-formed request before it is signed. */
export interface Damage {
  readonly kind:
    | "none"
    | "cut body"
    | "other text in body"
    | "no content type"
    | "other method"
    | "more query"
    | "other path"
    | "name of many parts";
  readonly at: number;
  readonly text: string;
}

export const noDamage: Damage = { kind: "none", at: 0, text: "" };

export const damages: fc.Arbitrary<Damage> = fc.record({
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Damage["kind"]>("none") },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Damage["kind"][]>(
        "cut body",
        "other text in body",
        "no content type",
        "other method",
        "more query",
        "other path",
        "name of many parts",
      ),
    },
  ),
  at: fc.nat(300),
  text: fc.constantFrom(
    "\r\n한",
    "null",
    "{}",
    "[]",
    '"',
    "<",
    "&",
    "=",
    "%",
    "0",
    "-1",
    "1e999",
    "true",
    "}",
    ">",
    "\\u0000",
  ),
});

const furtherParameters = [
  "policy",
  "uploads",
  "tagging",
  "Action",
  "list-type",
  "partNumber",
  "part-number-marker",
  "response-content-type",
];

/** The damaged request's parts; the given one is left as it is. */
export function damaged(request: HttpRequest, body: string, { kind, at, text }: Damage): Damaged {
  const { method, path, headers, query } = request;
  const same = { method, path, headers, query, body };
  switch (kind) {
    case "none":
      return same;
    case "cut body":
      return { ...same, body: body.slice(0, at) };
    case "other text in body": {
      const from = body.length === 0 ? 0 : at % body.length;
      return { ...same, body: `${body.slice(0, from)}${text}${body.slice(from + text.length)}` };
    }
    case "no content type":
      return {
        ...same,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !/^content-type$/i.test(name))),
      };
    case "other method":
      return { ...same, method: ["GET", "POST", "PUT", "DELETE", "PATCH"][at % 5] ?? method };
    case "more query":
      return {
        ...same,
        query: { ...query, [furtherParameters[at % furtherParameters.length] ?? "x"]: text },
      };
    case "other path":
      return { ...same, path: ["/", "//", "/fuzz-bucket", "/fuzz-bucket/", "/%2e%2e/x"][at % 5] ?? path };
    // To the query protocol, a name with as many dots is a structure as deep.
    case "name of many parts":
      return { ...same, body: `${body}&${["Tags", ...Array<string>(at * 30).fill("1")].join(".")}=${text}` };
  }
}

export type Damaged = Pick<HttpRequest, "method" | "path" | "headers" | "query"> & { readonly body: string };
