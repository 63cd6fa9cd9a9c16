import { AwsFault } from "../../aws-fault.ts";

/** Offsets of the first and the last byte. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * @returns `undefined` when the header is absent or asks for what S3 does not do: the answer is then the whole object
 * @throws AwsFault InvalidRange (416) when nothing of the range is there
 * @example readRange("bytes=-5", 11) // { first: 6, last: 10 }
 */
export function readRange(header: string | undefined, length: number): ByteRange | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const range =
    from === ""
      ? { first: Math.max(0, length - Number(to)), last: length - 1 }
      : { first: Number(from), last: Math.min(to === "" ? Infinity : Number(to), length - 1) };
  if (from !== "" && to !== "" && Number(to) < Number(from)) return undefined;
  if (range.first <= range.last) return range;
  throw new AwsFault("InvalidRange", "The requested range is not satisfiable", {
    status: 416,
    headers: { "content-range": `bytes */${length}` },
    members: { RangeRequested: header ?? "", ActualObjectSize: String(length) },
  });
}
