/**
 * Changes what a component registers for one of its nodes: gets the arguments as the component would have them and
 * returns those to use. Pure, and called once for each resource, before it is registered. What it returns is not checked
 * again.
 *
 * For resource options (protect, provider, aliases, …) use Pulumi's own `transforms` among the component's options: it
 * sees every node.
 *
 * @example
 * new BreakGlassPermissionSet("break-glass", {
 *   instanceArn,
 *   transform: { permissionSet: (args) => ({ ...args, tags: [{ key: "owner", value: "platform" }] }) },
 * });
 */
export type Transform<Args> = (args: Args) => Args;

/** The arguments of a node after the transform, if there is one. */
export function transformed<Args>(transform: Transform<Args> | undefined, args: Args): Args {
  return transform === undefined ? args : transform(args);
}
