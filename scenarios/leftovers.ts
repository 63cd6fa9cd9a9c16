import {
  type AwsAccess,
  type BucketTarget,
  callAws,
  endedBy,
  identifyCaller,
  parseBucketTarget,
  parseQueueTarget,
  policyOf,
  type QueueTarget,
  s3Client,
  sqsClient,
  type Target,
} from "#root-access";
import { isDeniedByResourcePolicy, isGone } from "./answers.ts";
import { drillOf, drillPrefix } from "./names.ts";

/** A bucket or queue that a drill has left behind. */
export interface Leftover {
  readonly target: Target;
  /** The drill it belongs to, by its name. */
  readonly drill: string;
  /** Whether its policy still denies the ordinary principal. */
  readonly locked: boolean;
}

/**
 * Looks for buckets and queues of drills, by name alone: tags of a locked bucket cannot be read. Buckets are found in every
 * Region, queues in the Region of `owner`.
 *
 * @param owner the member account's ordinary principal
 * @param drill limits the search to one drill
 * @throws RootAccessError when the account cannot be listed
 */
export async function findLeftovers(
  owner: AwsAccess,
  drill?: string,
  signal?: AbortSignal,
): Promise<readonly Leftover[]> {
  const { accountId } = await identifyCaller(owner, signal);
  const prefix = drill ?? drillPrefix;
  const targets = [
    ...(await bucketsNamed(prefix, owner, accountId, signal)),
    ...(await queuesNamed(prefix, owner, accountId, signal)),
  ];
  const leftovers: Leftover[] = [];
  for (const target of targets) {
    const named = drillOf(target.kind, target.name);
    if (named === undefined || (drill !== undefined && named !== drill)) continue;
    const state = await stateOf(target, owner, signal);
    if (state !== "gone") leftovers.push({ target, drill: named, locked: state === "locked" });
  }
  return leftovers;
}

/** One line for a person: `bucket break-glass-drill-5f0c91ab-bucket in ap-northeast-2, still locked`. */
export function describeLeftover({ target, locked }: Leftover): string {
  const where = target.region === undefined ? "" : ` in ${target.region}`;
  return `${target.kind} ${target.name}${where}${locked ? ", still locked" : ""}`;
}

async function bucketsNamed(
  prefix: string,
  owner: AwsAccess,
  accountId: string,
  signal?: AbortSignal,
): Promise<BucketTarget[]> {
  const { paginateListBuckets } = await import("@aws-sdk/client-s3");
  const client = await s3Client(owner);
  return callAws({ doing: `list the buckets of account ${accountId}` }, async () => {
    const found: BucketTarget[] = [];
    for await (const page of paginateListBuckets({ client, pageSize: 1000 }, { Prefix: prefix }, endedBy(signal))) {
      for (const { Name, BucketRegion } of page.Buckets ?? []) {
        if (Name !== undefined) found.push(parseBucketTarget(Name, { accountId, region: BucketRegion }));
      }
    }
    return found;
  });
}

async function queuesNamed(
  prefix: string,
  owner: AwsAccess,
  accountId: string,
  signal?: AbortSignal,
): Promise<QueueTarget[]> {
  const { paginateListQueues } = await import("@aws-sdk/client-sqs");
  const client = await sqsClient(owner);
  return callAws({ doing: `list the queues of account ${accountId} in ${owner.region}` }, async () => {
    const found: QueueTarget[] = [];
    for await (const page of paginateListQueues(
      { client, pageSize: 1000 },
      { QueueNamePrefix: prefix },
      endedBy(signal),
    )) {
      for (const url of page.QueueUrls ?? []) found.push(parseQueueTarget(url, { accountId, region: owner.region }));
    }
    return found;
  });
}

/** A queue can be listed for up to a minute after its deletion, so a look decides. */
async function stateOf(target: Target, owner: AwsAccess, signal?: AbortSignal): Promise<"open" | "locked" | "gone"> {
  try {
    await (await policyOf(owner, target, signal)).read();
    return "open";
  } catch (error) {
    if (isDeniedByResourcePolicy(error)) return "locked";
    if (isGone(error)) return "gone";
    throw error;
  }
}
