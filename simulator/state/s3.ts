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
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Map<string, string>;
  readonly modified: Date;
  /** Checksums that came with the upload, by header name. */
  readonly checksums: Readonly<Record<string, string>>;
}
