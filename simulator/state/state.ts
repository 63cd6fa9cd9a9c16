import type { AccountId } from "#iam";
import type { Credential, IamState } from "./iam.ts";
import { emptyIamState } from "./iam.ts";
import type { IdentityCenterState } from "./identity-center.ts";
import type { PendingEvent, Undelivered } from "./deliveries.ts";
import type { EventRule } from "./eventbridge.ts";
import type { ResourceRequest } from "./cloud-control.ts";
import type { KeyAlias, KmsKey } from "./kms.ts";
import type { OrganizationState } from "./organization.ts";
import type { RegionOptIns } from "./regions.ts";
import type { Bucket } from "./s3.ts";
import type { Queue } from "./sqs.ts";
import type { Mail, Subscription, Topic } from "./sns.ts";
import type { TrailEvent } from "./trail.ts";
import type { Trail } from "./trails.ts";

/** Everything the sandbox organization remembers: plain data, in one place. */
export interface State {
  readonly organization: OrganizationState;
  readonly identityCenter: IdentityCenterState;
  /** IAM by account, made when first asked for: most accounts of a large organization are never looked into. */
  readonly iam: Map<AccountId, IamState>;
  /** By access key id. */
  readonly credentials: Map<string, Credential>;
  /** By name: bucket names are unique across accounts. */
  readonly buckets: Map<string, Bucket>;
  /** By ARN. */
  readonly queues: Map<string, Queue>;
  /** By ARN. */
  readonly topics: Map<string, Topic>;
  /** By ARN. */
  readonly subscriptions: Map<string, Subscription>;
  /** What SNS would have sent by e-mail, oldest first. */
  readonly outbox: Mail[];
  /** By ARN. */
  readonly eventRules: Map<string, EventRule>;
  /** Events on their way to a bus, the first to arrive first. */
  pendingEvents: readonly PendingEvent[];
  /** What EventBridge and SNS could not deliver, and why. */
  readonly undelivered: Undelivered[];
  /** By ARN. */
  readonly keys: Map<string, KmsKey>;
  /** By the alias's ARN. */
  readonly keyAliases: Map<string, KeyAlias>;
  readonly regionOptIns: RegionOptIns;
  /** Cloud Control's requests by token, oldest first. */
  readonly resourceRequests: Map<string, ResourceRequest>;
  /** By ARN. */
  readonly trails: Map<string, Trail>;
  /** What CloudTrail recorded, oldest first. */
  readonly trail: TrailEvent[];
}

export function iamOf(state: State, accountId: AccountId): IamState {
  const known = state.iam.get(accountId);
  if (known) return known;
  const made = emptyIamState();
  state.iam.set(accountId, made);
  return made;
}
