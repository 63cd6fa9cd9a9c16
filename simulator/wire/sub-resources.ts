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
 * The one thing that a request is about, if it is not the bucket or object itself.
 *
 * @throws AwsFault InvalidArgument that lists what a query asks for at once, in the order of the alphabet
 */
export function subResourceAsked({ query }: WireRequest, subResources: ReadonlySet<string>): string | undefined {
  const asked = [...new Set(query.keys())].filter((name) => subResources.has(name)).sort();
  const [first = ""] = asked;
  if (asked.length < 2) return asked[0];
  throw new AwsFault("InvalidArgument", `Conflicting query string parameters: ${asked.join(", ")}`, {
    members: { ArgumentName: "ResourceType", ArgumentValue: first },
  });
}
