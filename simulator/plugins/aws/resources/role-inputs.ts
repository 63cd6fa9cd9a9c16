import { z } from "zod";
import * as input from "../inputs.ts";
import { normalizedPolicy } from "../policy-equivalence.ts";

const inlinePolicy = z.strictObject({ name: z.string(), policy: input.policy.transform(normalizedPolicy) });

/** What a program may say of a role, and what it is where the program says nothing. */
export const roleInputs = z.object({
  assumeRolePolicy: input.policy,
  description: z.string().max(1000).optional(),
  forceDetachPolicies: z.boolean().default(false),
  inlinePolicies: z.array(inlinePolicy).optional(),
  managedPolicyArns: z.array(z.string()).optional(),
  maxSessionDuration: z.int().min(3600).max(43_200).default(3600),
  name: z.string().optional(),
  path: z.string().default("/"),
  tags: input.tags,
});
export type RoleInputs = z.output<typeof roleInputs>;
