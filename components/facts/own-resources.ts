import { getOrganization, getProject, getStack, runtime } from "@pulumi/pulumi";
import { z } from "zod";

/** The resources in this stack's state, as the last run left them: type and outputs. */
export type OwnResources = readonly OwnResource[];

export interface OwnResource {
  readonly type: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Asks the engine what this stack's state holds. What is in there is this stack's own; anything else that already exists
 * is somebody else's, or was left behind by a run that was killed.
 *
 * @returns `undefined` where the engine cannot tell: then nothing is known to be somebody else's, and nothing is looked up
 */
export async function readOwnResources(): Promise<OwnResources | undefined> {
  const stackName = `${getOrganization()}/${getProject()}/${getStack()}`;
  try {
    const answer: unknown = await runtime.invoke("pulumi:pulumi:readStackResourceOutputs", { stackName });
    return Object.values(answerSchema.parse(answer).outputs);
  } catch {
    return undefined;
  }
}

/** What a look-up needs where the engine cannot tell. */
export const knownState = "a Pulumi engine that tells what the stack's state holds";

const answerSchema = z.object({
  outputs: z.record(z.string(), z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()) })),
});

/** Whether the state has a resource of that type with these outputs. */
export function isOwn(own: OwnResources, type: string, outputs: Readonly<Record<string, unknown>>): boolean {
  return own.some(
    (resource) =>
      resource.type === type && Object.entries(outputs).every(([name, value]) => resource.outputs[name] === value),
  );
}

/** Whether this stack made that account the delegate. */
export function isOwnDelegate(own: OwnResources, accountId: string): boolean {
  return isOwn(own, "aws:organizations/delegatedAdministrator:DelegatedAdministrator", { accountId });
}
