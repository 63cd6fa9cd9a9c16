import { AwsFault } from "../aws-fault.ts";
import type { Route } from "./rest-routes.ts";
import type { WireRequest } from "./wire.ts";

/** The query parameters without a value that name what of a bucket or object a request is about: `acl`, `policy` … */
export function subResourcesOf(routes: readonly Route[]): ReadonlySet<string> {
  const flags = routes.flatMap(({ query }) => query.filter(([, value]) => value === "").map(([name]) => name));
  // An upload is named by its id where the others are named by themselves.
  return new Set([...flags, "uploadId"]);
}

/**
 * A request is about one thing.
 *
 * @throws AwsFault InvalidArgument that lists what a query asks for at once, in the order of the alphabet
 */
export function checkSubResources({ query }: WireRequest, subResources: ReadonlySet<string>): void {
  const asked = [...new Set(query.keys())].filter((name) => subResources.has(name)).sort();
  const [first = ""] = asked;
  if (asked.length < 2) return;
  throw new AwsFault("InvalidArgument", `Conflicting query string parameters: ${asked.join(", ")}`, {
    members: { ArgumentName: "ResourceType", ArgumentValue: first },
  });
}
