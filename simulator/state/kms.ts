import type { AccountId } from "#iam";

/** A symmetric encryption key: what it encrypts is not modelled, who may use it is. */
export interface KmsKey {
  readonly id: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: string;
  readonly created: Date;
  /** AWS: made by a service for itself, like `alias/aws/sns`; nobody can change its policy. */
  readonly manager: "CUSTOMER" | "AWS";
  description: string;
  /** The text as it was put. */
  policy: string;
  enabled: boolean;
  /** Gone from then on. */
  deletion: { readonly at: Date; readonly days: number } | undefined;
  rotation: { readonly days: number; readonly since: Date } | undefined;
  readonly tags: Map<string, string>;
}

export interface KeyAlias {
  /** `alias/NAME`. */
  readonly name: string;
  readonly arn: string;
  keyArn: string;
  readonly created: Date;
  updated: Date;
}
