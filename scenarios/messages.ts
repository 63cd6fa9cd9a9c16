import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { accessFromProfile } from "#root-access";
import { sendMissingMessages } from "./queue-messages.ts";

const inputSchema = z.object({
  queueArn: z.string(),
  region: z.string(),
  profile: z.string().optional(),
  bodies: z.array(z.string()),
});
const stateSchema = inputSchema.extend({ digests: z.array(z.string()) });

/** The state of the resource Messages. */
export type MessagesState = z.infer<typeof stateSchema>;

/** Sends the messages that are not there yet: a run that was interrupted half way does not send them twice. */
export async function createMessages(inputs: unknown): Promise<{ id: string; outs: MessagesState }> {
  const messages = inputSchema.parse(inputs);
  const owner = accessFromProfile(messages.profile, messages.region);
  const digests = await sendMissingMessages(owner, messages.queueArn, messages.bodies);
  return { id: messages.queueArn, outs: { ...messages, digests } };
}

/** Another queue or other bodies are other messages; another profile or Region is just noted. */
export function diffMessages(olds: unknown, news: unknown): { changes: boolean; replaces: string[] } {
  const [before, after] = [inputSchema.parse(olds), inputSchema.parse(news)];
  const replaces = (["queueArn", "bodies"] as const).filter((key) => !isDeepStrictEqual(before[key], after[key]));
  return { changes: !isDeepStrictEqual(before, after), replaces };
}

/** @returns the state after a change that touches nothing in AWS */
export function updateMessages(olds: unknown, news: unknown): { outs: MessagesState } {
  return { outs: { ...inputSchema.parse(news), digests: stateSchema.parse(olds).digests } };
}
