import { readQueueUrl } from "../policy/queue-url.ts";
import type { Denial } from "./denial.ts";
import type { Change, Diagnosis } from "./diagnosis.ts";
import { pasteablePolicy } from "./pasteable-policy.ts";

/** The S3 console, under "You don't have permission to get bucket policy" and the like: it names the action alone. */
export const s3ConsoleSentence = /You or your AWS administrator must update your permissions to allow (?:the )?s3:\w+/;

/** SQS, in older answers and to SDKs that speak its query protocol: it names the queue alone. */
export const sqsSentence = /Access to the resource https?:\/\/\S+ is denied\./;

/** Whether AWS says what it denied, and neither to whom nor by which policy. */
export function namesNoPolicy(message: string): boolean {
  return s3ConsoleSentence.test(message) || sqsSentence.test(message);
}

type Explanation = Pick<Diagnosis, "cause" | "because" | "changes" | "notChecked">;

/** Two causes are possible: no Allow, or a Deny, of which the resource's own is the one that locks. */
export function policyNotNamed({ message, operation }: Denial): Explanation {
  const queue = queueIn(message);
  const action = actionIn(message) ?? (operation === undefined ? undefined : `sqs:${operation}`);
  const place = queue === undefined ? "" : ` on ${queue.resource}`;
  return {
    cause: "policy-not-named",
    because: `AWS denied ${action ?? "a request"}${place}, and says neither to whom nor by which policy.`,
    changes: [
      ...(action === undefined ? [] : [allowing(action, queue?.resource ?? resourceOf(action))]),
      unlocking(queue === undefined ? "s3 BUCKET --account ACCOUNT" : `sqs ${queue.named}`),
    ],
    notChecked: ["which policy it is: the policies of the caller and of the resource"],
  };
}

function actionIn(message: string): string | undefined {
  return /\b(?:s3|sqs):[A-Z]\w+/.exec(message)?.[0];
}

/** The address without a queue is that of the service: a list of queues, or a new one. */
function queueIn(message: string): { readonly resource: string; readonly named: string } | undefined {
  const [, url] = /Access to the resource (https?:\/\/\S+) is denied\./.exec(message) ?? [];
  if (url === undefined) return undefined;
  const queue = readQueueUrl(url);
  if (queue === undefined || queue === "foreign host" || queue.region === undefined) {
    return { resource: "*", named: "QUEUE_ARN" };
  }
  const arn = `arn:aws:sqs:${queue.region}:${queue.accountId}:${queue.name}`;
  return { resource: arn, named: arn };
}

function resourceOf(action: string): string {
  return /^s3:(Get|Put|Delete)Object|^s3:\w*Multipart/.test(action) ? "arn:aws:s3:::BUCKET/*" : "arn:aws:s3:::BUCKET";
}

function allowing(action: string, resource: string): Change {
  const named = resource.includes("BUCKET") ? ", with the bucket's name" : "";
  return {
    what: `If no policy of the caller's allows it, add this${named}:`,
    json: pasteablePolicy({ Effect: "Allow", Action: action, Resource: resource }),
  };
}

function unlocking(words: string): Change {
  return {
    what: "If one does, the resource's own policy denies it; where nobody in the account gets past that, break the glass. This shows what locks:",
    command: `break-glass unlock ${words} --dry-run`,
  };
}
