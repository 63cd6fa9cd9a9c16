import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from "@smithy/core/config";
import { ConfiguredRetryStrategy } from "@smithy/core/retry";
import type { AwsCredentialIdentityProvider, MiddlewareStack, RetryStrategyV2 } from "@smithy/types";
import { nameFailures } from "./aws-call-failed.ts";
import { sessionCredentials } from "./credentials.ts";
import { requireLoopback } from "./loopback.ts";
import { guardRequests } from "./loopback-requests.ts";
import type { SessionSettings } from "./settings.ts";

/** Whom a provider instance speaks for, and where: what its SDK clients are made of. */
export interface Session {
  readonly settings: SessionSettings;
  readonly region: string;
  /** Aborted when the engine cancels. */
  readonly signal: AbortSignal;
  readonly clientConfiguration: (service: string, region?: string) => ClientConfiguration;
}

export interface ClientConfiguration {
  readonly region: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly retryStrategy: RetryStrategyV2;
  readonly endpoint?: string;
}

/**
 * Opens a session for a provider's settings. Sends nothing.
 *
 * @throws NotLoopback when requests could leave this machine; {@link NoRegion}
 */
export async function openSession(settings: SessionSettings, signal: AbortSignal): Promise<Session> {
  requireLoopback(process.env, settings.endpoints);
  const region = settings.region ?? (await ambientRegion(settings.profile));
  const credentials = sessionCredentials(settings, process.env, region);
  const retryStrategy = new ConfiguredRetryStrategy(settings.maximumRetries, retryDelay);
  return {
    settings,
    region,
    signal,
    clientConfiguration: (service, serviceRegion = region) => {
      const endpoint = settings.endpoints[service];
      return { region: serviceRegion, credentials, retryStrategy, ...(endpoint ? { endpoint } : {}) };
    },
  };
}

/** A client that cannot leave this machine and whose failures name the operation. */
export function sandboxed<Input extends object, Output extends object, Client extends ClientOf<Input, Output>>(
  client: Client & ClientOf<Input, Output>,
): Client {
  nameFailures(client.middlewareStack);
  guardRequests(client.middlewareStack);
  return client;
}

interface ClientOf<Input extends object, Output extends object> {
  readonly middlewareStack: MiddlewareStack<Input, Output>;
}

export class NoRegion extends Error {
  override readonly name = "NoRegion";

  constructor() {
    super("Make sure you have set your AWS region, e.g. `pulumi config set aws:region us-west-2`.");
  }
}

async function ambientRegion(profile: string | undefined): Promise<string> {
  const named = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  if (named) return named;
  const fileOptions = { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile ? { profile } : {}) };
  try {
    return await loadConfig(NODE_REGION_CONFIG_OPTIONS, fileOptions)();
  } catch {
    throw new NoRegion();
  }
}

/** The SDKs back off up to 20 s; against a sandbox on this machine a moment is enough. */
function retryDelay(attempt: number): number {
  return Math.min(10 * 2 ** attempt, 200);
}
