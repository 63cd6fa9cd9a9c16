import { closest, distance } from "fastest-levenshtein";

/**
 * What somebody may have meant. A misspelling leaves most of a name as it was.
 *
 * @returns the nearest of the known names, or `undefined` where none is near
 * @example nearest("Wrokloads", ["Security", "Workloads"]) // "Workloads"
 */
export function nearest(misspelt: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const candidate = closest(misspelt, known);
  const isNear = distance(misspelt.toLowerCase(), candidate.toLowerCase()) <= Math.ceil(candidate.length / 3);
  return isNear ? candidate : undefined;
}
