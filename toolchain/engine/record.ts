import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

const engineRecordSchema = z.object({
  folder: z.string(),
  version: z.string(),
  source: z.enum(["path", "downloaded", "built"]),
  /** What the engine was chosen or made from; another basis calls for another engine. */
  basis: z.string(),
});

/** What set-up writes down about an engine. */
export type EngineRecord = Readonly<z.infer<typeof engineRecordSchema>>;

/** The engine written down in a file, as long as it is still where it was. */
export function readEngineRecord(file: string): EngineRecord | undefined {
  if (!existsSync(file)) return undefined;
  const record = engineRecordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return existsSync(join(record.folder, "pulumi")) ? record : undefined;
}

export function writeEngineRecord(file: string, record: EngineRecord): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
}
