import { Account } from "@aws-sdk/client-account";
import { CloudTrail } from "@aws-sdk/client-cloudtrail";
import { EC2 } from "@aws-sdk/client-ec2";
import { EventBridge } from "@aws-sdk/client-eventbridge";
import { IAM } from "@aws-sdk/client-iam";
import { Identitystore } from "@aws-sdk/client-identitystore";
import { KMS } from "@aws-sdk/client-kms";
import { Organizations } from "@aws-sdk/client-organizations";
import { S3 } from "@aws-sdk/client-s3";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { SSOAdmin } from "@aws-sdk/client-sso-admin";
import { STS } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentity, Logger } from "@smithy/types";
import { Readable } from "node:stream";
import type { Client, ClientOptions, Json, Members, Outcome, Request, ServiceName } from "./client.ts";

/** The AWS SDK for JavaScript, in this process. */
export function openJavaScriptClient({ endpoint, attempts }: ClientOptions): Client {
  return {
    name: "AWS SDK for JavaScript",
    call: async ({ service, operation, input, region, credentials }) => {
      const settings = { endpoint, region, credentials, maxAttempts: attempts, retryMode: "standard", logger: silent };
      const client = services[service](settings);
      try {
        return { answer: await plainAnswer(await send(client, operation, input)) };
      } catch (error) {
        return outcomeOf(error);
      } finally {
        client.destroy();
      }
    },
    close: () => Promise.resolve(),
  };
}

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity;
  readonly maxAttempts: number;
  readonly retryMode: string;
  readonly logger: Logger;
}

const ignore = (): void => undefined;
const silent: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const services: Readonly<Record<ServiceName, (settings: Settings) => { destroy: () => void }>> = {
  account: (settings) => new Account(settings),
  cloudtrail: (settings) => new CloudTrail(settings),
  ec2: (settings) => new EC2(settings),
  events: (settings) => new EventBridge(settings),
  iam: (settings) => new IAM(settings),
  identitystore: (settings) => new Identitystore(settings),
  kms: (settings) => new KMS(settings),
  organizations: (settings) => new Organizations(settings),
  s3: (settings) => new S3(settings),
  sns: (settings) => new SNS(settings),
  sqs: (settings) => new SQS(settings),
  "sso-admin": (settings) => new SSOAdmin(settings),
  sts: (settings) => new STS(settings),
};

async function send(client: object, operation: string, input: Request["input"]): Promise<object> {
  const method: unknown = Reflect.get(client, `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`);
  if (typeof method !== "function") throw new Error(`The SDK for JavaScript has no operation ${operation}.`);
  const answer: unknown = await Reflect.apply(method, client, [withStreamedBody(input)]);
  if (typeof answer !== "object" || answer === null) throw new Error(`${operation} was answered with no object.`);
  return answer;
}

/** A stream goes out as aws-chunked with a trailing checksum; a text would be sent whole. */
function withStreamedBody({ Body: body, ...input }: Members): object {
  if (typeof body !== "string") return input;
  return { ...input, Body: Readable.from([Buffer.from(body)]), ContentLength: Buffer.byteLength(body) };
}

async function plainAnswer(answer: object): Promise<Members> {
  const { Body: body, ...members } = answer as Record<string, unknown>;
  return { ...plainMembers(members), ...(isStreamedBody(body) ? { Body: await body.transformToString() } : {}) };
}

function isStreamedBody(body: unknown): body is { transformToString: () => Promise<string> } {
  return typeof body === "object" && body !== null && "transformToString" in body;
}

function plainMembers(members: object): Members {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name, value]) => value !== undefined && name !== "$metadata")
      .map(([name, value]) => [name, plain(value)]),
  );
}

function plain(value: unknown): Json {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) return plainMembers(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return String(value);
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Error)) throw error;
  const { $metadata: metadata, Code: code } = error as Error & {
    $metadata?: { httpStatusCode?: number };
    Code?: unknown;
  };
  const status = metadata?.httpStatusCode;
  if (status === undefined || status < 300) return { failure: `${error.name}: ${error.message}` };
  // Where the model has a structure for an error, `name` is the structure's; `Code` is what AWS sent.
  return { refusal: { code: typeof code === "string" ? code : error.name, message: error.message, status } };
}
