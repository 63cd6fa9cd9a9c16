import type { AwsCredentialIdentity } from "@smithy/types";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { type Client, type Json, type Outcome, splitName } from "../clients/client.ts";
import { meets } from "./meets.ts";
import type { Expected, Step } from "./step.ts";

/** One client's side of the conversation: what it has kept so far. */
export interface Speaker {
  readonly client: Client;
  readonly kept: Map<string, Json>;
}

/** @param administrators keys by the names that steps use in `as` */
export function speaker(client: Client, administrators: Readonly<Record<string, AwsCredentialIdentity>>): Speaker {
  const kept = Object.entries(administrators).map(([name, { accessKeyId, secretAccessKey }]) => {
    return [name, { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey }] as const;
  });
  return { client, kept: new Map(kept) };
}

/** A step as one client took it: what it expected, with everything kept put in, and how it ended. */
export interface Taken {
  readonly expected: Expected;
  readonly outcome: Outcome;
}

const longestWait = 20_000;

/** Takes one step, again and again where AWS takes its time. */
export async function take(step: Step, { client, kept }: Speaker): Promise<Taken> {
  const request = {
    ...splitName(step.call),
    input: filledIn(step.input ?? {}, kept),
    region: step.region ?? "ap-northeast-2",
    credentials: credentialsOf(step.as, kept),
  };
  const expected = filledIn(step.expects, kept);
  const deadline = Date.now() + longestWait;
  let outcome = await client.call(request);
  while (step.eventually && !meets(outcome, expected) && Date.now() < deadline) {
    await delay(50);
    outcome = await client.call(request);
  }
  for (const [name, path] of Object.entries(step.keeps ?? {})) kept.set(name, memberAt(outcome, path));
  return { expected, outcome };
}

/** Puts what was kept in the place of its name, wherever a text holds one. */
function filledIn<Value>(value: Value, kept: ReadonlyMap<string, Json>): Value;
function filledIn(value: unknown, kept: ReadonlyMap<string, Json>): unknown {
  if (typeof value === "string") return value.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => keptText(name, kept));
  if (Array.isArray(value)) return value.map((item: unknown) => filledIn(item, kept));
  if (typeof value !== "object" || value === null || value instanceof RegExp) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filledIn<unknown>(member, kept)]));
}

function keptText(name: string, kept: ReadonlyMap<string, Json>): string {
  const value = kept.get(name);
  if (typeof value !== "string") throw new Error(`No earlier step has kept a text as ${name}.`);
  return value;
}

const credentialsSchema = z.object({
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string().optional(),
});

function credentialsOf(name: string, kept: ReadonlyMap<string, Json>): AwsCredentialIdentity {
  const parsed = credentialsSchema.safeParse(kept.get(name));
  if (!parsed.success) throw new Error(`No earlier step has kept credentials as ${name}.`);
  const { AccessKeyId, SecretAccessKey, SessionToken } = parsed.data;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
  };
}

function memberAt(outcome: Outcome, path: string): Json {
  const answer: unknown = "answer" in outcome ? outcome.answer : {};
  const member = path.split(".").reduce((value, name) => {
    return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
  }, answer);
  return z.json().catch(null).parse(member);
}
