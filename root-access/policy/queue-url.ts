/** What a queue's URL says. */
export interface QueueUrl {
  readonly accountId: string;
  readonly name: string;
  /** Absent where the host does not say it, as in a sandbox. */
  readonly region?: string | undefined;
  /** Without a slash at its end; absent for a host that only a VPC knows. */
  readonly url?: string;
}

/**
 * Reads a queue's URL: AWS's hosts of today and the older ones, what `AWS_ENDPOINT_URL` or `AWS_ENDPOINT_URL_SQS` names, and
 * this machine.
 *
 * Source: AWS General Reference, "Amazon SQS endpoints and quotas", legacy endpoints included.
 *
 * @returns `foreign host` for any other host; `undefined` for what is not the URL of a queue
 * @example readQueueUrl("https://sqs.eu-west-1.amazonaws.com/333333333333/orders/")
 */
export function readQueueUrl(text: string): QueueUrl | "foreign host" | undefined {
  const url = URL.parse(text);
  const [accountId, name, ...more] = url?.pathname.replace(/\/$/, "").split("/").slice(1) ?? [];
  if (url === null || accountId === undefined || name === undefined || more.length > 0) return undefined;
  const region = regionInHost(url.hostname);
  if (region === undefined && !isConfigured(url)) return "foreign host";
  const onlyInVpc = url.hostname.endsWith(".vpce.amazonaws.com");
  return { accountId, region, name, ...(onlyInVpc ? {} : { url: text.replace(/\/$/, "") }) };
}

/** Today's host, that of a VPC endpoint, the older `REGION.queue.amazonaws.com`, and the oldest, which is us-east-1. */
function regionInHost(host: string): string | undefined {
  if (host === "queue.amazonaws.com") return "us-east-1";
  return hosts.flatMap((pattern) => pattern.exec(host)?.[1] ?? [])[0];
}

const hosts = [
  /^sqs(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)$/,
  /^vpce-[a-z0-9-]+\.sqs\.([a-z0-9-]+)\.vpce\.amazonaws\.com$/,
  /^([a-z0-9-]+)\.queue\.amazonaws\.com$/,
];

function isConfigured({ host, hostname }: URL): boolean {
  if (["127.0.0.1", "localhost", "[::1]"].includes(hostname)) return true;
  const { AWS_ENDPOINT_URL_SQS = "", AWS_ENDPOINT_URL = "" } = process.env;
  return [AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL].some((endpoint) => URL.parse(endpoint)?.host === host);
}
