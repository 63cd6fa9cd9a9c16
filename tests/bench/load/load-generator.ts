import { join } from "node:path";
import { startNode } from "../child.ts";
import { reportSchema, type Report } from "./job.ts";

/** The load generator, started and waiting. */
export interface LoadGenerator {
  /** @throws Error with the answer when the server refuses the request */
  readonly send: (port: number, request: Uint8Array, limits: Limits) => Promise<Report>;
  readonly stop: () => Promise<void>;
}

/** A round ends with whichever comes first. */
export interface Limits {
  readonly milliseconds: number;
  readonly mostAnswers: number;
}

/** As many as keep a server busy without making a queue of it. */
const connections = 8;

/** @param before what goes in front of its command, such as `taskset -c 1` */
export function startLoadGenerator(before: readonly string[]): LoadGenerator {
  const child = startNode(before, join(import.meta.dirname, "generator.ts"));
  return {
    send: async (port, request, limits) => {
      child.send({ port, request: Buffer.from(request).toString("base64"), connections, ...limits });
      const report = reportSchema.parse(await child.next());
      if (report.refusal !== undefined) throw new Error(`The server refused the request:\n${report.refusal}`);
      return report;
    },
    stop: child.stop,
  };
}
