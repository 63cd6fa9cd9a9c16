import { z } from "zod";
import type { Call } from "../service.ts";

/** The calls to Identity Center that the handlers make, with as much of the answers as they use. */

export interface PermissionSetKey {
  readonly InstanceArn: string;
  readonly PermissionSetArn: string;
}

export interface AssignmentKey extends PermissionSetKey {
  readonly TargetId: string;
  readonly TargetType: string;
  readonly PrincipalType: string;
  readonly PrincipalId: string;
}

type Input = Readonly<Record<string, unknown>>;

/** For operations whose answer is empty. */
export async function tellSso(call: Call, operation: string, input: Input): Promise<void> {
  await call.invoke("sso", operation, input);
}

export async function askSso<Answer>(
  call: Call,
  operation: string,
  input: Input,
  answer: z.ZodType<Answer>,
): Promise<Answer> {
  return answer.parse(await call.invoke("sso", operation, input));
}

/** Asks for all the pages of a list. */
export async function listSso<Item>(
  call: Call,
  operation: string,
  input: Input,
  member: string,
  item: z.ZodType<Item>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let NextToken: string | undefined;
  do {
    const answer = pageSchema.parse(await call.invoke("sso", operation, { ...input, NextToken }));
    items.push(...z.array(item).parse(answer[member]));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return items;
}

const pageSchema = z.looseObject({ NextToken: z.string().optional() });

/** The status of a write that Identity Center finishes later. */
export const writeStatusSchema = z.object({
  Status: z.enum(["IN_PROGRESS", "FAILED", "SUCCEEDED"]),
  RequestId: z.string(),
  FailureReason: z.string().optional(),
});
