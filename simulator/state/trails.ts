import type { AccountId } from "#iam";

/** A trail: what CloudTrail delivers, and with it what EventBridge gets to see. */
export interface Trail {
  readonly name: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly homeRegion: string;
  bucketName: string;
  isMultiRegion: boolean;
  isOrganizationTrail: boolean;
  includesGlobalServiceEvents: boolean;
  logging: { readonly since: Date } | { readonly stopped: Date | undefined };
  selectors: readonly ManagementSelector[];
}

/** One event selector, as far as management events go. */
export interface ManagementSelector {
  readonly readWriteType: "All" | "ReadOnly" | "WriteOnly";
  readonly includesManagementEvents: boolean;
  /** `kms.amazonaws.com` or `rdsdata.amazonaws.com`. */
  readonly excludedSources: readonly string[];
}

/** What a trail has until somebody says otherwise. */
export const everyManagementEvent: ManagementSelector = {
  readWriteType: "All",
  includesManagementEvents: true,
  excludedSources: [],
};

/** The trail that landing zones set up: one for the whole organization, in every Region, owned by the management account. */
export function organizationTrail(managementAccountId: AccountId, since: Date): Trail {
  return {
    name: "organization-trail",
    arn: `arn:aws:cloudtrail:us-east-1:${managementAccountId}:trail/organization-trail`,
    accountId: managementAccountId,
    homeRegion: "us-east-1",
    bucketName: "sandbox-organization-trail",
    isMultiRegion: true,
    isOrganizationTrail: true,
    includesGlobalServiceEvents: true,
    logging: { since },
    selectors: [everyManagementEvent],
  };
}

/** An event as trails look at it. */
export interface RecordedEvent {
  readonly accountId: AccountId;
  readonly region: string;
  readonly eventSource: string;
  readonly readOnly: boolean;
  /** Of a service without Regions, such as IAM. */
  readonly isGlobal: boolean;
}

/** Whether one of the trails that are logging records a management event (docs/aws-behaviour.md, section 9). */
export function isRecorded(event: RecordedEvent, trails: Iterable<Trail>): boolean {
  return [...trails].some((trail) => reaches(trail, event) && trail.selectors.some((one) => selects(one, event)));
}

function reaches(trail: Trail, { accountId, region, isGlobal }: RecordedEvent): boolean {
  return (
    "since" in trail.logging &&
    (trail.accountId === accountId || trail.isOrganizationTrail) &&
    (trail.isMultiRegion || trail.homeRegion === region) &&
    (!isGlobal || trail.includesGlobalServiceEvents)
  );
}

function selects(selector: ManagementSelector, { eventSource, readOnly }: RecordedEvent): boolean {
  return (
    selector.includesManagementEvents &&
    selector.readWriteType !== (readOnly ? "WriteOnly" : "ReadOnly") &&
    !selector.excludedSources.includes(eventSource)
  );
}
