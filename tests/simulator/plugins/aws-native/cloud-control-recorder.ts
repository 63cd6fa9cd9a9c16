import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A call as Cloud Control got it. */
export interface RecordedCall {
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly status?: number;
  readonly body: object;
}

/** A server that answers Cloud Control's operations in the order of a script and remembers what was asked. */
export interface Recorder {
  readonly endpoint: string;
  readonly calls: RecordedCall[];
  /** What to answer next; a call that nothing is left for gets a 500. */
  script: Answer[];
  readonly close: () => Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
  const calls: RecordedCall[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const [, operation = "unknown"] = String(request.headers["x-amz-target"]).split(".");
      calls.push({ operation, body: JSON.parse(body) as Record<string, unknown> });
      const answer = recorder.script.shift() ?? { status: 400, body: { __type: "UnscriptedCall", message: operation } };
      response.writeHead(answer.status ?? 200, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const recorder: Recorder = {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    script: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return recorder;
}

/** The answer to a write or to a question for its status. */
export function progress(status: string, more: Readonly<Record<string, string>> = {}): Answer {
  return { body: { ProgressEvent: { OperationStatus: status, RequestToken: "request-1", ...more } } };
}

/** The answer to GetResource. */
export function resource(properties: object): Answer {
  return { body: { TypeName: "any", ResourceDescription: { Properties: JSON.stringify(properties) } } };
}

export function failure(code: string, message: string): Answer {
  return { status: 400, body: { __type: code, message } };
}
