import { heldPolicy } from "../../policy-texts.ts";
import { readPropagating } from "../../state/propagating.ts";
import type { Queue } from "../../state/sqs.ts";
import type { Call, Requirement } from "../service.ts";
import { invalidAddress, queueDoesNotExist } from "./faults.ts";

interface NamesQueue {
  readonly QueueUrl: string;
}

/**
 * What an operation on a queue requires: its action on the queue's ARN, under the queue's policy.
 *
 * @param action omitted: the operation's own. Batches are authorised as the single operation.
 */
export function onQueue(action?: string): (input: NamesQueue, call: Call) => readonly Requirement[] {
  return (input, call) => [queueRequirement(queueOf(input, call), call, action)];
}

/** For the operations that are the queue owner's alone: a policy cannot give them to other accounts. */
export function onOwnQueue(input: NamesQueue, call: Call): readonly Requirement[] {
  const queue = queueOf(input, call);
  return [queue.accountId === call.caller.accountId ? queueRequirement(queue, call) : withoutPolicy(queue)];
}

/**
 * For reading attributes: the queue's policy does not bind the root of the account that owns the queue, or
 * nobody could ever lift a policy that denies everyone (docs/aws-behaviour.md, section 6).
 */
export function onQueueUnlessOwnersRoot(input: NamesQueue, call: Call): readonly Requirement[] {
  const queue = queueOf(input, call);
  const { principal } = call.caller;
  const isOwnersRoot = principal.kind === "root" && principal.accountId === queue.accountId;
  return [isOwnersRoot ? withoutPolicy(queue) : queueRequirement(queue, call)];
}

/** For setting attributes: the owner's alone, and the owner's root is not bound. */
export function onOwnQueueUnlessRoot(input: NamesQueue, call: Call): readonly Requirement[] {
  const queue = queueOf(input, call);
  const isOwn = queue.accountId === call.caller.accountId;
  return isOwn ? onQueueUnlessOwnersRoot(input, call) : [withoutPolicy(queue)];
}

export function queueRequirement(queue: Queue, { clock }: Call, action?: string): Requirement {
  const policy = readPropagating(queue.attributes, clock.now()).get("Policy") ?? "";
  return {
    ...withoutPolicy(queue),
    ...(action === undefined ? {} : { action: `sqs:${action}` }),
    ...(policy === ""
      ? {}
      : { resourcePolicy: { name: `policy of queue ${queue.name}`, document: heldPolicy(policy) } }),
  };
}

function withoutPolicy({ arn, accountId }: Queue): Requirement {
  return { resource: arn, resourceAccountId: accountId };
}

/**
 * The queue that a URL names in the Region of the request, under this sandbox's own address, AWS's, or none.
 *
 * @throws AwsFault InvalidAddress for what is no queue URL here, NonExistentQueue
 */
export function queueOf({ QueueUrl: url }: NamesQueue, call: Call): Queue {
  const [, host, accountId, name] = /^(?:https?:\/\/([^/]+)\/|\/?)(\d{12})\/([\w-]{1,80})$/.exec(url) ?? [];
  if (accountId === undefined || name === undefined || !isServedAt(host, call.region)) throw invalidAddress(url);
  return existingQueue(queueArn(call.region, accountId, name), call);
}

/**
 * SQS takes the URLs of its own endpoint only. Here that is the loopback interface, by whichever name and port a client
 * reaches it, or the endpoint that AWS has for the Region, the older kind included.
 */
function isServedAt(host: string | undefined, region: string): boolean {
  if (host === undefined) return true;
  const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
  const isLegacy =
    name === `${region}.queue.amazonaws.com` || (region === "us-east-1" && name === "queue.amazonaws.com");
  return (
    isLegacy || name === `sqs.${region}.amazonaws.com` || /^(?:127\.0\.0\.1|\[::1\]|(?:.+\.)?localhost)$/.test(name)
  );
}

/** @throws AwsFault NonExistentQueue */
export function existingQueue(arn: string, { state }: Call): Queue {
  const queue = state.queues.get(arn);
  if (!queue || queue.deleted) throw queueDoesNotExist();
  return queue;
}

export function queueArn(region: string, accountId: string, name: string): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}

export function queueUrl({ accountId, name }: Queue, { endpoint }: Call): string {
  return `${endpoint}/${accountId}/${name}`;
}
