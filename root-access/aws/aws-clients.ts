import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import type { STSClient } from "@aws-sdk/client-sts";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { MiddlewareStack, Pluggable, RetryStrategyV2 } from "@smithy/types";
import { noteAnswers } from "./answer-note.ts";
import type { AwsAccess } from "./aws-access.ts";
import { RootAccessError } from "../root-access-error.ts";

/** What many clients may share, and when they send a call again. */
export interface ClientOptions {
  /** Connections that outlive a client. Default: each client has its own. */
  readonly requestHandler?: NodeHttpHandler;
  /** Default: the SDK's, three attempts. */
  readonly retryStrategy?: RetryStrategyV2;
}

/** STS by its regional endpoint: the global one does not know AssumeRoot (docs/aws-behaviour.md, section 1). */
export async function stsClient(access: AwsAccess, options: ClientOptions = {}): Promise<STSClient> {
  const { STSClient } = await import("@aws-sdk/client-sts");
  return watched(new STSClient({ ...settings(access), ...options, useGlobalEndpoint: false }), access);
}

/** S3 in the Region of `access`. */
export async function s3Client(access: AwsAccess, options: ClientOptions = {}): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  return watched(new S3Client({ ...settings(access), ...options }), access);
}

/** SQS by the Region's endpoint: a queue URL that somebody typed must not decide where signed requests go. */
export async function sqsClient(access: AwsAccess, options: ClientOptions = {}): Promise<SQSClient> {
  const { SQSClient } = await import("@aws-sdk/client-sqs");
  return watched(new SQSClient({ ...settings(access), ...options, useQueueUrlAsEndpoint: false }), access);
}

/** IAM, a service without Regions. */
export async function iamClient(access: AwsAccess, options: ClientOptions = {}): Promise<IAMClient> {
  const { IAMClient } = await import("@aws-sdk/client-iam");
  return watched(new IAMClient({ ...settings(access), ...options }), access);
}

/**
 * Makes clients of IAM, a service without Regions, for many accounts one after the other: they share connections, and the
 * AWS configuration files are read once, which is a third of what a client's only call costs.
 */
export async function iamClients(region: string, options: ClientOptions): Promise<(access: AwsAccess) => IAMClient> {
  const { IAMClient } = await import("@aws-sdk/client-iam");
  const { config } = new IAMClient({ region, ...options });
  const { useDualstackEndpoint, useFipsEndpoint, retryMode, maxAttempts, userAgentAppId, defaultsMode } = config;
  const { authSchemePreference } = config;
  const settled = { retryMode, maxAttempts, userAgentAppId, defaultsMode, authSchemePreference };
  const read = { useDualstackEndpoint, useFipsEndpoint, ...settled };
  return (access) => watched(new IAMClient({ ...settings(access), ...read, ...options }), access);
}

/** Organizations, a service without Regions. */
export async function organizationsClient(
  access: AwsAccess,
  options: ClientOptions = {},
): Promise<OrganizationsClient> {
  const { OrganizationsClient } = await import("@aws-sdk/client-organizations");
  return watched(new OrganizationsClient({ ...settings(access), ...options }), access);
}

/** IAM Identity Center in the Region of `access`. */
export async function identityCenterClient(access: AwsAccess): Promise<SSOAdminClient> {
  const { SSOAdminClient } = await import("@aws-sdk/client-sso-admin");
  return watched(new SSOAdminClient(settings(access)), access);
}

/** EC2 in the Region of `access`. */
export async function ec2Client(access: AwsAccess): Promise<EC2Client> {
  const { EC2Client } = await import("@aws-sdk/client-ec2");
  return watched(new EC2Client(settings(access)), access);
}

/** CloudTrail in the Region of `access`, whose events it shows. */
export async function cloudTrailClient(access: AwsAccess): Promise<CloudTrailClient> {
  const { CloudTrailClient } = await import("@aws-sdk/client-cloudtrail");
  const client = new CloudTrailClient(settings(access));
  client.middlewareStack.use(endpointGuard());
  return client;
}

/** Connections for many clients at once; whoever makes them destroys them. */
export async function sharedConnections(atOnce: number): Promise<NodeHttpHandler> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const agent = { keepAlive: true, maxSockets: atOnce };
  return new NodeHttpHandler({ ...timeouts, httpAgent: agent, httpsAgent: agent });
}

/** The options of `client.send` that let `signal` end a request. */
export function endedBy(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}

function settings({ region, credentials }: AwsAccess) {
  return { region, credentials, requestHandler: timeouts };
}

const timeouts = { connectionTimeout: 5_000, requestTimeout: 30_000 };

/** Every client's requests are looked at on their way out, and their answers on their way in. */
function watched<Input extends object, Output extends object, Client extends WithStack<Input, Output>>(
  client: Client & WithStack<Input, Output>,
  { onAnswer }: AwsAccess,
): Client {
  client.middlewareStack.use(endpointGuard());
  if (onAnswer) client.middlewareStack.use(noteAnswers(onAnswer));
  return client;
}

interface WithStack<Input extends object, Output extends object> {
  readonly middlewareStack: MiddlewareStack<Input, Output>;
}

/** Looks at where a request is about to go, whatever settings led there, and stops it before it is signed. */
function endpointGuard<Input extends object, Output extends object>(): Pluggable<Input, Output> {
  return {
    applyToStack: (stack) => {
      stack.add(
        (next) => (args) => {
          refuseEndpoint(hostOf(args.request));
          return next(args);
        },
        { step: "build", name: "endpointGuard", priority: "low" },
      );
    },
  };
}

function refuseEndpoint(host: string): void {
  if (host === "sts.amazonaws.com") {
    throw new RootAccessError({
      reason: "refused",
      what: "The request would go to the global STS endpoint, sts.amazonaws.com, which does not know AssumeRoot.",
      effect: "Nothing has been sent.",
      next: "Remove the endpoint setting that names it (AWS_ENDPOINT_URL_STS or endpoint_url): the Region's endpoint is used then.",
    });
  }
  if (process.env["BREAK_GLASS_SANDBOX"] !== undefined && !loopback.has(host)) {
    throw new RootAccessError({
      reason: "refused",
      what: `The request would leave the sandbox for ${host}.`,
      effect: "Nothing has been sent.",
      next: "Inside a sandbox AWS_ENDPOINT_URL has to name the sandbox; outside of one, unset BREAK_GLASS_SANDBOX.",
    });
  }
}

const loopback = new Set(["127.0.0.1", "localhost", "[::1]", "::1"]);

function hostOf(request: unknown): string {
  const host: unknown = typeof request === "object" && request !== null ? Reflect.get(request, "hostname") : undefined;
  if (typeof host !== "string") throw new TypeError("The SDK built a request without a host name.");
  return host;
}
