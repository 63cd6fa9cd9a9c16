import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import {
  AbortMultipartUploadCommand,
  type ChecksumAlgorithm,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadRequest,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectRequest,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type PutObjectRequest,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const Bucket = "orders-archive";

describe("S3 objects", () => {
  let sandbox: SandboxOrganization;
  let s3: S3Client;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    s3 = new S3Client(administrator(sandbox, "orders"));
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" } }),
    );
  });

  afterEach(() => sandbox.close());

  const put = (Key: string, Body: PutObjectCommand["input"]["Body"] = Key, more: Partial<PutObjectRequest> = {}) =>
    s3.send(new PutObjectCommand({ ...more, Bucket, Key, Body }));
  const get = (Key: string, more: Partial<GetObjectRequest> = {}) =>
    s3.send(new GetObjectCommand({ ...more, Bucket, Key }));

  it("come back as they were put, whatever their key", async () => {
    const Key = "2026/Bestellung ü+%&=한국.csv";
    const description = { ContentType: "text/csv", CacheControl: "no-store", Metadata: { team: "orders" } };
    const { ETag } = await put(Key, "id\n1\n", { ...description, Tagging: "a=1&b=x%20y" });
    const object = await get(Key);
    expect(object).to.deep.include({ ...description, ETag, ContentLength: 5, TagCount: 2 });
    expect(await object.Body?.transformToString()).to.equal("id\n1\n");
    expect(ETag).to.equal(`"${createHash("md5").update("id\n1\n").digest("hex")}"`);
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }));
    expect(TagSet).to.deep.equal([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "x y" },
    ]);
  });

  it("are taken from streams, which arrive in chunks with their checksum behind them", async () => {
    const body = randomBytes(200_000);
    await put("stream", Readable.from([body.subarray(0, 70_000), body.subarray(70_000)]), {
      ContentLength: body.length,
    });
    const { Body } = await get("stream", { ChecksumMode: "ENABLED" });
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).to.equal(true);
  });

  const algorithms: readonly ChecksumAlgorithm[] = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];
  for (const algorithm of algorithms) {
    it(`keep and prove the checksum ${algorithm}`, async () => {
      const sent = await put("a", "body", { ChecksumAlgorithm: algorithm });
      const member = `Checksum${algorithm}` as "ChecksumCRC32";
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a", ChecksumMode: "ENABLED" }));
      expect(sent[member]).to.be.a("string");
      expect(head).to.include({ [member]: sent[member], ChecksumType: "FULL_OBJECT" });
    });
  }

  it("are refused when the body is not what its digest says", async () => {
    expect(await refusalOf(put("a", "body", { ChecksumCRC32: "AAAAAA==" }))).to.include({
      code: "BadDigest",
      message: "The CRC32 you specified did not match the calculated checksum.",
    });
    expect(await refusalOf(put("a", "body", { ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }))).to.include({
      code: "BadDigest",
      message: "The Content-MD5 you specified did not match what we received.",
    });
    expect(await refusalOf(put("a", "body", { ContentMD5: "AAAA" }))).to.include({ code: "InvalidDigest" });
    expect(sandbox.state.buckets.get(Bucket)?.objects.size).to.equal(0);
  });

  it("refuse by name what is not modelled", async () => {
    expect(await refusalOf(put("a", "a", { StorageClass: "GLACIER" }))).to.include({
      code: "NotImplemented",
      message: "The storage class GLACIER is not modelled by the sandbox organization.",
      status: 501,
    });
    expect(await refusalOf(put("a", "a", { WebsiteRedirectLocation: "/b" }))).to.include({
      message: "The parameter WebsiteRedirectLocation of s3:PutObject is not modelled by the sandbox organization.",
    });
  });

  it("are read in parts", async () => {
    await put("a", "0123456789");
    const part = async (Range: string): Promise<readonly unknown[]> => {
      const { Body, ContentRange, $metadata } = await get("a", { Range });
      return [$metadata.httpStatusCode, ContentRange, await Body?.transformToString()];
    };
    expect(await part("bytes=2-4")).to.deep.equal([206, "bytes 2-4/10", "234"]);
    expect(await part("bytes=7-")).to.deep.equal([206, "bytes 7-9/10", "789"]);
    expect(await part("bytes=-3")).to.deep.equal([206, "bytes 7-9/10", "789"]);
    expect(await part("lines=1-2")).to.deep.equal([200, undefined, "0123456789"]);
    expect(await refusalOf(get("a", { Range: "bytes=10-" }))).to.include({ code: "InvalidRange", status: 416 });
  });

  it("are read and written on conditions", async () => {
    const { ETag } = await put("a");
    expect(await refusalOf(get("a", { IfNoneMatch: ETag }))).to.include({ status: 304 });
    expect(await refusalOf(get("a", { IfMatch: '"other"' }))).to.include({ code: "PreconditionFailed", status: 412 });
    expect(await refusalOf(get("a", { IfModifiedSince: new Date(Date.now() + 60_000) }))).to.include({ status: 304 });
    expect(await refusalOf(put("a", "b", { IfNoneMatch: "*" }))).to.include({ code: "PreconditionFailed" });
    await put("a", "b", { IfMatch: ETag ?? "" });
  });

  it("are missing with 404 for those who may list, with 403 for others", async () => {
    expect(await refusalOf(get("nope"))).to.include({ code: "NoSuchKey", status: 404 });
    expect(await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: "nope" })))).to.include({ code: "NotFound" });
    const statement = { Effect: "Deny", Principal: "*", Action: "s3:ListBucket", Resource: `arn:aws:s3:::${Bucket}` };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect(await refusalOf(get("nope"))).to.include({ code: "AccessDenied", status: 403 });
  });

  describe("are listed", () => {
    const keys = ["a", "b/1", "b/2", "b/sub/3", "c", "d/4", "ü"];

    beforeEach(async () => {
      for (const key of [...keys].reverse()) await put(key);
    });

    it("in the order of their bytes, by pages", async () => {
      const seen: (string | undefined)[] = [];
      let token: string | undefined;
      do {
        const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 3, ContinuationToken: token }));
        seen.push(...(page.Contents ?? []).map(({ Key }) => Key));
        token = page.NextContinuationToken;
        expect(page.IsTruncated).to.equal(token !== undefined);
      } while (token !== undefined);
      expect(seen).to.deep.equal(keys);
    });

    it("with common prefixes, each once and on one page", async () => {
      const pages: (readonly (string | undefined)[])[] = [];
      let marker: string | undefined;
      do {
        const page = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: "/", MaxKeys: 2, Marker: marker }));
        pages.push([
          ...(page.Contents ?? []).map(({ Key }) => Key),
          ...(page.CommonPrefixes ?? []).map((p) => p.Prefix),
        ]);
        marker = page.NextMarker;
      } while (marker !== undefined);
      expect(pages).to.deep.equal([["a", "b/"], ["c", "d/"], ["ü"]]);
    });

    it("below a prefix, percent-encoded on demand, and refused with a token that is none", async () => {
      const below = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "b/", Delimiter: "/" }));
      expect(below.Contents?.map(({ Key }) => Key)).to.deep.equal(["b/1", "b/2"]);
      expect(below.CommonPrefixes).to.deep.equal([{ Prefix: "b/sub/" }]);
      const encoded = await s3.send(new ListObjectsV2Command({ Bucket, EncodingType: "url", StartAfter: "d/4" }));
      expect(encoded.Contents?.map(({ Key }) => Key)).to.deep.equal(["%C3%BC"]);
      const bad = new ListObjectsV2Command({ Bucket, ContinuationToken: "nonsense" });
      expect(await refusalOf(s3.send(bad))).to.include({ code: "InvalidArgument" });
    });

    it("as versions, whose id is null without versioning", async () => {
      const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: "b/" }));
      expect(Versions?.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest])).to.deep.equal(
        ["b/1", "b/2", "b/sub/3"].map((key) => [key, "null", true]),
      );
    });
  });

  it("are deleted one by one or many at once, each on its own permission", async () => {
    for (const key of ["keep/1", "a", "b"]) await put(key);
    const statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:DeleteObject",
      Resource: `arn:aws:s3:::${Bucket}/keep/*`,
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "never-there" }));
    const Objects = ["a", "keep/1", "b"].map((Key) => ({ Key }));
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted?.map(({ Key }) => Key)).to.deep.equal(["a", "b"]);
    expect(Errors?.map(({ Key, Code }) => [Key, Code])).to.deep.equal([["keep/1", "AccessDenied"]]);
  });

  describe("in parts", () => {
    const large = randomBytes(5 * 1024 * 1024);
    const Key = "large";

    async function uploadParts(bodies: readonly Uint8Array[]): Promise<{ UploadId: string; Parts: Uploaded[] }> {
      const { UploadId = "" } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "x/y" }));
      const Parts: Uploaded[] = [];
      for (const [index, Body] of bodies.entries()) {
        const PartNumber = index + 1;
        const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }));
        Parts.push({ PartNumber, ETag });
      }
      return { UploadId, Parts };
    }

    interface Uploaded {
      readonly PartNumber: number;
      readonly ETag: string | undefined;
    }

    const complete = (UploadId: string, Parts: Uploaded[]) =>
      s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));

    it("are put together", async () => {
      const { UploadId, Parts } = await uploadParts([large, Buffer.from("end")]);
      const listed = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }));
      expect(listed.Parts?.map(({ Size }) => Size)).to.deep.equal([large.length, 3]);
      const { ETag } = await complete(UploadId, Parts);
      expect(ETag).to.match(/^"[0-9a-f]{32}-2"$/);
      const object = await get(Key, { ChecksumMode: "ENABLED" });
      expect(object).to.include({ ContentType: "x/y", ContentLength: large.length + 3, ETag });
      const body = await object.Body?.transformToByteArray();
      expect(Buffer.compare(body ?? new Uint8Array(), Buffer.concat([large, Buffer.from("end")]))).to.equal(0);
    });

    it("are refused in the wrong order, with a wrong tag, or too small", async () => {
      const { UploadId, Parts } = await uploadParts([Buffer.from("small"), Buffer.from("end")]);
      expect(await refusalOf(complete(UploadId, [...Parts].reverse()))).to.include({ code: "InvalidPartOrder" });
      expect(await refusalOf(complete(UploadId, [{ PartNumber: 1, ETag: "x" }]))).to.include({ code: "InvalidPart" });
      expect(await refusalOf(complete(UploadId, Parts))).to.include({ code: "EntityTooSmall" });
    });

    it("are refused when one, or the whole, is not what its uploader says", async () => {
      const { UploadId, Parts } = await uploadParts([Buffer.from("end")]);
      const completeAs = (part: Partial<CompletedPart>, whole: Partial<CompleteMultipartUploadRequest>) => {
        const MultipartUpload = { Parts: Parts.map((one) => ({ ...one, ...part })) };
        return s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload, ...whole }));
      };
      const wrong = "AAAAAA==";
      expect(await refusalOf(completeAs({ ChecksumCRC32: wrong }, {}))).to.include({ code: "InvalidPart" });
      expect(await refusalOf(completeAs({}, { ChecksumType: "COMPOSITE" }))).to.include({ code: "InvalidRequest" });
      expect(await refusalOf(completeAs({}, { ChecksumCRC64NVME: wrong }))).to.include({ code: "BadDigest" });
      expect(await refusalOf(completeAs({}, { ChecksumSHA1: wrong }))).to.include({ status: 501 });
      const right = crc32(Buffer.from("end")).toString(16).padStart(8, "0");
      await completeAs(
        { ChecksumCRC32: Buffer.from(right, "hex").toString("base64") },
        { ChecksumType: "FULL_OBJECT" },
      );
    });

    it("are gone once aborted", async () => {
      const { UploadId, Parts } = await uploadParts([Buffer.from("end")]);
      await s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      expect(await refusalOf(complete(UploadId, Parts))).to.include({ code: "NoSuchUpload", status: 404 });
    });
  });

  it("leave no trace in the management events, buckets do", async () => {
    await put("a");
    await get("a");
    const names = sandbox.state.trail.map(({ eventName }) => eventName);
    expect(names).to.deep.equal(["CreateBucket"]);
  });
});
