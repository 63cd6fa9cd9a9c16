import type {
  CreateQueueRequest,
  CreateQueueResult,
  DeleteQueueRequest,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListQueuesRequest,
  ListQueuesResult,
  PurgeQueueRequest,
} from "@aws-sdk/client-sqs";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import { latestWritten, propagating } from "../../state/propagating.ts";
import type { Queue } from "../../state/sqs.ts";
import { nextTokenPage } from "../next-token-page.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { checkAttributes, defaultAttributes, withOneEncryption } from "./attribute-rules.ts";
import { checkRange, invalidParameterValue } from "./faults.ts";
import { existingQueue, onOwnQueue, onQueue, queueArn, queueOf, queueRequirement, queueUrl } from "./queue-access.ts";
import { checkTags } from "./queue-tag-rules.ts";

const nameReleasedAfterMilliseconds = 60_000;
const largestPage = 1000;

/** Creating a queue again with the same attributes answers its URL. */
export const createQueue: Operation<Decoded<CreateQueueRequest>, CreateQueueResult> = {
  validate: ({ QueueName: name, Attributes = {}, tags }, { state }) => {
    if (name.endsWith(".fifo") || Attributes["FifoQueue"] === "true") throw notImplemented("A FIFO queue");
    if (!/^[\w-]{1,80}$/.test(name)) {
      throw invalidParameterValue(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
      );
    }
    checkAttributes(Attributes, state);
    checkTags(tags ?? {});
  },
  requires: ({ QueueName, tags }, { region, caller }) => {
    const resource = queueArn(region, caller.accountId, QueueName);
    return [{ resource }, ...(tags && Object.keys(tags).length > 0 ? [{ resource, action: "sqs:TagQueue" }] : [])];
  },
  perform: (input, call) => {
    const { state, region, caller } = call;
    const known = state.queues.get(queueArn(region, caller.accountId, input.QueueName));
    checkDeletion(known, call);
    const queue = known && !known.deleted ? sameQueue(known, input) : newQueue(input, call);
    state.queues.set(queue.arn, queue);
    return { QueueUrl: queueUrl(queue, call) };
  },
};

function checkDeletion(queue: Queue | undefined, { clock }: Call): void {
  if (!queue?.deleted) return;
  if (clock.now().getTime() - queue.deleted.getTime() >= nameReleasedAfterMilliseconds) return;
  throw new AwsFault(
    "AWS.SimpleQueueService.QueueDeletedRecently",
    "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
    { shape: "QueueDeletedRecently" },
  );
}

function sameQueue(queue: Queue, { Attributes = {} }: Decoded<CreateQueueRequest>): Queue {
  const set = latestWritten(queue.attributes);
  const different = Object.entries(Attributes).find(([name, value]) => (set.get(name) ?? "") !== value);
  if (!different) return queue;
  throw new AwsFault(
    "QueueAlreadyExists",
    `A queue already exists with the same name and a different value for attribute ${different[0]}`,
    { shape: "QueueNameExists" },
  );
}

function newQueue({ QueueName: name, Attributes = {}, tags = {} }: Decoded<CreateQueueRequest>, call: Call): Queue {
  const { region, caller, clock } = call;
  const now = clock.now();
  return {
    name,
    arn: queueArn(region, caller.accountId, name),
    accountId: caller.accountId,
    region,
    created: now,
    modified: now,
    deleted: undefined,
    purged: undefined,
    attributes: propagating(new Map([...defaultAttributes, ...withOneEncryption(Attributes)])),
    tags: new Map(Object.entries(tags)),
    messages: [],
  };
}

export const deleteQueue: Operation<Decoded<DeleteQueueRequest>, object> = {
  requires: onOwnQueue,
  perform: (input, call) => {
    const queue = queueOf(input, call);
    queue.deleted = call.clock.now();
    queue.messages = [];
    return {};
  },
};

export const getQueueUrl: Operation<Decoded<GetQueueUrlRequest>, GetQueueUrlResult> = {
  requires: (input, call) => [queueRequirement(namedQueue(input, call), call)],
  perform: (input, call) => ({ QueueUrl: queueUrl(namedQueue(input, call), call) }),
};

function namedQueue(input: Decoded<GetQueueUrlRequest>, call: Call): Queue {
  const accountId = input.QueueOwnerAWSAccountId ?? call.caller.accountId;
  return existingQueue(queueArn(call.region, accountId, input.QueueName), call);
}

/** Not subject to queue policies: a locked queue is still listed (docs/aws-behaviour.md, section 6). */
export const listQueues: Operation<Decoded<ListQueuesRequest>, ListQueuesResult> = {
  validate: ({ MaxResults }) => {
    checkRange("MaxResults", MaxResults, [1, largestPage]);
  },
  // AWS names the account's queues without a queue's name here.
  requires: (_input, { region, caller }) => [{ resource: queueArn(region, caller.accountId, "") }],
  perform: (input, call) => {
    const { QueueNamePrefix: prefix = "", MaxResults } = input;
    const { state, region, caller } = call;
    const queues = [...state.queues.values()].filter(
      (queue) =>
        queue.accountId === caller.accountId &&
        queue.region === region &&
        queue.name.startsWith(prefix) &&
        !queue.deleted,
    );
    const { items, more } = nextTokenPage(queues, input, call, largestPage, () =>
      invalidParameterValue("Invalid NextToken value."),
    );
    const urls = items.map((queue) => queueUrl(queue, call));
    return {
      ...(urls.length > 0 ? { QueueUrls: urls } : {}),
      // A token is given only to callers that asked for pages.
      ...(MaxResults === undefined ? {} : more),
    };
  },
};

export const purgeQueue: Operation<Decoded<PurgeQueueRequest>, object> = {
  requires: onQueue(),
  perform: (input, call) => {
    const queue = queueOf(input, call);
    const now = call.clock.now();
    if (queue.purged && now.getTime() - queue.purged.getTime() < 60_000) {
      throw new AwsFault(
        "AWS.SimpleQueueService.PurgeQueueInProgress",
        `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
        { shape: "PurgeQueueInProgress" },
      );
    }
    queue.purged = now;
    queue.messages = [];
    return {};
  },
};
