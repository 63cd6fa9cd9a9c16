import * as z from "zod";

const oneOrMany = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const principal = z.union([
  z.literal("*").transform((everyone): { AWS?: string[]; Service?: string[] } => ({ AWS: [everyone] })),
  z.strictObject({ AWS: oneOrMany.optional(), Service: oneOrMany.optional() }),
]);

const conditionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const conditionValues = z.union([conditionValue.transform((one) => [one]), z.array(conditionValue)]);

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Principal: principal.optional(),
  NotPrincipal: principal.optional(),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), conditionValues)).default({}),
});

const policy = z.strictObject({
  Version: z.enum(["2008-10-17", "2012-10-17"]).default("2008-10-17"),
  Id: z.string().optional(),
  Statement: z.union([statement.transform((one) => [one]), z.array(statement)]),
});

export type Statement = z.infer<typeof statement>;
export type Principals = z.infer<typeof principal>;

/** A statement, and whether its policy's language has variables ("IAM JSON policy elements: Version"). */
export interface StatementInPolicy extends Statement {
  readonly hasVariables: boolean;
}

/** Reads one policy. Every one-or-many element becomes a list. */
export function statementsOf(text: unknown): readonly StatementInPolicy[] {
  const { Version, Statement } = policy.parse(text);
  return Statement.map((one) => ({ ...one, hasVariables: Version === "2012-10-17" }));
}
