import * as z from "zod";
import { duplicateElement } from "./duplicate-elements.ts";
import { MalformedPolicyError } from "./malformed-policy-error.ts";

/**
 * Reads the outer form of a policy: JSON, the elements' names and types. What the values mean is not looked at here.
 *
 * @throws MalformedPolicyError naming the element
 */
export function readPolicyText(policy: unknown): PolicyText {
  const result = policySchema.safeParse(typeof policy === "string" ? parseJson(policy) : policy);
  if (result.success) return result.data;
  throw new MalformedPolicyError(firstProblem(result.error));
}

function parseJson(text: string): unknown {
  const value = jsonValue(text);
  const duplicate = duplicateElement(text);
  if (duplicate === undefined) return value;
  throw new MalformedPolicyError(`"${duplicate}" appears twice in the same object.`);
}

function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MalformedPolicyError(`The policy is not JSON: ${reason}`, { cause: error });
  }
}

const oneOrMany = z.union([z.string(), z.array(z.string())], { error: "expected a string or a list of strings" });

const principals = z.union(
  [
    z.literal("*"),
    z.strictObject({
      AWS: oneOrMany.optional(),
      Service: oneOrMany.optional(),
      Federated: oneOrMany.optional(),
      CanonicalUser: oneOrMany.optional(),
    }),
  ],
  { error: 'expected "*" or an object with AWS, Service, Federated or CanonicalUser' },
);

const conditionValue = z.union([z.string(), z.number(), z.boolean()]);
const conditionValues = z.union([conditionValue, z.array(conditionValue)], {
  error: "expected a string, number or boolean, or a list of them",
});

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"], { error: "expected Allow or Deny" }),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).optional(),
});

const policySchema = z.strictObject(
  {
    Version: z.enum(["2008-10-17", "2012-10-17"], { error: "expected 2012-10-17 or 2008-10-17" }).optional(),
    Id: z.string().optional(),
    // Not a union of one and many: the errors of a union do not say which element of a statement is wrong.
    Statement: z.preprocess(
      (value) => (value === undefined ? undefined : [value].flat()),
      z.array(statementSchema, { error: "is missing" }),
    ),
  },
  { error: (issue) => (issue.code === "invalid_type" ? "a policy is a JSON object" : undefined) },
);

type PolicyText = z.infer<typeof policySchema>;
export type StatementText = z.infer<typeof statementSchema>;
export type PrincipalsText = z.infer<typeof principals>;
export type ConditionText = NonNullable<StatementText["Condition"]>;

function firstProblem({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (!issue) return "The policy is malformed.";
  const place = issue.path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return place === "" ? `Policy: ${issue.message}` : `${place.replace(/^\./, "")}: ${issue.message}`;
}
