import { z } from "zod";
import { parsedJson } from "../../json-text.ts";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import { validationException } from "../json-refusals.ts";
import { invalidRequest } from "./faults.ts";

/**
 * Applies a JSON patch (RFC 6902) to a model.
 *
 * @throws AwsFault InvalidRequestException for what is not a patch, ValidationException for one that does not fit
 */
export function applyPatch(model: ResourceProperties, text: string): ResourceProperties {
  const document = { "": structuredClone({ ...model }) as unknown };
  for (const operation of readPatch(text)) apply(document, operation);
  const patched = z.record(z.string(), z.unknown()).safeParse(document[""]);
  if (!patched.success) throw validationException("Invalid patch update: the result is not an object.");
  return patched.data;
}

const operationSchema = z.discriminatedUnion("op", [
  z.object({ op: z.enum(["add", "replace", "test"]), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal("remove"), path: z.string() }),
  z.object({ op: z.enum(["move", "copy"]), path: z.string(), from: z.string() }),
]);

type PatchOperation = z.infer<typeof operationSchema>;

/** What holds a value: the key or index is the last part of the pointer. */
type Container = Record<string, unknown> | unknown[];

function readPatch(text: string): readonly PatchOperation[] {
  const { data } = z.array(operationSchema).safeParse(parsedJson(text));
  if (!data) throw invalidRequest("The patch document is not a list of JSON patch operations.");
  return data;
}

function apply(document: Container, operation: PatchOperation): void {
  switch (operation.op) {
    case "add":
      put(document, operation.path, operation.value);
      return;
    case "replace":
      take(document, operation.path);
      put(document, operation.path, operation.value);
      return;
    case "remove":
      take(document, operation.path);
      return;
    case "test":
      if (JSON.stringify(get(document, operation.path)) !== JSON.stringify(operation.value))
        throw misfit(operation.path);
      return;
    case "copy":
      put(document, operation.path, structuredClone(get(document, operation.from)));
      return;
    case "move":
      put(document, operation.path, take(document, operation.from));
      return;
  }
}

function put(document: Container, path: string, value: unknown): void {
  const { container, key } = locate(document, path);
  if (!Array.isArray(container)) container[key] = value;
  else container.splice(key === "-" ? container.length : indexIn(container, key, path, container.length), 0, value);
}

function take(document: Container, path: string): unknown {
  const value = get(document, path);
  const { container, key } = locate(document, path);
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else Reflect.deleteProperty(container, key);
  return value;
}

function get(document: Container, path: string): unknown {
  const { container, key } = locate(document, path);
  if (Array.isArray(container)) return container[indexIn(container, key, path, container.length - 1)];
  if (!Object.hasOwn(container, key)) throw misfit(path);
  return container[key];
}

/** Finds what holds the value that a pointer names. The document itself is held under the empty key. */
function locate(document: Container, path: string): { readonly container: Container; readonly key: string } {
  if (path !== "" && !path.startsWith("/")) throw misfit(path);
  const keys = path.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const key = keys.pop() ?? "";
  const container = keys.reduce<unknown>((holder, step) => memberOf(holder, step), document);
  if (!isContainer(container)) throw misfit(path);
  return { container, key };
}

function memberOf(holder: unknown, key: string): unknown {
  if (Array.isArray(holder)) return /^\d+$/.test(key) ? (holder[Number(key)] as unknown) : undefined;
  return isContainer(holder) && !Array.isArray(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

function indexIn(container: readonly unknown[], key: string, path: string, most: number): number {
  const index = /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  if (index < 0 || index > Math.min(most, container.length)) throw misfit(path);
  return index;
}

function misfit(path: string): Error {
  return validationException(`Invalid patch update: the path ${path} does not fit the resource.`);
}
