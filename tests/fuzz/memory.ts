import type { Members } from "../simulator/wire/comparable.ts";

/**
 * What the simulator answered so far, so that later inputs can name what there is: ids, tokens, ARNs, of services that
 * nobody has foreseen here, too.
 */
export interface Memory {
  readonly learn: (output: object) => void;
  /** The input with every reference replaced by something that was answered under the same name. */
  readonly resolve: (input: Members) => Members;
}

/** Stands in an input for a value that was answered under the member's name; `otherwise`, where there is none yet. */
export function reference(which: number, otherwise: string): string {
  return `remembered ${which} or ${otherwise}`;
}

const remembered = 20;

/** @param taboo what is never named: who sends the requests has to outlive them */
export function memory(taboo: readonly string[]): Memory {
  const values = new Map<string, string[]>();
  return {
    learn: (output) => {
      learn(output, "");
    },
    resolve: (input) => resolveMembers(input),
  };

  function learn(value: unknown, name: string): void {
    if (typeof value === "string") remember(name, value);
    else if (Array.isArray(value)) for (const item of value) learn(item, name);
    else if (typeof value === "object" && value !== null && !(value instanceof Date || value instanceof Uint8Array)) {
      for (const [member, inner] of Object.entries(value)) if (member !== "$metadata") learn(inner, member);
    }
  }

  function remember(name: string, value: string): void {
    if (taboo.some((word) => value.includes(word))) return;
    for (const key of [name, kindOf(name), ...(value.startsWith("arn:") ? ["Arn"] : [])]) {
      const known = values.get(key) ?? [];
      if (!known.includes(value)) values.set(key, [value, ...known].slice(0, remembered));
    }
  }

  function resolveMembers(members: object): Members {
    return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, resolve(value, name)]));
  }

  function resolve(value: unknown, name: string): unknown {
    if (typeof value === "string") return resolveText(value, name);
    if (Array.isArray(value)) return value.map((item) => resolve(item, name));
    const isPlain = typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
    return isPlain ? resolveMembers(value) : value;
  }

  function resolveText(text: string, name: string): string {
    const [, which, otherwise] = /^remembered (\d+) or (.*)$/s.exec(text) ?? [];
    if (which === undefined || otherwise === undefined) return text;
    const known = values.get(name) ?? (Number(which) % 4 === 0 ? values.get(kindOf(name)) : undefined) ?? [];
    return known[Number(which) % known.length] ?? otherwise;
  }
}

/** Inputs and outputs call the same thing by several names: ResourceArn and Arn, UserId and Id, NextMarker and Marker. */
function kindOf(name: string): string {
  return /(Arn|Id|Token|Marker|Handle|Url|Name|ETag)s?$/.exec(name)?.[1] ?? name;
}
