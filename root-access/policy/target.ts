import { type AccountId, parseAccountId, parseArn } from "#iam";
import { readQueueUrl } from "./queue-url.ts";
import { RootAccessError } from "../root-access-error.ts";

/** A bucket whose policy is to be removed, and the member account that owns it. */
export interface BucketTarget {
  readonly kind: "bucket";
  readonly accountId: AccountId;
  /** Where it is not known, the root session looks it up. */
  readonly region?: string;
  readonly name: string;
  readonly arn: string;
}

export interface QueueTarget {
  readonly kind: "queue";
  readonly accountId: AccountId;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
}

export type Target = BucketTarget | QueueTarget;

/** What a person said beside the name: `--account` and `--region`. */
export interface Whereabouts {
  readonly accountId?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * Reads a bucket from its name, its ARN, an `s3://` address or its URL, virtual-hosted or by path. The owner's account id has
 * to stand beside it; the Region may, and is taken from the URL otherwise.
 *
 * @throws RootAccessError `usage`
 * @example parseBucketTarget("arn:aws:s3:::orders", { accountId: "333333333333" })
 */
export function parseBucketTarget(text: string, { accountId, region: given }: Whereabouts): BucketTarget {
  const { name, region: said } = bucketWords(text);
  const owner = account(accountId, `bucket ${name}`);
  const region = agreed("Region", "--region", said, given, text);
  return { kind: "bucket", accountId: owner, ...(region ? { region } : {}), name, arn: `arn:aws:s3:::${name}` };
}

/**
 * Reads a queue from its ARN, its URL or its name. What the text does not say has to stand in `whereabouts`; what both say
 * has to agree.
 *
 * @throws RootAccessError `usage`
 * @example parseQueueTarget("arn:aws:sqs:ap-northeast-2:333333333333:orders", {})
 */
export function parseQueueTarget(text: string, whereabouts: Whereabouts): QueueTarget {
  const said = queueWords(text);
  const accountId = account(
    agreed("account", "--account", said.accountId, whereabouts.accountId, text),
    `queue ${said.name}`,
  );
  const region = agreed("Region", "--region", said.region, whereabouts.region, text);
  if (region === undefined)
    throw usage(`The Region of queue ${said.name} is not known.`, "Give --region, or the queue's ARN.");
  const arn = `arn:aws:sqs:${region}:${accountId}:${said.name}`;
  const url = said.url ?? `https://sqs.${region}.amazonaws.com/${accountId}/${said.name}`;
  return { kind: "queue", accountId, region, name: said.name, arn, url };
}

/**
 * What neither the text nor the options say and yet has to be known. A bucket's Region is found by the root session.
 *
 * @throws RootAccessError `usage` for a text that names no bucket or queue
 */
export function whatIsMissing(
  kind: Target["kind"],
  text: string,
  given: Whereabouts,
): readonly ("account" | "Region")[] {
  if (kind === "bucket") {
    bucketWords(text);
    return given.accountId === undefined ? ["account"] : [];
  }
  const { accountId = given.accountId, region = given.region } = queueWords(text);
  return [
    ...(accountId === undefined ? (["account"] as const) : []),
    ...(region === undefined ? (["Region"] as const) : []),
  ];
}

/** Bucket names of today, and the longer, looser ones that us-east-1 once allowed. */
const bucketNamePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/;

interface BucketWords {
  readonly name: string;
  readonly region?: string | undefined;
}

function bucketWords(text: string): BucketWords {
  const words = bucketInUrl(text) ?? { name: text.startsWith("s3://") ? nameInUri(text) : nameInBucketArn(text) };
  return { ...words, name: bucketName(words.name, text) };
}

function nameInUri(text: string): string {
  return text.slice("s3://".length).replace(/\/$/, "");
}

/** `https://NAME.s3.REGION.amazonaws.com/` and `https://s3.REGION.amazonaws.com/NAME`, older spellings too. */
function bucketInUrl(text: string): BucketWords | undefined {
  if (!/^https?:\/\//.test(text)) return undefined;
  const url = URL.parse(text);
  const host = /^(?:(.+)\.)?s3(?:-fips)?(?:\.dualstack)?(?:[.-]([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com$/.exec(
    url?.hostname ?? "",
  );
  const [, first = "", ...more] = (url?.pathname ?? "").replace(/\/$/, "").split("/");
  const [, virtual, region] = host ?? [];
  const name = virtual ?? first;
  const key = virtual === undefined ? more : [first, ...more].filter((part) => part !== "");
  if (host !== null && key.length === 0) return { name, region };
  throw usage(
    `"${text}" is not the URL of a bucket.`,
    "A URL such as https://NAME.s3.REGION.amazonaws.com/ or https://s3.REGION.amazonaws.com/NAME is.",
  );
}

function bucketName(name: string, text: string): string {
  if (!bucketNamePattern.test(name)) {
    throw usage(
      `"${text}" is not a bucket.`,
      "Give its name, or an ARN such as arn:aws:s3:::NAME, without an object key.",
    );
  }
  if (name.endsWith("--x-s3")) {
    throw usage(
      `"${name}" is a directory bucket, which S3UnlockBucketPolicy does not cover.`,
      "Name a general purpose bucket.",
    );
  }
  return name;
}

function nameInBucketArn(text: string): string {
  const arn = parseArn(text);
  if (arn === undefined) return text;
  if (arn.service === "s3" && arn.region === "" && arn.accountId === "" && arn.partition === "aws") return arn.resource;
  throw usage(`"${text}" is not the ARN of a bucket in the aws partition.`, "An ARN such as arn:aws:s3:::NAME is.");
}

interface QueueWords extends Whereabouts {
  readonly name: string;
  readonly url?: string;
}

function queueWords(text: string): QueueWords {
  return queueFromArn(text) ?? queueFromUrl(text) ?? queueFromName(text);
}

function queueFromArn(text: string): QueueWords | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  if (arn.service !== "sqs" || arn.partition !== "aws") {
    throw usage(
      `"${text}" is not the ARN of a queue in the aws partition.`,
      "An ARN such as arn:aws:sqs:REGION:ACCOUNT:NAME is.",
    );
  }
  return { accountId: arn.accountId, region: arn.region, name: queueName(arn.resource, text) };
}

function queueFromUrl(text: string): QueueWords | undefined {
  if (!/^https?:\/\//.test(text)) return undefined;
  const said = readQueueUrl(text);
  const such = "A URL such as https://sqs.REGION.amazonaws.com/ACCOUNT/NAME is.";
  if (said === undefined) throw usage(`"${text}" is not the URL of a queue.`, such);
  if (said === "foreign host") throw usage(`"${text}" is not the URL of a queue of AWS, by its host.`, such);
  return { ...said, name: queueName(said.name, text) };
}

function queueFromName(text: string): QueueWords {
  return { name: queueName(text, text) };
}

function queueName(name: string, text: string): string {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name) || /^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name)) return name;
  throw usage(`"${text}" does not name a queue.`, "Give the queue's ARN, its URL or its name.");
}

function agreed(what: string, option: string, said?: string, given?: string, text?: string): string | undefined {
  if (said && given && said !== given) {
    throw usage(
      `${option} ${given} contradicts the ${what} in "${text ?? ""}".`,
      `Leave ${option} out, or correct it.`,
    );
  }
  return said || given || undefined;
}

function account(text: string | undefined, resource: string): AccountId {
  if (text === undefined)
    throw usage(`The account that owns ${resource} is not known.`, "Give --account with its 12-digit id.");
  const accountId = parseAccountId(text);
  if (accountId === undefined) throw usage(`"${text}" is not an AWS account id.`, "An account id has twelve digits.");
  return accountId;
}

function usage(what: string, next: string): RootAccessError {
  return new RootAccessError({ reason: "usage", what, next });
}
