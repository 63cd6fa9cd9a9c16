/** A path is `$`, or members and indices below it: `$.detail.eventName`, `$.resources[0]`, `$.detail-type`. */
const pattern = /^\$(?:\.[\w-]+|\[(?:\d+|'[^']+'|"[^"]+")\])*$/;

export function isJsonPath(path: string): boolean {
  return pattern.test(path);
}

/** What stands at a path; `undefined` where nothing does. */
export function valueAt(path: string, value: unknown): unknown {
  const steps = [...path.slice(1).matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\]/g)].map(
    ([, member, index, single, double]) => member ?? index ?? single ?? double ?? "",
  );
  return steps.reduce<unknown>(step, value);
}

function step(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
