import type { AwsFault } from "../aws-fault.ts";

const mostTags = 50;

/** How a service refuses tags, in its own words. */
export interface TagRefusals {
  readonly invalid: () => AwsFault;
  readonly tooMany: () => AwsFault;
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** @throws AwsFault of the service for a key given twice, texts that AWS does not take, and too many tags */
export function tagMap(tags: readonly Tag[], { invalid, tooMany }: TagRefusals): Map<string, string> {
  const map = new Map(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  const isWrong = [...map].some(([key, value]) => !/^(?!aws:).{1,128}$/su.test(key) || value.length > 256);
  if (map.size < tags.length || isWrong) throw invalid();
  if (map.size > mostTags) throw tooMany();
  return map;
}

/** @throws AwsFault as {@link tagMap}, also where a resource would have too many together with those it has */
export function addTags(tags: Map<string, string>, added: readonly Tag[], refusals: TagRefusals): void {
  const map = tagMap(added, refusals);
  if (new Set([...tags.keys(), ...map.keys()]).size > mostTags) throw refusals.tooMany();
  for (const [key, value] of map) tags.set(key, value);
}
