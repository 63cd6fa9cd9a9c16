import { AwsFault } from "../../aws-fault.ts";
import type { StoredObject } from "../../state/s3.ts";

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** @throws AwsFault PreconditionFailed (412), or 304 when the caller has the object already */
export function checkReadConditions(object: StoredObject, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modified = wholeSeconds(object.modified);
  if (IfMatch !== undefined) {
    if (!matches(IfMatch, object)) throw preconditionFailed("If-Match");
  } else if (IfUnmodifiedSince && modified > wholeSeconds(IfUnmodifiedSince)) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (IfNoneMatch !== undefined) {
    if (matches(IfNoneMatch, object)) throw notModified(object);
  } else if (IfModifiedSince && modified <= wholeSeconds(IfModifiedSince)) {
    throw notModified(object);
  }
}

/** @throws AwsFault PreconditionFailed when somebody else wrote first */
export function checkWriteConditions(
  known: StoredObject | undefined,
  { IfMatch, IfNoneMatch }: Pick<ReadConditions, "IfMatch" | "IfNoneMatch">,
): void {
  if (IfNoneMatch !== undefined && known && matches(IfNoneMatch, known)) throw preconditionFailed("If-None-Match");
  if (IfMatch !== undefined && !(known && matches(IfMatch, known))) throw preconditionFailed("If-Match");
}

function matches(condition: string, { etag }: StoredObject): boolean {
  const bare = etag.replaceAll('"', "");
  return condition.split(",").some((tag) => ["*", bare].includes(tag.trim().replaceAll('"', "")));
}

/** HTTP dates have no fractions. */
function wholeSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}

function preconditionFailed(condition: string): AwsFault {
  return new AwsFault("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    status: 412,
    members: { Condition: condition },
  });
}

function notModified({ etag, modified }: StoredObject): AwsFault {
  return new AwsFault("NotModified", "Not Modified", {
    status: 304,
    headers: { etag, "last-modified": modified.toUTCString() },
  });
}
