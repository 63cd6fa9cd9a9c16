import { AwsFault } from "../../aws-fault.ts";
import { heldPolicy } from "../../policy-texts.ts";
import { readPropagating } from "../../state/propagating.ts";
import type { Queue } from "../../state/sqs.ts";
import type { Call, Requirement } from "../service.ts";
import { queueDoesNotExist } from "./faults.ts";

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
 * The queue that a URL names in the Region of the request. Only its path counts: clients send to the URL, to the
 * endpoint, or to a host that they were given otherwise.
 *
 * @throws AwsFault InvalidAddress for what is no queue URL, NonExistentQueue
 */
export function queueOf({ QueueUrl: url }: NamesQueue, call: Call): Queue {
  const [, accountId, name] = /^(?:https?:\/\/[^/]+)?\/?(\d{12})\/([\w-]{1,80})\/?$/.exec(url) ?? [];
  if (accountId === undefined || name === undefined) {
    throw new AwsFault("InvalidAddress", `The address ${url} is not valid for this endpoint.`, { status: 404 });
  }
  return existingQueue(queueArn(call.region, accountId, name), call);
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
