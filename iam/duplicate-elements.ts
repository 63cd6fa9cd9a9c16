/**
 * Finds an element that one object of a JSON text names twice. `JSON.parse` would silently keep the last one, and with
 * it drop, for example, a condition; IAM refuses such a policy.
 *
 * @param json text that is known to be valid JSON
 * @returns the element's name
 */
export function duplicateElement(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, name, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (name !== undefined && colon !== undefined) {
      const element = String(JSON.parse(name));
      if (open.at(-1)?.has(element)) return element;
      open.at(-1)?.add(element);
    }
  }
  return undefined;
}
