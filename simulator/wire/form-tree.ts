import { AwsFault } from "../aws-fault.ts";

/** The shape of parsed XML: the reader of the SDK's XML protocols takes it as well as the text. */
export type FormTree = string | readonly FormTree[] | { readonly [name: string]: FormTree };

/**
 * Turns a query-protocol form into a tree: `a.member.1.b=x` becomes `{ a: { member: [{ b: "x" }] } }`.
 *
 * A form whose numeric keys become lists is the tree that the same request in XML would give, so one reader serves both.
 *
 * @throws AwsFault MalformedInput for a key that goes deeper than any service's model
 */
export function formTree(form: URLSearchParams): FormTree {
  const root: Node = new Map();
  for (const [path, value] of form) insert(root, segmentsOf(path), value);
  return freeze(root);
}

/** Far more than the structures of a service's model have in one another. */
const deepest = 64;

function segmentsOf(path: string): readonly string[] {
  const segments = path.split(".");
  if (segments.length > deepest) throw new AwsFault("MalformedInput", "A parameter's name has too many parts.");
  return segments;
}

type Node = Map<string, Node | string>;

function insert(node: Node, [key = "", ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    node.set(key, value);
    return;
  }
  const next = node.get(key);
  const child: Node = next instanceof Map ? next : new Map<string, Node | string>();
  node.set(key, child);
  insert(child, rest, value);
}

function freeze(node: Node | string): FormTree {
  if (typeof node === "string") return node;
  const entries = [...node];
  const isList = entries.length > 0 && entries.every(([key]) => /^[1-9]\d*$/.test(key));
  if (isList) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => freeze(child));
  return Object.fromEntries(entries.map(([key, child]) => [key, freeze(child)]));
}
