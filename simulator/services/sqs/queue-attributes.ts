import type {
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  SetQueueAttributesRequest,
} from "@aws-sdk/client-sqs";
import { latestWritten, readPropagating, writePropagating } from "../../state/propagating.ts";
import type { Queue, QueueMessage } from "../../state/sqs.ts";
import type { Decoded, Operation } from "../service.ts";
import { checkAttributes, isSettable, withOneEncryption } from "./attribute-rules.ts";
import { unknownAttribute } from "./faults.ts";
import { onOwnQueueUnlessRoot, onQueueUnlessOwnersRoot, queueOf } from "./queue-access.ts";

/** Takes effect after the propagation time: until then the old values are enforced and read back. */
export const setQueueAttributes: Operation<Decoded<SetQueueAttributesRequest>, object> = {
  validate: ({ Attributes }, { state }) => {
    checkAttributes(Attributes, state);
  },
  requires: onOwnQueueUnlessRoot,
  perform: (input, call) => {
    const queue = queueOf(input, call);
    const attributes = new Map([...latestWritten(queue.attributes), ...withOneEncryption(input.Attributes)]);
    const now = call.clock.now();
    writePropagating(queue.attributes, attributes, new Date(now.getTime() + call.propagationMilliseconds));
    queue.modified = now;
    return {};
  },
};

export const getQueueAttributes: Operation<Decoded<GetQueueAttributesRequest>, GetQueueAttributesResult> = {
  validate: ({ AttributeNames = [] }) => {
    const unknown = AttributeNames.find(
      (name) => name !== "All" && !isSettable(name) && !Object.hasOwn(computed, name),
    );
    if (unknown !== undefined) throw unknownAttribute(unknown);
  },
  requires: onQueueUnlessOwnersRoot,
  perform: (input, call) => {
    const queue = queueOf(input, call);
    const now = call.clock.now();
    // An empty value is how an attribute is removed.
    const set = [...readPropagating(queue.attributes, now)].filter(([, value]) => value !== "");
    const wanted = new Set<string>(input.AttributeNames);
    const known = [...set, ...Object.entries(computed).map(([name, value]) => [name, value(queue, now)] as const)];
    const attributes = known.filter(([name]) => wanted.has("All") || wanted.has(name));
    return attributes.length > 0 ? { Attributes: Object.fromEntries(attributes) } : {};
  },
};

/** What SQS knows of a queue without having been told, as of a time. */
const computed: Readonly<Record<string, (queue: Queue, now: Date) => string>> = {
  QueueArn: ({ arn }) => arn,
  CreatedTimestamp: ({ created }) => epochSeconds(created),
  LastModifiedTimestamp: ({ modified }) => epochSeconds(modified),
  ApproximateNumberOfMessages: ({ messages }, now) => count(messages, ({ visibleAt }) => visibleAt <= now),
  ApproximateNumberOfMessagesNotVisible: ({ messages }, now) =>
    count(messages, ({ visibleAt, received }) => visibleAt > now && received > 0),
  ApproximateNumberOfMessagesDelayed: ({ messages }, now) =>
    count(messages, ({ visibleAt, received }) => visibleAt > now && received === 0),
};

function count(messages: readonly QueueMessage[], isMeant: (message: QueueMessage) => boolean): string {
  return String(messages.filter(isMeant).length);
}

function epochSeconds(time: Date): string {
  return String(Math.floor(time.getTime() / 1000));
}
