import { join } from "node:path";
import { z } from "zod";
import { startNode } from "../child.ts";
import type { BenchServer } from "./bench-server.ts";

/** @param before what goes in front of its command, such as `taskset -c 0` */
export async function startTrivial(before: readonly string[]): Promise<BenchServer> {
  const child = startNode(before, join(import.meta.dirname, "trivial.ts"));
  const { port } = z.strictObject({ port: z.int() }).parse(await child.next());
  return { port, pid: child.pid, stop: child.stop };
}
