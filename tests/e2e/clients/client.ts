import type { AwsCredentialIdentity } from "@smithy/types";
import { z } from "zod";

/** Plain data, as it stands in JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

/** Members by the names that AWS's model gives them. */
export type Members = Readonly<Record<string, Json>>;

export const serviceNames = [
  "account",
  "cloudtrail",
  "ec2",
  "events",
  "iam",
  "identitystore",
  "kms",
  "organizations",
  "s3",
  "sns",
  "sqs",
  "sso-admin",
  "sts",
] as const;

export type ServiceName = (typeof serviceNames)[number];

/** An operation by its whole name. */
export type OperationName = `${ServiceName}:${string}`;

/** @example splitName("sts:AssumeRoot") // { service: "sts", operation: "AssumeRoot" } */
export function splitName(name: OperationName): Pick<Request, "service" | "operation"> {
  const [service, operation = ""] = name.split(":");
  return { service: z.enum(serviceNames).parse(service), operation };
}

/** One call, by AWS's names. A body (`Body`) is text here, and what each client makes of it on the wire. */
export interface Request {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Members;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity;
}

/** What AWS said no with. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** How a call ended: answered, refused by AWS, or failed before there was an answer (`failure` is the client's own text). */
export type Outcome = { readonly answer: Members } | { readonly refusal: Refusal } | { readonly failure: string };

/** A client of AWS: an SDK or a program, in its own language. It is told everything and reads no profile. */
export interface Client {
  readonly name: string;
  readonly call: (request: Request) => Promise<Outcome>;
  readonly close: () => Promise<void>;
}

export interface ClientOptions {
  /** `http://127.0.0.1:PORT` of the sandbox organization. */
  readonly endpoint: string;
  /** 1 never tries again. */
  readonly attempts: number;
}

/** The environment of a client that is a program: nothing of this machine's AWS settings, and no way out. */
export function clientEnvironment({ endpoint, attempts }: ClientOptions): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^AWS_/i.test(name));
  return {
    ...Object.fromEntries(kept),
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
    AWS_ENDPOINT_URL: endpoint,
    AWS_MAX_ATTEMPTS: String(attempts),
    AWS_RETRY_MODE: "standard",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
