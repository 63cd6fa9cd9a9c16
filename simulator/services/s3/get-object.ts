import type { GetObjectOutput, GetObjectRequest, HeadObjectOutput, HeadObjectRequest } from "@aws-sdk/client-s3";
import { notImplemented } from "../../aws-fault.ts";
import type { StoredObject } from "../../state/s3.ts";
import type { Decoded, Encoded, Operation } from "../service.ts";
import { type ByteRange, readRange } from "./byte-range.ts";
import { invalidArgument } from "./faults.ts";
import { objectOperation } from "./object-access.ts";
import { checkReadConditions } from "./preconditions.ts";
import { checksumMembers } from "./stored-checksum.ts";

/** GetObject and HeadObject take the same parameters. */
type Input = Decoded<GetObjectRequest> & Decoded<HeadObjectRequest>;

const members = [
  "ChecksumMode",
  "IfMatch",
  "IfModifiedSince",
  "IfNoneMatch",
  "IfUnmodifiedSince",
  "Range",
  "RequestPayer",
  "ResponseCacheControl",
  "ResponseContentDisposition",
  "ResponseContentEncoding",
  "ResponseContentLanguage",
  "ResponseContentType",
  "VersionId",
] as const;

export const getObject: Operation<Input, Encoded<GetObjectOutput>> = objectOperation(
  "GetObject",
  members,
  (object, input) => {
    const range = rangeOf(object, input);
    const body = range ? object.body.subarray(range.first, range.last + 1) : object.body;
    return { ...describe(object, input, range), Body: body };
  },
);

/** Has no action of its own: it needs `s3:GetObject`. */
export const headObject: Operation<Input, HeadObjectOutput> = objectOperation("GetObject", members, (object, input) =>
  describe(object, input, rangeOf(object, input)),
);

/**
 * Headers of the answer that the request sets.
 *
 * @throws AwsFault InvalidArgument for a text that no header can hold
 */
function checkResponseHeaders(input: Input): void {
  for (const name of members.filter((member) => member.startsWith("Response"))) {
    const value = input[name];
    if (typeof value !== "string" || /^[\t\x20-\x7e\x80-\xff]*$/.test(value)) continue;
    const parameter = name.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase();
    throw invalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, value);
  }
}

function rangeOf(object: StoredObject, input: Input): ByteRange | undefined {
  // Objects of a bucket without versioning have the version id "null".
  if (input.VersionId !== undefined && input.VersionId !== "null") throw notImplemented("Versions of S3 objects");
  checkResponseHeaders(input);
  checkReadConditions(object, input);
  return readRange(input.Range, object.body.length);
}

function describe(
  { body, etag, modified, description, tags, checksum }: StoredObject,
  input: Input,
  range: ByteRange | undefined,
): HeadObjectOutput {
  return {
    ...description,
    AcceptRanges: "bytes",
    ContentLength: range ? range.last - range.first + 1 : body.length,
    ETag: etag,
    LastModified: modified,
    ServerSideEncryption: "AES256",
    ...(range ? { ContentRange: `bytes ${range.first}-${range.last}/${body.length}` } : {}),
    ...(tags.size > 0 ? { TagCount: tags.size } : {}),
    ...(input.ChecksumMode === "ENABLED" && !range ? checksumMembers(checksum) : {}),
    ...overrides(input),
  };
}

function overrides(input: Input): HeadObjectOutput {
  return {
    ...(input.ResponseCacheControl === undefined ? {} : { CacheControl: input.ResponseCacheControl }),
    ...(input.ResponseContentDisposition === undefined ? {} : { ContentDisposition: input.ResponseContentDisposition }),
    ...(input.ResponseContentEncoding === undefined ? {} : { ContentEncoding: input.ResponseContentEncoding }),
    ...(input.ResponseContentLanguage === undefined ? {} : { ContentLanguage: input.ResponseContentLanguage }),
    ...(input.ResponseContentType === undefined ? {} : { ContentType: input.ResponseContentType }),
  };
}
