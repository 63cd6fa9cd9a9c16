import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import fc from "fast-check";
import { type Signing, signatureOf } from "../../../simulator/pipeline/signature-v4.ts";
import type { WireRequest } from "../../../simulator/wire/wire.ts";

const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

describe("pipeline: Signature Version 4", () => {
  it("gives the signature of AWS's own worked example (AWS General Reference, ListUsers)", () => {
    const signedHeaders = ["content-type", "host", "x-amz-date"];
    const request = wireRequest({
      query: "Action=ListUsers&Version=2010-05-08",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        host: "iam.amazonaws.com",
        "x-amz-date": "20150830T123600Z",
      },
    });
    const signing = { date: "20150830T123600Z", region: "us-east-1", signingName: "iam", signedHeaders };
    expect(signatureOf(request, { ...signing, secretAccessKey, pathAsSent: false })).to.equal(
      "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    );
  });

  it("agrees with the SDK's signer on paths, queries, headers and bodies of all kinds", async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.boolean(), async (request, pathAsSent) => {
        const { expected, signed, signing } = await signBySdk(request, pathAsSent);
        expect(signatureOf(signed, signing)).to.equal(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("depends on the secret, the day, the Region and the service", () => {
    const request = wireRequest({ headers: { host: "localhost", "x-amz-date": "20260105T090000Z" } });
    const signing: Signing = {
      secretAccessKey,
      date: "20260105T090000Z",
      region: "us-east-1",
      signingName: "sts",
      signedHeaders: ["host", "x-amz-date"],
      pathAsSent: false,
    };
    const others: Partial<Signing>[] = [
      {},
      { secretAccessKey: "another" },
      { date: "20260106T090000Z" },
      { region: "us-east-2" },
      { signingName: "iam" },
    ];
    const signatures = others.map((other) => signatureOf(request, { ...signing, ...other }));
    expect(new Set(signatures).size).to.equal(others.length);
  });
});

const word = fc.string({ unit: fc.constantFrom(...Array.from("abzAZ09-_.~ !'()*/+=&;:@,é雪")), maxLength: 8 });
const headerValue = fc.string({ unit: fc.constantFrom(...Array.from("abz09 \t,=/")), maxLength: 12 });

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string | string[]>;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const requests: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT"),
  path: fc
    .array(fc.oneof(word.map(encodeURIComponent), fc.constantFrom("", ".", "..", "%2F")), { maxLength: 4 })
    .map((parts) => `/${parts.join("/")}`),
  query: fc.dictionary(word, fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 })), { maxKeys: 4 }),
  headers: fc.dictionary(fc.constantFrom("content-type", "x-amz-meta-a", "x-amz-target", "accept"), headerValue),
  body: fc.string({ maxLength: 20 }),
});

async function signBySdk(
  { method, path, query, headers, body }: Asked,
  pathAsSent: boolean,
): Promise<{ readonly expected: string; readonly signed: WireRequest; readonly signing: Signing }> {
  const signer = new SignatureV4({
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey },
    region: "ap-northeast-2",
    service: "example",
    sha256: Sha256,
    applyChecksum: false,
    uriEscapePath: !pathAsSent,
  });
  const unsigned = new HttpRequest({ method, path, query, headers: { ...headers, host: "localhost" }, body });
  const sent = await signer.sign(unsigned, { signingDate: new Date("2026-01-05T09:00:00Z") });
  const { authorization = "", "x-amz-date": date = "" } = sent.headers;
  const [, names = "", expected = ""] = /SignedHeaders=([^,]+), Signature=(\w+)$/.exec(authorization) ?? [];
  const signing = { secretAccessKey, date, region: "ap-northeast-2", signingName: "example", pathAsSent };
  const search = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((item): [string, string] => [name, item]),
  );
  return {
    expected,
    signed: wireRequest({ method, path, query: new URLSearchParams(search).toString(), headers: sent.headers, body }),
    signing: { ...signing, signedHeaders: names.split(";") },
  };
}

function wireRequest(asked: Partial<Omit<Asked, "query">> & { readonly query?: string }): WireRequest {
  const { method = "GET", path = "/", query = "", headers = {}, body = "" } = asked;
  return {
    method,
    host: "localhost",
    port: 1,
    path,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.from(body),
  };
}
