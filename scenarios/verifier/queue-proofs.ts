import type { SQSClient } from "@aws-sdk/client-sqs";
import {
  type AwsAccess,
  callAws,
  endedBy,
  parseQueueTarget,
  policyOf,
  type QueueTarget,
  sqsClient,
} from "#root-access";
import type { Drill } from "../drill.ts";
import { digestOf } from "../fixtures.ts";
import { readMessages } from "../queue-messages.ts";
import { allThere, awaitAccess } from "./access.ts";
import { awaitDenial, expectDenial, tellingOfHarm } from "./denial.ts";
import type { Deadlines, ResourceProofs } from "./resource-proofs.ts";

/**
 * What has to be true of a locked queue, and of the same queue unlocked (docs/aws-behaviour.md, section 6).
 *
 * The lock takes up to a minute to have its effect, so the harmless calls are repeated until they are denied. A message
 * that gets through meanwhile is recognised by its body and taken out again at the end. The call that would remove the
 * policy is made once, after all that.
 */
export async function queueProofs(
  drill: Drill,
  owner: AwsAccess,
  { queueMilliseconds }: Deadlines,
  signal?: AbortSignal,
): Promise<ResourceProofs> {
  const target = parseQueueTarget(drill.queue.arn, {});
  const policy = await policyOf(owner, target, signal);
  const calls = queueCalls(await sqsClient(owner), target, signal);
  const getAttributes = { action: "sqs:GetQueueAttributes", resource: target.arn, call: calls.getAttributes };
  const send = { action: "sqs:SendMessage", resource: target.arn, call: calls.sendProbe };
  const setAttributes = { action: "sqs:SetQueueAttributes", resource: target.arn, call: policy.remove };
  const readUntilAllSeen = (probes: number): Promise<readonly string[]> =>
    readMessages({
      queue: target,
      access: owner,
      deadlineMilliseconds: queueMilliseconds,
      enough: (digests) =>
        drill.queue.messages.every((expected) => digests.includes(expected)) &&
        digests.filter((digest) => digest === probeDigest).length >= probes,
      discard: (digest) => digest === probeDigest,
      signal,
    });

  return {
    target,
    locked: [
      {
        claim: "the queue's policy denies sqs:GetQueueAttributes",
        check: () => awaitDenial(getAttributes, queueMilliseconds, signal),
      },
      {
        claim: "the queue's policy denies sqs:SendMessage",
        check: () => awaitDenial(send, queueMilliseconds, signal),
      },
      {
        claim: "the queue's policy denies sqs:SetQueueAttributes",
        check: async () => tellingOfHarm(await expectDenial(setAttributes), "this proof itself has removed the policy"),
      },
    ],
    recovered: [
      {
        claim: "sqs:GetQueueAttributes succeeds again, and there is no policy",
        check: async () => {
          const { Policy } = await awaitAccess(getAttributes, queueMilliseconds, signal);
          return Policy ? { holds: false, why: "the queue has a policy again" } : { holds: true };
        },
      },
      {
        claim: "sqs:SendMessage succeeds again",
        check: async () => {
          await awaitAccess(send, queueMilliseconds, signal);
          return { holds: true };
        },
      },
      {
        claim: "every message is there with the content it had",
        check: async () => {
          const found = await readUntilAllSeen(calls.probesSent());
          return allThere("messages", drill.queue.messages, found);
        },
      },
      {
        claim: "sqs:SetQueueAttributes succeeds again",
        check: async () => {
          await awaitAccess(setAttributes, queueMilliseconds, signal);
          return { holds: true };
        },
      },
    ],
  };
}

const probeBody = "break-glass drill: may this principal send?";
const probeDigest = digestOf(probeBody);

interface QueueCalls {
  readonly getAttributes: () => Promise<Readonly<Record<string, string>>>;
  readonly sendProbe: () => Promise<void>;
  /** How many of them got through. */
  readonly probesSent: () => number;
}

function queueCalls(sqs: SQSClient, { name, url }: QueueTarget, signal?: AbortSignal): QueueCalls {
  let probesSent = 0;
  return {
    getAttributes: () =>
      callAws({ doing: `read the attributes of queue ${name}` }, async () => {
        const { GetQueueAttributesCommand } = await import("@aws-sdk/client-sqs");
        const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] });
        return (await sqs.send(command, endedBy(signal))).Attributes ?? {};
      }),
    sendProbe: () =>
      callAws({ doing: `send a message to queue ${name}` }, async () => {
        const { SendMessageCommand } = await import("@aws-sdk/client-sqs");
        await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: probeBody }), endedBy(signal));
        probesSent += 1;
      }),
    probesSent: () => probesSent,
  };
}
