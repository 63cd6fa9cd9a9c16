import { expect } from "chai";
import { simpleStorageService } from "../../../simulator/services/s3/index.ts";
import type { WireRequest } from "../../../simulator/wire/wire.ts";

const { protocol } = simpleStorageService;

const request = (parts: Partial<WireRequest>, body = ""): WireRequest => ({
  method: "GET",
  host: "127.0.0.1",
  port: 80,
  path: "/",
  query: new URLSearchParams(),
  headers: {},
  ...parts,
  body: Buffer.from(body),
});

async function rejection(promise: Promise<unknown> | undefined): Promise<unknown> {
  return promise?.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

/** What the protocol's decode throws or rejects with. */
const refused = (parts: Partial<WireRequest>, body?: string): Promise<unknown> =>
  rejection(Promise.resolve().then(() => protocol.decode(request(parts, body))));

describe("REST requests", () => {
  describe("where the bucket is", () => {
    for (const [host, path] of [
      ["127.0.0.1", "/orders-archive/a/b"],
      ["orders-archive.localhost", "/a/b"],
      ["orders-archive.s3.ap-northeast-2.amazonaws.com", "/a/b"],
      ["s3.ap-northeast-2.amazonaws.com", "/orders-archive/a/b"],
    ] as const) {
      it(`section 11: http://${host}${path}`, async () => {
        const decoded = await protocol.decode(request({ host, path }));
        expect(decoded).to.deep.include({ operation: "GetObject" });
        expect(decoded?.input).to.include({ Bucket: "orders-archive", Key: "a/b" });
      });
    }
  });

  it("have no operation for a method that S3 does not have there", async () => {
    expect(await protocol.decode(request({ method: "POST", path: "/orders-archive" }))).to.equal(undefined);
  });

  for (const [path, search, named] of [
    ["/orders-archive", "policy&acl", "acl, policy"],
    ["/orders-archive", "versioning&policy&acl=x", "acl, policy, versioning"],
    ["/orders-archive/key", "uploads&uploadId=1", "uploadId, uploads"],
  ] as const) {
    it(`are refused when they ask for several things at once: ?${search}`, async () => {
      expect(await refused({ path, query: new URLSearchParams(search) })).to.deep.include({
        code: "InvalidArgument",
        message: `Conflicting query string parameters: ${named}`,
        status: 400,
        members: { ArgumentName: "ResourceType", ArgumentValue: named.split(",")[0] },
      });
    });
  }

  it("may say more of the one thing", async () => {
    for (const [path, search, operation] of [
      ["/orders-archive", "policy&policy&x-id=GetBucketPolicy", "GetBucketPolicy"],
      ["/orders-archive", "uploads&prefix=acl", "ListMultipartUploads"],
      ["/orders-archive/key", "uploadId=1&part-number-marker=1", "ListParts"],
    ] as const) {
      const decoded = await protocol.decode(request({ path, query: new URLSearchParams(search) }));
      expect(decoded, search).to.include({ operation });
    }
  });

  it("are refused with a path that cannot be decoded", async () => {
    expect(await refused({ path: "/orders-archive/%E0%A4%A" })).to.include({ code: "InvalidURI", status: 400 });
  });

  it("are refused with a number that is none", async () => {
    const query = new URLSearchParams("list-type=2&max-keys=many");
    expect(await refused({ path: "/orders-archive", query })).to.include({ code: "InvalidArgument" });
  });

  it("are refused with XML that is none", async () => {
    const parts = { method: "PUT", path: "/orders-archive", query: new URLSearchParams("tagging=") };
    expect(await refused(parts, "<Tagging><TagSet>")).to.include({ code: "MalformedXML" });
  });

  describe("in chunks", () => {
    const put = (body: string, headers: Record<string, string> = {}): WireRequest =>
      request(
        {
          method: "PUT",
          path: "/orders-archive/a",
          headers: {
            "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "x-amz-decoded-content-length": "11",
            "content-encoding": "gzip,aws-chunked",
            ...headers,
          },
        },
        body,
      );
    const chunks = "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";

    it("are joined, and what follows them read as headers", async () => {
      const decoded = await protocol.decode(put(chunks));
      expect(Buffer.from((decoded?.input["Body"] ?? []) as Uint8Array).toString()).to.equal("hello world");
      expect(decoded?.input).to.include({ ChecksumCRC32: "DUoRhQ==", ContentEncoding: "gzip", ContentLength: 11 });
      await protocol.verify?.("PutObject", put(chunks));
    });

    it("are refused when their checksum, their length or a chunk is wrong", async () => {
      const altered = put(chunks.replace("hello", "jello"));
      expect(await rejection(protocol.verify?.("PutObject", altered))).to.include({ code: "BadDigest" });
      const short = put(chunks, { "x-amz-decoded-content-length": "12" });
      expect(await rejection(protocol.verify?.("PutObject", short))).to.include({ code: "IncompleteBody" });
      const cut = put(chunks.slice(0, 12));
      expect(await rejection(protocol.verify?.("PutObject", cut))).to.include({ code: "IncompleteBody" });
    });

    it("are refused by name when each is signed", async () => {
      const signed = put(chunks, { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" });
      expect(await rejection(protocol.verify?.("PutObject", signed))).to.include({ status: 501 });
    });
  });
});

describe("REST answers", () => {
  it("give the bucket's Region as the one element that it is", () => {
    const { body } = protocol.encode("GetBucketLocation", { LocationConstraint: "ap-northeast-2" }, "id");
    expect(body).to.match(/<LocationConstraint xmlns="[^"]+">ap-northeast-2<\/LocationConstraint>$/);
    expect(protocol.encode("GetBucketLocation", {}, "id").body).to.match(/<LocationConstraint xmlns="[^"]+"\/>$/);
  });
});
