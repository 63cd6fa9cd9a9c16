import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { AwsAccess } from "#root-access";

/** A request as it reached the stub, its service told from the signature's credential scope. */
export interface StubRequest {
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly method: string;
  readonly url: string;
  readonly target: string;
  readonly body: string;
}

export interface StubAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A loopback endpoint that answers as a test says: for failures and orders that a real organization would not show. */
export interface AwsStub {
  readonly requests: readonly StubRequest[];
  readonly close: () => Promise<void>;
}

/** Starts the stub and points every SDK client of this process to it, until it is closed. */
export async function startAwsStub(
  answer: (request: StubRequest) => StubAnswer | Promise<StubAnswer>,
): Promise<AwsStub> {
  const requests: StubRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const request = await read(incoming);
      requests.push(request);
      const { status, body = "", headers = {} } = await answer(request);
      outgoing.writeHead(status, headers).end(body);
    })();
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const before = process.env["AWS_ENDPOINT_URL"];
  process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${port}`;
  return {
    requests,
    close: async () => {
      if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
      else process.env["AWS_ENDPOINT_URL"] = before;
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

/** Access with fixed keys, as a profile would give it. */
export function accessWith(accessKeyId: string, region = "ap-northeast-2"): AwsAccess {
  const identity = { accessKeyId, secretAccessKey: `${accessKeyId}-secret`, sessionToken: `${accessKeyId}-token` };
  return { region, label: `profile ${accessKeyId}`, credentials: () => Promise.resolve(identity) };
}

async function read(incoming: IncomingMessage): Promise<StubRequest> {
  const [, accessKeyId = "", , region = "", service = ""] =
    /Credential=([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\//.exec(incoming.headers.authorization ?? "") ?? [];
  return {
    service,
    region,
    accessKeyId,
    method: incoming.method ?? "",
    url: incoming.url ?? "",
    target: String(incoming.headers["x-amz-target"] ?? ""),
    body: await text(incoming),
  };
}

export const rootKeyId = "ASIAROOTSESSION";
export const rootSecret = "root-session-secret-key";
export const rootToken = "root-session-token";

export function callerIdentity(accountId: string, arn: string): StubAnswer {
  return xml(
    200,
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
      `<Arn>${arn}</Arn><UserId>${accountId}</UserId><Account>${accountId}</Account>` +
      `</GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}

export function assumedRoot(): StubAnswer {
  return xml(
    200,
    `<AssumeRootResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRootResult><Credentials>` +
      `<AccessKeyId>${rootKeyId}</AccessKeyId><SecretAccessKey>${rootSecret}</SecretAccessKey>` +
      `<SessionToken>${rootToken}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>` +
      `</Credentials></AssumeRootResult></AssumeRootResponse>`,
  );
}

export function queryError(status: number, code: string, message: string): StubAnswer {
  return xml(
    status,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>request-1</RequestId></ErrorResponse>`,
  );
}

export function s3Error(status: number, code: string, message: string): StubAnswer {
  return xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

export function xml(status: number, body: string): StubAnswer {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
    headers: { "content-type": "text/xml", "x-amzn-requestid": "request-1" },
  };
}

export function sqsAnswer(body: object): StubAnswer {
  return { status: 200, body: JSON.stringify(body), headers: { "content-type": "application/x-amz-json-1.0" } };
}

/** The wire form of docs/aws-behaviour.md, section 6. */
export function sqsDenial(message: string): StubAnswer {
  return {
    status: 403,
    body: JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", Message: message }),
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-query-error": "AccessDenied;Sender" },
  };
}
