import type { AwsAccess } from "../aws/aws-access.ts";
import { endedBy, sqsClient } from "../aws/aws-clients.ts";
import { callAws } from "../aws/aws-failure.ts";
import { patientWith } from "../aws/patience.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import type { QueueTarget } from "./target.ts";

/** The queue's policy as `access` reaches it, in the queue's own Region. */
export async function queuePolicy(
  access: AwsAccess,
  target: QueueTarget,
  signal?: AbortSignal,
): Promise<ResourcePolicy> {
  const { GetQueueAttributesCommand, SetQueueAttributesCommand } = await import("@aws-sdk/client-sqs");
  const sqs = await sqsClient({ ...access, region: target.region }, patientWith(signal));
  const QueueUrl = target.url;
  const set = async (Policy: string): Promise<void> => {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }), endedBy(signal));
  };
  return {
    region: target.region,
    read: () =>
      callAws({ doing: `read the policy of queue ${target.name}` }, async () => {
        const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] });
        const { Attributes } = await sqs.send(command, endedBy(signal));
        return Attributes?.["Policy"] || undefined;
      }),
    put: (policy) => callAws({ doing: `put the policy of queue ${target.name}` }, () => set(policy)),
    /** An empty text is how SQS spells "no policy" (docs/aws-behaviour.md, section 6). */
    remove: () => callAws({ doing: `remove the policy of queue ${target.name}` }, () => set("")),
  };
}
