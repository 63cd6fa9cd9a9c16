import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

/**
 * The text of a file as tools leave it: CloudTrail compresses its log files, PowerShell writes UTF-16, editors begin with
 * a byte order mark.
 *
 * @throws Error of the file system; or one that says that the file is no text, or too large
 */
export async function fileText(path: string): Promise<string> {
  return textIn(await readFile(path));
}

/** The same for bytes that came in on stdin. */
export async function textIn(bytes: Uint8Array): Promise<string> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return decoded(isGzip ? await unzipped(bytes) : bytes);
}

/** CloudTrail's files have some megabytes; a text beyond this is none of them, and would fill the memory. */
const largestText = 256 * 1024 * 1024;

async function unzipped(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: largestText });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw isTooLarge ? new Error("it is larger than 256 MiB, unpacked") : error;
  }
}

function decoded(bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (text.includes("\0")) throw new Error("it holds binary data and no text");
  return text;
}

/** By the byte order mark, which the decoder takes off. */
function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
