import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { makePrivateFolder, syncFolder } from "../local-folder.ts";
import { parsedJson } from "../json-text.ts";
import { type RecordLine, recordLineSchema } from "./record-line.ts";

/**
 * Adds a line to the record of its month, `records-2026-11.jsonl`, for its owner alone, and returns when it has reached the
 * disk. Several processes may do so at once: a line is one write at the file's end.
 */
export async function appendToRecord(folder: string, line: RecordLine): Promise<void> {
  await makePrivateFolder(folder);
  const file = await open(join(folder, `records-${line.at.slice(0, 7)}.jsonl`), "a+", 0o600);
  try {
    const start = (await endsInHalfALine(file)) ? "\n" : "";
    await file.appendFile(`${start}${JSON.stringify(recordLineSchema.parse(line))}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
  await syncFolder(folder);
}

/** @returns `undefined` for what is not a line of a record, such as one that a killed process left half written */
export function parseRecordLine(text: string): RecordLine | undefined {
  return recordLineSchema.safeParse(parsedJson(text)).data;
}

async function endsInHalfALine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== "\n";
}
