import type { LookupAttribute } from "@aws-sdk/client-cloudtrail";
import { notImplemented } from "../../aws-fault.ts";
import type { TrailEvent } from "../../state/trail.ts";
import { invalidLookupAttributes } from "./faults.ts";

/**
 * What a lookup attribute lets through; everything, where there is none.
 *
 * @throws AwsFault InvalidLookupAttributesException; 501 for attributes of resources, which are not recorded here
 */
export function attributeFilter(attribute: LookupAttribute | undefined): (event: TrailEvent) => boolean {
  if (!attribute) return () => true;
  const { AttributeKey: key, AttributeValue: value } = attribute;
  if (key === undefined || value === undefined || value === "") {
    throw invalidLookupAttributes("A lookup attribute has an AttributeKey and an AttributeValue.");
  }
  if (countedLength(value) > longestValue) {
    throw invalidLookupAttributes(`An AttributeValue has at most ${longestValue} characters.`);
  }
  const read = readers.get(key);
  if (read) return (event) => read(event) === value;
  if (key === "ResourceName" || key === "ResourceType")
    throw notImplemented(`The lookup attribute ${key} of cloudtrail`);
  throw invalidLookupAttributes(`${key} is not a lookup attribute.`);
}

const longestValue = 2000;

/** CloudTrail counts some characters twice. Source: AWS CloudTrail API Reference, LookupAttribute. */
function countedLength(value: string): number {
  return value.length + (value.match(/[_ ,\n]/g)?.length ?? 0);
}

const readers: ReadonlyMap<string, (event: TrailEvent) => string> = new Map([
  ["AccessKeyId", ({ accessKeyId }: TrailEvent) => accessKeyId],
  ["EventId", ({ eventId }: TrailEvent) => eventId],
  ["EventName", ({ eventName }: TrailEvent) => eventName],
  ["EventSource", ({ eventSource }: TrailEvent) => eventSource],
  ["ReadOnly", ({ readOnly }: TrailEvent) => String(readOnly)],
  ["Username", ({ userName }: TrailEvent) => userName],
]);
