import type { StoredObject } from "../../state/s3.ts";
import { invalidArgument } from "./faults.ts";

/** One page of a bucket's keys, in the order of their bytes. */
export interface KeyListing {
  readonly objects: readonly StoredObject[];
  /** What keys have in common up to the delimiter, each once. */
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last key or common prefix of the page: the next page begins after it. */
  readonly last: string | undefined;
}

export interface KeySelection {
  readonly prefix: string;
  readonly delimiter: string;
  /** List what comes after this key or common prefix. */
  readonly after: string;
  readonly most: number;
}

export function listKeys(objects: Iterable<StoredObject>, selection: KeySelection): KeyListing {
  const { prefix, after, most } = selection;
  const sorted = [...objects].filter(({ key }) => key.startsWith(prefix)).sort((a, b) => byBytes(a.key, b.key));
  const page = { objects: [] as StoredObject[], commonPrefixes: [] as string[] };
  let last: string | undefined;
  for (const object of sorted) {
    const group = commonPrefix(object.key, selection);
    const entry = group ?? object.key;
    if (byBytes(entry, after) <= 0 || entry === last) continue;
    if (page.objects.length + page.commonPrefixes.length >= most) return { ...page, isTruncated: most > 0, last };
    if (group === undefined) page.objects.push(object);
    else page.commonPrefixes.push(group);
    last = entry;
  }
  return { ...page, isTruncated: false, last };
}

function commonPrefix(key: string, { prefix, delimiter }: KeySelection): string | undefined {
  if (delimiter === "") return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const largestPage = 1000;

/** @throws AwsFault InvalidArgument */
export function pageSize(maxKeys: number | undefined): number {
  if (maxKeys === undefined) return largestPage;
  if (Number.isInteger(maxKeys) && maxKeys >= 0 && maxKeys <= 2_147_483_647) return Math.min(maxKeys, largestPage);
  throw invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647", "maxKeys", String(maxKeys));
}

/** With `encoding-type=url` keys are percent-encoded, because XML cannot carry every character. */
export function keyEncoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined) return (key) => key;
  if (encodingType !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encodingType);
  }
  return (key) => encodeURIComponent(key).replaceAll("%2F", "/");
}
