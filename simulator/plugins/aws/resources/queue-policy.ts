import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { z } from "zod";
import { failedWith } from "../../session/aws-call-failed.ts";
import { describing } from "../describing.ts";
import * as input from "../inputs.ts";
import { type Place, resourceType } from "../resource-type.ts";
import { retryWhile, waits } from "../waiting.ts";
import { isNoSuchQueue, queueAttributes, waitForQueueAttributes } from "./queue-attributes.ts";

/** A queue's policy. One that denies everyone takes effect and then fails the wait for it. */
export const queuePolicy = resourceType({
  token: "aws:sqs/queuePolicy:QueuePolicy",
  inputs: z.object({ queueUrl: z.string(), policy: input.policy, region: input.region }),
  replacedOn: ["queueUrl", "region"],
  outputs: [],
  policies: ["policy"],

  create: async ({ queueUrl, policy }, place) => {
    await setPolicy(queueUrl, policy, place);
    return { id: queueUrl };
  },

  settle: (url, { policy }, place) => waitForQueueAttributes(url, { Policy: policy }, place),

  read: (url, _state, place) =>
    describing(`reading SQS Queue Policy (${url})`, async () => {
      const policy = (await queueAttributes(url, place))?.Policy;
      return policy ? { queueUrl: url, policy } : undefined;
    }),

  update: async (url, { new: { policy } }, place) => {
    await setPolicy(url, policy, place);
    await waitForQueueAttributes(url, { Policy: policy }, place);
  },

  delete: async (url, _state, place) => {
    try {
      await place.clients.sqs(place.region).send(setPolicyCommand(url, ""));
    } catch (error) {
      if (isNoSuchQueue(error)) return;
      throw new Error(`deleting SQS Queue Policy (${url}): ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    await waitForQueueAttributes(url, { Policy: "" }, place);
  },
});

/** AWS answers so while a principal that the policy names is not known everywhere yet. */
function isUnknownPrincipal(error: unknown): boolean {
  return failedWith(error, "InvalidAttributeValue") && error.message.includes("Invalid value for the parameter Policy");
}

function setPolicy(url: string, policy: string, { clients, region, signal }: Place): Promise<unknown> {
  return describing(`setting SQS Queue Policy (${url})`, () =>
    retryWhile(isUnknownPrincipal, waits.queuePolicy, signal, () =>
      clients.sqs(region).send(setPolicyCommand(url, policy)),
    ),
  );
}

function setPolicyCommand(url: string, policy: string): SetQueueAttributesCommand {
  return new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy: policy } });
}
