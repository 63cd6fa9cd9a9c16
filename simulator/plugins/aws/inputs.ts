import { z } from "zod";
import { isJson } from "../../json-text.ts";

/** A policy document: text, or an object that becomes text. */
export const policy = z.union([
  z.string(),
  z.record(z.string(), z.unknown()).transform((document) => JSON.stringify(document)),
]);

export const json = z.string().refine(isJson, "contains an invalid JSON");

export const region = z.string().optional();

export const tags = z.record(z.string(), z.string()).optional();
