/** The shape of parsed XML: the reader of the SDK's XML protocols takes it as well as the text. */
export type FormTree = string | readonly FormTree[] | { readonly [name: string]: FormTree };

/**
 * Turns a query-protocol form into a tree: `a.member.1.b=x` becomes `{ a: { member: [{ b: "x" }] } }`.
 *
 * A form whose numeric keys become lists is the tree that the same request in XML would give, so one reader serves both.
 */
export function formTree(form: URLSearchParams): FormTree {
  const root: Node = new Map();
  for (const [path, value] of form) insert(root, path.split("."), value);
  return freeze(root);
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
