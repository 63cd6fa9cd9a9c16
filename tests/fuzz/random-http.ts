import fc from "fast-check";
import { type Answer, checkAnswer, unhurried } from "./answer.ts";
import type { Fuzzer } from "./fuzzer.ts";
import { exchange, type Message } from "./raw-exchange.ts";
import { tally } from "./tally.ts";
import { startTarget } from "./target.ts";

/** Random bytes, and random HTTP that is anything from well formed to nearly so, at the simulator's port. */
export const randomHttp: Fuzzer = {
  kind: "http",
  description: "random bytes and HTTP at the port",
  runsPerRound: 500,
  start: async () => {
    const { sandbox, takeDefects } = await startTarget();
    const { count, counts } = tally();
    const send = (message: Message): Promise<Answer> => exchange(sandbox.port, message);
    const property = fc.asyncProperty(messages, async (batch) => {
      const answers = await Promise.all(batch.map(async (message) => ({ message, first: await send(message) })));
      for (const { message, first } of answers) {
        const answer = await unhurried(first, () => send(message));
        checkReply(message, answer, takeDefects());
        count(outcome(answer));
      }
    });
    return { property, counts, stop: sandbox.close };
  },
};

function checkReply({ bytes, whole }: Message, answer: Answer, defects: readonly string[]): void {
  try {
    checkAnswer(answer, defects);
    if (whole && answer.status === undefined) throw new Error("a whole request went without an answer");
  } catch (defect) {
    throw new Error(`sent ${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`, { cause: defect });
  }
}

/** Messages go out together, each on its own connection. */
const messagesAtOnce = 10;

function outcome({ status }: Answer): string {
  return status === undefined ? "closed" : status === 501 ? "501" : `${Math.floor(status / 100)}xx`;
}

const names = ["host", "authorization", "x-amz-date", "x-amz-target", "content-type", "x-amz-content-sha256", "x"];
const headerValues = fc.oneof(
  fc.constantFrom(
    "127.0.0.1",
    "localhost:80",
    "sts.amazonaws.com",
    "bucket.localhost",
    "evil.example",
    "AWS4-HMAC-SHA256 Credential=AKIASANDBOX333ADMIN7/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00",
    `AWS4-HMAC-SHA256 Credential=AKIASANDBOX333ADMIN7/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host;x, Signature=${"0".repeat(64)}`,
    "AWS4-HMAC-SHA256 Credential=///, SignedHeaders=, Signature=",
    "AWS AKIA:signature",
    "20260101T000000Z",
    "00000000T999999Z",
    "AmazonSQS.SendMessage",
    "AWSOrganizationsV20161128.",
    "application/x-www-form-urlencoded",
    "application/x-amz-json-1.1",
    "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "aws-chunked",
  ),
  fc.string({ maxLength: 40 }).map((text) => text.replace(/[^\x20-\x7e]/g, "")),
);
const targets = fc.oneof(
  fc.constantFrom(
    "/",
    "/?Action=AssumeRoot&Version=2011-06-15",
    "/bucket/key?policy",
    "/%",
    "/%ff%fe/%00",
    "/?%=%&==&&",
    "//",
    "/../../etc/passwd",
    "*",
    "http://evil.example/",
    "/_sandbox/credentials/break-glass",
    `/${"a".repeat(5000)}`,
    "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/c/s3/aws4_request&X-Amz-Signature=0",
  ),
  fc.array(fc.string({ maxLength: 8 }).map(encodeURIComponent), { maxLength: 4 }).map((parts) => `/${parts.join("/")}`),
  fc.webQueryParameters().map((query) => `/?${query}`),
);
const bodies = fc.oneof(
  fc.constantFrom("", "{}", "[", '{"a":', "<a>", "Action=GetUser", '{"QueueUrl":{}}', "null", "\0"),
  fc.string({ maxLength: 100 }),
  fc.json(),
);

const http = fc
  .record({
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"),
    target: targets,
    headers: fc.array(fc.tuple(fc.constantFrom(...names), headerValues), { maxLength: 6 }),
    body: bodies,
    framing: fc.constantFrom("length", "length", "length", "chunked", "lie", "none", "both", "cut"),
  })
  .map(({ method, target, headers, body, framing }): Message => {
    const length = Buffer.byteLength(body);
    const framed = {
      length: { head: [`content-length: ${length}`], body },
      chunked: { head: ["transfer-encoding: chunked"], body: `${length.toString(16)}\r\n${body}\r\n0\r\n\r\n` },
      lie: { head: [`content-length: ${length + 7}`], body },
      none: { head: [], body },
      both: { head: [`content-length: ${length}`, "transfer-encoding: chunked"], body },
      cut: { head: ["transfer-encoding: chunked"], body: `${length.toString(16)}\r\n${body}` },
    }[framing];
    const own = headers.map(([name, value]) => `${name}: ${value}`);
    const head = [`${method} ${target} HTTP/1.1`, "host: 127.0.0.1", "connection: close", ...own, ...framed.head];
    return { bytes: Buffer.from(`${head.join("\r\n")}\r\n\r\n${framed.body}`), whole: framing === "length" };
  });

const noise = fc
  .oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ maxLength: 200 }).map((text) => Buffer.from(text)),
  )
  .map((bytes): Message => ({ bytes, whole: false }));

/** HTTP that somebody has damaged on the way. */
const damaged = fc
  .record({ message: http, at: fc.nat(400), byte: fc.nat(255) })
  .map(({ message, at, byte }): Message => {
    const bytes = new Uint8Array(message.bytes);
    if (at < bytes.length) bytes[at] = byte;
    return { bytes, whole: false };
  });

const messages = fc.array(
  fc.oneof({ weight: 5, arbitrary: http }, { weight: 1, arbitrary: damaged }, { weight: 1, arbitrary: noise }),
  { minLength: 1, maxLength: messagesAtOnce, size: "max" },
);
