/**
 * Refuses unless everything this process could ask goes to this machine. A stand-in plugin that reached real AWS would do
 * there what only resembles the official plugin's work.
 *
 * The SDK looks at `AWS_ENDPOINT_URL_<SERVICE>`, then at `AWS_ENDPOINT_URL`, and only then at profiles and AWS's own
 * names: with `AWS_ENDPOINT_URL` set, nothing is left to the last two, for the clients that fetch credentials either.
 *
 * @param endpoints URLs from the provider's own settings, by service
 * @throws {@link NotLoopback}
 */
export function requireLoopback(
  environment: Readonly<Record<string, string | undefined>>,
  endpoints: Readonly<Record<string, string>>,
): void {
  if (!environment["AWS_ENDPOINT_URL"]) throw new NotLoopback("AWS_ENDPOINT_URL is not set");
  if (environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") {
    throw new NotLoopback("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is set");
  }
  for (const [name, url] of Object.entries(environment)) {
    if (name.startsWith("AWS_ENDPOINT_URL") && url && !isLoopbackUrl(url)) throw new NotLoopback(`${name} is ${url}`);
  }
  for (const [service, url] of Object.entries(endpoints)) {
    if (!isLoopbackUrl(url)) throw new NotLoopback(`the provider's endpoint for ${service} is ${url}`);
  }
}

export class NotLoopback extends Error {
  override readonly name = "NotLoopback";

  constructor(found: string) {
    super(
      `This stand-in plugin works only with a sandbox on this machine (AWS_ENDPOINT_URL=http://127.0.0.1:PORT), and ${found}: ` +
        "run it inside `break-glass sandbox`, or install the official plugin for work with AWS.",
    );
  }
}

/** Names of this machine, in the form in which URLs carry them; `bucket.localhost` is the S3 client's doing. */
export function isLoopbackHost(host: string): boolean {
  return ["127.0.0.1", "[::1]", "::1", "localhost"].includes(host) || host.endsWith(".localhost");
}

function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}
