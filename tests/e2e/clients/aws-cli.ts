import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { awsCliFolder } from "#toolchain";
import type { Ended } from "../sandbox.ts";
import { openAwsProgram } from "./aws-program.ts";
import {
  type Client,
  clientEnvironment,
  type ClientOptions,
  type Members,
  type Outcome,
  type Request,
} from "./client.ts";

const missing = "there is no AWS CLI here, and no Python to install one with";

/** Why there is none on this machine, or undefined where there is. */
export async function whyNoAwsCli(): Promise<string | undefined> {
  const program = await openAwsProgram(environmentWithAws(process.env), tmpdir());
  await program?.close();
  return program ? undefined : missing;
}

/** The real AWS CLI, on botocore: a command for each call. */
export async function openAwsCli(options: ClientOptions): Promise<Client> {
  const folder = await mkdtemp(join(tmpdir(), "break-glass-aws-cli-"));
  const configFile = join(folder, "config");
  await writeFile(configFile, "[default]\ncli_timestamp_format = iso8601\n");
  const environment = {
    ...environmentWithAws(clientEnvironment(options)),
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    AWS_PAGER: "",
  };
  const program = await openAwsProgram(environment, folder);
  if (!program) throw new Error(missing);
  return {
    name: "AWS CLI",
    call: async (request) => {
      const files = { sent: join(folder, "sent"), received: join(folder, "received") };
      if (typeof request.input["Body"] === "string") await writeFile(files.sent, request.input["Body"]);
      const ended = await program.run(words(request, options.endpoint, files), { ...environment, ...keys(request) });
      return ended.status === 0 ? { answer: await answerOf(request, ended, files) } : outcomeOf(ended);
    },
    close: async () => {
      await program.close();
      await rm(folder, { recursive: true });
    },
  };
}

interface Files {
  readonly sent: string;
  readonly received: string;
}

function environmentWithAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folders = [environment["PATH"], awsCliFolder()].filter((folder) => folder !== undefined);
  return { ...environment, PATH: folders.join(delimiter) };
}

function keys({ credentials, region }: Request): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_DEFAULT_REGION: region,
  };
}

/** `--endpoint-url`, because version 1 sends SQS elsewhere otherwise; `--debug`, because only its log tells the status. */
function words({ service, operation, input }: Request, endpoint: string, files: Files): readonly string[] {
  const { Body: body, ...members } = input;
  return [
    service === "s3" ? "s3api" : service,
    commandName(operation),
    ...["--endpoint-url", endpoint, "--output", "json", "--no-paginate", "--debug"],
    ...(body === undefined ? [] : ["--body", files.sent]),
    ...(operation === "GetObject"
      ? [...options(members), files.received]
      : ["--cli-input-json", JSON.stringify(members)]),
  ];
}

/** Beside the name of a file the CLI does not heed `--cli-input-json`. */
function options(members: Members): readonly string[] {
  return Object.entries(members).flatMap(([name, value]) => [
    `--${commandName(name)}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
}

/** `EnableAWSServiceAccess` is the command `enable-aws-service-access`. */
function commandName(operation: string): string {
  return operation
    .replaceAll(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

const answerSchema = z.record(z.string(), z.json());

async function answerOf({ operation }: Request, { stdout }: Ended, { received }: Files): Promise<Members> {
  const printed = stdout.trim() === "" ? {} : answerSchema.parse(JSON.parse(stdout));
  const members = withoutEncodingType(withEncodedPolicy(printed));
  return operation === "GetObject" ? { ...members, Body: await readFile(received, "utf8") } : members;
}

/** The CLI asks for encoded keys by itself, and decodes them. */
function withoutEncodingType(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== "EncodingType"));
}

/** IAM answers with policies encoded as in a URL; the CLI alone decodes and parses them. */
function withEncodedPolicy({ PolicyDocument: document, ...members }: Members): Members {
  if (document === undefined) return members;
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return { ...members, PolicyDocument: encodeURIComponent(text).replaceAll("*", "%2A") };
}

function outcomeOf({ stderr }: Ended): Outcome {
  const errors = [
    ...stderr.matchAll(
      /An error occurred \((.+?)\) when calling the \w+ operation(?: \(reached max retries: \d+\))?: (.*)/g,
    ),
  ];
  const statuses = [...stderr.matchAll(/"[A-Z]+ \S+ HTTP\/1\.1" (\d{3}) /g)];
  const [, code, message] = errors.at(-1) ?? [];
  const status = Number(statuses.at(-1)?.[1]);
  if (code !== undefined && message !== undefined && status >= 300) return { refusal: { code, message, status } };
  return { failure: stderr.trim().split("\n").at(-1) ?? "" };
}
