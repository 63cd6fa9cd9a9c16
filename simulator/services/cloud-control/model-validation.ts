import { z } from "zod";
import { parsedJson } from "../../json-text.ts";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import { validationException } from "../json-refusals.ts";
import type { ResourceType } from "./resource-type.ts";
import { invalidRequest } from "./faults.ts";

/**
 * Reads the text of a model and checks it against the resource type's schema.
 *
 * @throws AwsFault InvalidRequestException for what is not a JSON object, ValidationException in CloudFormation's words
 *   for properties that are unknown, missing or of the wrong shape, 501 for those that are not modelled
 */
export function readModel(text: string, type: ResourceType): ResourceProperties {
  const model = readObject(text);
  checkModel(model, type);
  return model;
}

/** As {@link readModel}, for a model that has been read. */
export function checkModel(model: ResourceProperties, type: ResourceType): void {
  const result = type.schema.safeParse(model, { reportInput: true });
  if (!result.success) throw validationException(modelProblems(result.error));
  type.refuseUnmodelled?.(model);
}

/** As {@link checkModel}, for the properties that name a resource: what else its model needs is not asked for. */
export function checkKey(key: ResourceProperties, { schema }: ResourceType): void {
  const { error } = schema.safeParse(key, { reportInput: true });
  const issues =
    error?.issues.filter(({ path: [property] }) => property !== undefined && String(property) in key) ?? [];
  if (issues.length > 0) throw validationException(modelProblems({ issues }));
}

/** @throws AwsFault InvalidRequestException */
export function readObject(text: string): ResourceProperties {
  const { data } = objectSchema.safeParse(parsedJson(text));
  if (!data) throw invalidRequest("The model is not a JSON object.");
  return data;
}

const objectSchema = z.record(z.string(), z.unknown());

/** The first problem stands in brackets, the others follow on lines of their own. */
function modelProblems({ issues }: Pick<z.ZodError, "issues">): string {
  const [first = "", ...others] = issues.flatMap(describe);
  return [`Model validation failed (${first})`, ...others].join("\n");
}

function describe(issue: z.core.$ZodIssue): readonly string[] {
  const place = pointer(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => `${place}: extraneous key [${key}] is not permitted`);
    case "invalid_type":
      if (issue.input === undefined) {
        return [`${pointer(issue.path.slice(0, -1))}: required key [${String(issue.path.at(-1))}] not found`];
      }
      return [`${place}: expected type: ${typeNames[issue.expected] ?? issue.expected}, found: ${typeOf(issue.input)}`];
    case "too_big":
      return [`${place}: expected ${issue.origin === "string" ? "maxLength" : "maximum item count"}: ${issue.maximum}`];
    case "too_small":
      return [`${place}: expected ${issue.origin === "string" ? "minLength" : "minimum item count"}: ${issue.minimum}`];
    case "invalid_format":
      return [`${place}: failed validation constraint for keyword [pattern]`];
    case "invalid_value":
      return [`${place}: failed validation constraint for keyword [enum]`];
    case "invalid_union":
      return [`${place}: no subschema matched out of the total ${issue.errors.length} subschemas`];
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "not_multiple_of":
      return [`${place}: ${issue.message}`];
  }
}

function pointer(path: readonly PropertyKey[]): string {
  return ["#", ...path.map(String)].join("/");
}

const typeNames: Readonly<Partial<Record<string, string>>> = {
  string: "String",
  object: "JSONObject",
  record: "JSONObject",
  array: "JSONArray",
};

function typeOf(value: unknown): string {
  if (value === null) return "Null";
  if (Array.isArray(value)) return "JSONArray";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Double";
  if (typeof value === "string") return "String";
  return typeof value === "boolean" ? "Boolean" : "JSONObject";
}
