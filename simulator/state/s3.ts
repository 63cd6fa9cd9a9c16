import type { AccountId } from "#iam";

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: string;
  readonly created: Date;
  /** The bucket policy's text exactly as it was put. */
  policy: string | undefined;
  publicAccessBlock: PublicAccessBlock | undefined;
  readonly tags: Map<string, string>;
  readonly objects: Map<string, StoredObject>;
  /** Multipart uploads under way, by upload id. */
  readonly uploads: Map<string, MultipartUpload>;
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** With its quotes, as the header carries it. */
  readonly etag: string;
  readonly description: ObjectDescription;
  readonly tags: Map<string, string>;
  readonly modified: Date;
  readonly checksum: StoredChecksum;
}

/** What the uploader said of an object, given back with it. Members as the S3 API names them. */
export interface ObjectDescription {
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
}

export interface StoredChecksum {
  /** `CRC32`, `SHA256` … */
  readonly algorithm: string;
  /** In base64; of an object in parts with their number behind a dash. */
  readonly value: string;
  readonly type: "FULL_OBJECT" | "COMPOSITE";
}

export interface MultipartUpload {
  readonly id: string;
  readonly key: string;
  readonly initiated: Date;
  readonly description: ObjectDescription;
  readonly tags: ReadonlyMap<string, string>;
  /** The algorithm that the uploader chose for the parts' checksums. */
  readonly checksum: { readonly algorithm: string; readonly type: "FULL_OBJECT" | "COMPOSITE" };
  readonly parts: Map<number, UploadedPart>;
}

export interface UploadedPart {
  readonly number: number;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly modified: Date;
}
