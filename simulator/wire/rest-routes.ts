import type { OperationModel } from "./service-model.ts";
import type { WireRequest } from "./wire.ts";

/** Where one operation of a REST service is found: its line in the routing table. */
export interface Route {
  readonly operation: OperationModel;
  readonly method: string;
  readonly path: RegExp;
  readonly labels: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Query parameters and headers that carry required members: the request names the operation by having them. */
  readonly carriers: readonly string[];
  readonly hasBucket: boolean;
}

export interface RouteMatch {
  readonly operation: OperationModel;
  /** Labels of the URI template and the bucket, still percent-encoded. */
  readonly labels: ReadonlyMap<string, string>;
}

/** The routing table of a service, most demanding routes first. */
export function restRoutes(operations: Iterable<OperationModel>): readonly Route[] {
  const routes = [...operations].flatMap((operation) => (operation.http ? [route(operation, operation.http)] : []));
  return routes.sort((a, b) => rank(b) - rank(a));
}

/**
 * Finds the operation that a request means. The bucket is the first segment of the path or, in the other style, the
 * first label of the host: clients that are given `http://localhost:PORT` send to `BUCKET.localhost`.
 *
 * @param asked the sub-resource that the query names: an operation on the whole of the bucket or object is not meant
 */
export function matchRoute(routes: readonly Route[], request: WireRequest, asked?: string): RouteMatch | undefined {
  const { bucket, rest } = splitBucket(request);
  const found = routes.find(
    (candidate) =>
      candidate.method === request.method &&
      candidate.hasBucket === (bucket !== undefined) &&
      candidate.path.test(rest) &&
      candidate.query.every((parameter) => hasParameter(request, parameter)) &&
      (asked === undefined || isAbout(candidate, asked)) &&
      candidate.carriers.every((name) => request.query.has(name) || request.headers[name] !== undefined),
  );
  return found && { operation: found.operation, labels: readLabels(found, bucket, rest) };
}

/** What has no value in the routing table is there or not; which value it has is nothing to S3. */
function hasParameter({ query }: WireRequest, [name, value]: readonly [string, string]): boolean {
  return value === "" ? query.has(name) : query.get(name) === value;
}

function isAbout({ query, carriers }: Route, subResource: string): boolean {
  return carriers.includes(subResource) || query.some(([name]) => name === subResource);
}

function route(operation: OperationModel, [method, uri]: readonly [string, string, number]): Route {
  const [path = "/", search = ""] = uri.split("?");
  return {
    operation,
    method,
    ...pathPattern(path),
    // The SDKs add x-id for their own sake; clients in other languages leave it out.
    query: [...new URLSearchParams(search)].filter(([name]) => name !== "x-id"),
    carriers: carriersOf(operation),
    hasBucket: memberNames(operation).has("Bucket"),
  };
}

function rank({ query, carriers }: Route): number {
  return query.length + carriers.length;
}

/** `/{Key+}` matches any number of segments, `/{Id}` exactly one. */
function pathPattern(template: string): { path: RegExp; labels: readonly string[] } {
  const labels: string[] = [];
  const source = template
    .replace(/[.*$^()|[\]\\]/g, "\\$&")
    .replace(/\{(\w+)(\+?)\}/g, (_match, label: string, greedy: string) => {
      labels.push(label);
      return greedy ? "(.+)" : "([^/]+)";
    });
  return { path: new RegExp(`^${source}$`), labels };
}

function carriersOf(operation: OperationModel): readonly string[] {
  if (operation.input.isUnitSchema()) return [];
  return [...operation.input.structIterator()].flatMap(([name, member]) => {
    const { httpQuery, httpHeader } = member.getMergedTraits();
    const carrier = httpQuery ?? httpHeader?.toLowerCase();
    return carrier !== undefined && operation.required.includes(name) ? [carrier] : [];
  });
}

function memberNames(operation: OperationModel): Set<string> {
  if (operation.input.isUnitSchema()) return new Set();
  return new Set([...operation.input.structIterator()].map(([name]) => name));
}

function splitBucket({ host, path }: WireRequest): { bucket: string | undefined; rest: string } {
  const bucketInHost = /^(.+)\.(?:localhost|s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com)$/.exec(host)?.[1];
  if (bucketInHost !== undefined) return { bucket: bucketInHost, rest: path };
  const match = /^\/([^/]+)(\/.*)?$/.exec(path);
  return match ? { bucket: match[1], rest: match[2] ?? "/" } : { bucket: undefined, rest: path };
}

function readLabels(found: Route, bucket: string | undefined, rest: string): ReadonlyMap<string, string> {
  const values = found.path.exec(rest)?.slice(1) ?? [];
  const labels = new Map(found.labels.map((label, index) => [label, values[index] ?? ""]));
  return bucket === undefined ? labels : labels.set("Bucket", bucket);
}
