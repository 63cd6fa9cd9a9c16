import { MalformedPolicyError, parsePolicy, type PolicyDocument, type Statement } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import { parsedJson } from "../../json-text.ts";
import type { Bucket } from "../../state/s3.ts";
import type { State } from "../../state/state.ts";
import { unknownPrincipal } from "../known-principals.ts";

const largestPolicyBytes = 20_480;

/**
 * Reads a bucket policy as strictly as S3 does.
 *
 * @throws AwsFault MalformedPolicy in S3's words
 */
export function readBucketPolicy(text: string, bucket: Bucket, state: State): PolicyDocument {
  if (Buffer.byteLength(text) > largestPolicyBytes)
    throw malformed("Policy exceeds the maximum allowed document size.");
  checkElements(readJson(text));
  const document = readPolicy(text);
  if (unknownPrincipal(document, state) !== undefined) throw malformed("Invalid principal in policy");
  for (const statement of document.statements) checkStatement(statement, bucket);
  return document;
}

function readJson(text: string): object {
  const value = text.startsWith("{") ? parsedJson(text) : undefined;
  if (typeof value === "object" && value !== null) return value;
  throw malformed("Policies must be valid JSON and the first byte must be '{'");
}

/** What S3 has a sentence of its own for; everything else that is wrong is found by reading the policy. */
function checkElements(policy: object): void {
  const elements = new Map(Object.entries(policy));
  const statements: unknown[] = [elements.get("Statement") ?? []].flat();
  const version: unknown = elements.get("Version");
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    throw malformed("The policy must contain a valid version string");
  }
  if (!elements.has("Statement")) throw malformed("Missing required field Statement");
  if (statements.length === 0) throw malformed("Could not parse the policy: Statement is empty!");
  refuseUnknown(policy, ["Version", "Id", "Statement"]);
  for (const statement of statements) {
    if (typeof statement === "object" && statement !== null) checkStatementElements(statement);
  }
}

function checkStatementElements(statement: object): void {
  const names = new Set(Object.keys(statement));
  refuseUnknown(statement, ["Sid", "Effect", "Condition", ...required.flatMap((name) => [name, `Not${name}`])]);
  const effect = new Map<string, unknown>(Object.entries(statement)).get("Effect");
  if (effect === undefined) throw malformed("Missing required field Effect");
  if (effect !== "Allow" && effect !== "Deny")
    throw malformed(`Invalid effect: ${typeof effect === "string" ? effect : JSON.stringify(effect)}`);
  const missing = required.find((name) => !names.has(name) && !names.has(`Not${name}`));
  if (missing === "Principal") throw malformed("Missing required field Principal cannot be empty!");
  if (missing !== undefined) throw malformed(`Missing required field ${missing}`);
}

const required = ["Principal", "Action", "Resource"] as const;

function refuseUnknown(element: object, known: readonly string[]): void {
  const unknown = Object.keys(element).find((name) => !known.includes(name));
  if (unknown !== undefined) throw malformed(`Unknown field ${unknown}`);
}

/** The policy's own reader knows where it is wrong; S3 says the same in fewer words. */
function readPolicy(text: string): PolicyDocument {
  try {
    return parsePolicy(text, "resource");
  } catch (error) {
    if (!(error instanceof MalformedPolicyError)) throw error;
    const [, element] = /\.(?:Not)?(Principal|Action|Resource|Condition)\b/.exec(error.message) ?? [];
    throw malformed(sentences.get(element ?? "") ?? "Invalid policy syntax.");
  }
}

const sentences = new Map([
  ["Principal", "Invalid principal in policy"],
  ["Action", "Policy has invalid action"],
  ["Resource", "Policy has invalid resource"],
  ["Condition", "Policy has an invalid condition key"],
]);

function checkStatement(statement: Statement, bucket: Bucket): void {
  const actions = [...(statement.actions ?? []), ...(statement.notActions ?? [])];
  if (actions.some((action) => !/^(\*$|s3:)/i.test(action))) throw malformed("Policy has invalid action");
  const resources = [...(statement.resources ?? []), ...(statement.notResources ?? [])];
  if (resources.some((resource) => !isWithin(bucket, resource))) throw malformed("Policy has invalid resource");
  if (statement.notActions || statement.notResources) return;
  if (actions.some((action) => !appliesToAny(action, resources, bucket))) {
    throw malformed("Action does not apply to any resource(s) in statement");
  }
}

function isWithin({ arn }: Bucket, resource: string): boolean {
  return resource === arn || resource.startsWith(`${arn}/`) || resource === `${arn}*`;
}

/** Every action is about buckets or about objects; one with a wildcard may be about both. */
function appliesToAny(action: string, resources: readonly string[], { arn }: Bucket): boolean {
  if (/[*?]/.test(action)) return true;
  const isAboutObjects =
    /Object|MultipartUploadParts|AbortMultipartUpload/.test(action) && !/BucketObjectLock/.test(action);
  return resources.some((resource) => resource === `${arn}*` || resource.startsWith(`${arn}/`) === isAboutObjects);
}

function malformed(message: string): AwsFault {
  return new AwsFault("MalformedPolicy", message);
}
