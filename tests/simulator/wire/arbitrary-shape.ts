import type { NormalizedSchema } from "@smithy/core/schema";
import fc from "fast-check";

/** Whatever an operation's input or output allows, in the form in which the SDK's clients take and give it. */
export function arbitraryMembers(schema: NormalizedSchema, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  if (schema.isUnitSchema() || depth >= maximumDepth) return fc.constant({});
  const members = [...schema.structIterator()].map(
    ([name, member]) => [name, arbitraryShape(member, depth + 1)] as const,
  );
  if (!schema.isUnionSchema()) return fc.record(Object.fromEntries(members));
  return fc.oneof(...members.map(([name, value]) => value.map((chosen) => ({ [name]: chosen }))));
}

function arbitraryShape(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  if (schema.isListSchema()) return arbitraryList(schema, depth);
  if (schema.isMapSchema()) return arbitraryMap(schema, depth);
  if (schema.isStructSchema()) return arbitraryMembers(schema, depth);
  if (schema.isTimestampSchema()) {
    return fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }).map((seconds) => new Date(seconds * 1000));
  }
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.nat(5000);
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 12 });
  return isInHead(schema) ? headText : bodyText;
}

/** Structures that contain themselves have to end somewhere. */
const maximumDepth = 9;

const headText = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}[a-z0-9]$/);

const bodyText = fc.constantFrom(
  "alpha",
  "x y&<z>\"'",
  "ünï 한국어",
  "arn:aws:iam::123456789012:root",
  '{"Version":"2012-10-17"}',
  "1",
  "0012",
  "true",
  "line\nbreak",
);

/** Headers, path and query do not carry every character. */
function isInHead(schema: NormalizedSchema): boolean {
  const { httpHeader, httpLabel, httpQuery, httpPrefixHeaders } = schema.getMergedTraits();
  return Boolean(httpHeader ?? httpLabel ?? httpQuery ?? httpPrefixHeaders);
}

function arbitraryList(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth >= maximumDepth) return fc.constant([]);
  const element = isInHead(schema) ? headText : arbitraryShape(schema.getValueSchema(), depth + 1);
  return fc.array(element, { minLength: 1, maxLength: 2 });
}

function arbitraryMap(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  if (depth >= maximumDepth) return fc.constant({});
  const value = isInHead(schema) ? headText : arbitraryShape(schema.getValueSchema(), depth + 1);
  return fc.dictionary(fc.constantFrom("k1", "k2"), value, { minKeys: 1, maxKeys: 2, noNullPrototype: true });
}
