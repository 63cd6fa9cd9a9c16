import type { Tag } from "@aws-sdk/client-iam";
import { AwsFault } from "../../aws-fault.ts";
import { limitExceeded } from "./faults.ts";

const mostTags = 50;

/**
 * Adds tags to what may have some already.
 *
 * @returns what IAM answers: nothing
 * @throws AwsFault InvalidInput for a key given twice, LimitExceeded for too many
 */
export function addTags(tags: Map<string, string>, added: readonly Tag[] | undefined): object {
  const pairs = (added ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""] as const);
  const keys = pairs.map(([key]) => key);
  if (new Set(keys).size < keys.length) {
    throw new AwsFault("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  if (new Set([...tags.keys(), ...keys]).size > mostTags) {
    throw limitExceeded("The number of tags has reached the maximum limit.");
  }
  for (const [key, value] of pairs) tags.set(key, value);
  return {};
}

export function removeTags(tags: Map<string, string>, keys: readonly string[]): object {
  for (const key of keys) tags.delete(key);
  return {};
}

export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
