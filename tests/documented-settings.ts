import { z } from "zod";
import { settingsSchema } from "../components/configuration/configuration-schema.ts";

/** A setting as the README's tables have it. */
export interface DocumentedSetting {
  readonly type: string;
  readonly isRequired: boolean;
  /** As it is written in YAML; undefined where there is none, or where it is a list, which the README puts into words. */
  readonly default: string | undefined;
}

const nodeSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
});
type Node = z.infer<typeof nodeSchema>;

/** Every setting of the organization stack by its name, from the schema that reads it. */
export function settingsOfSchema(): ReadonlyMap<string, DocumentedSetting> {
  // What is written has the types; what is read has the defaults, also behind a conversion.
  const [written, read] = (["input", "output"] as const).map((io) =>
    nodeSchema.parse(z.toJSONSchema(settingsSchema, { io, unrepresentable: "any" })),
  );
  return new Map(written && read ? below("", written, read) : []);
}

function below(prefix: string, written: Node, read: Node): readonly (readonly [string, DocumentedSetting])[] {
  return Object.entries(written.properties ?? {}).flatMap(([key, property]) => {
    const node = nodeSchema.parse(property);
    const output = nodeSchema.parse(read.properties?.[key]);
    const name = prefix + key;
    const setting = {
      type: typeOf(node),
      isRequired: written.required?.includes(key) ?? false,
      default: textOf(output.default),
    };
    return [[name, setting], ...below(`${name}.`, itemOf(node), itemOf(output))] as const;
  });
}

function itemOf(node: Node): Node {
  return node.items === undefined ? node : nodeSchema.parse(node.items);
}

function typeOf(node: Node): string {
  if (node.type === "array") return `list of ${typeOf(itemOf(node))}s`;
  if (node.type === "boolean" || node.enum?.join() === "true,false") return "true or false";
  if (node.enum !== undefined) return "word";
  if (Array.isArray(node.type)) return "account";
  return node.type === "string" ? "text" : String(node.type);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}
