import type {
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  SetQueueAttributesRequest,
} from "@aws-sdk/client-sqs";
import { latestWritten, readPropagating, writePropagating } from "../../state/propagating.ts";
import type { Queue } from "../../state/sqs.ts";
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
      (name) => name !== "All" && !isSettable(name) && !(computedNames as readonly string[]).includes(name),
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
    const attributes = [...set, ...computed(queue, now)].filter(([name]) => wanted.has("All") || wanted.has(name));
    return attributes.length > 0 ? { Attributes: Object.fromEntries(attributes) } : {};
  },
};

const computedNames = [
  "QueueArn",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
] as const;

function computed(queue: Queue, now: Date): [(typeof computedNames)[number], string][] {
  const hidden = queue.messages.filter(({ visibleAt }) => visibleAt > now);
  const delayed = hidden.filter(({ received }) => received === 0);
  return [
    ["QueueArn", queue.arn],
    ["CreatedTimestamp", epochSeconds(queue.created)],
    ["LastModifiedTimestamp", epochSeconds(queue.modified)],
    ["ApproximateNumberOfMessages", String(queue.messages.length - hidden.length)],
    ["ApproximateNumberOfMessagesNotVisible", String(hidden.length - delayed.length)],
    ["ApproximateNumberOfMessagesDelayed", String(delayed.length)],
  ];
}

function epochSeconds(time: Date): string {
  return String(Math.floor(time.getTime() / 1000));
}
