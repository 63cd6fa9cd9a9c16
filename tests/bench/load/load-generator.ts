import { join } from "node:path";
import { startNode } from "../child.ts";
import { reportSchema, type Report } from "./job.ts";

/** The load generator, started and waiting. */
export interface LoadGenerator {
  /** @throws Error with the answer when the server refuses the request */
  readonly send: (port: number, request: Uint8Array, milliseconds: number) => Promise<Report>;
  readonly stop: () => Promise<void>;
}

/** As many as keep a server busy without making a queue of it. */
const connections = 8;
const mostAnswers = 100_000;

/** @param before what goes in front of its command, such as `taskset -c 1` */
export function startLoadGenerator(before: readonly string[]): LoadGenerator {
  const child = startNode(before, join(import.meta.dirname, "generator.ts"));
  return {
    send: async (port, request, milliseconds) => {
      child.send({ port, request: Buffer.from(request).toString("base64"), connections, milliseconds, mostAnswers });
      const report = reportSchema.parse(await child.next());
      if (report.refusal !== undefined) throw new Error(`The server refused the request:\n${report.refusal}`);
      return report;
    },
    stop: child.stop,
  };
}
