import { type AccountId, parseArn } from "#iam";
import type { KmsKey } from "./kms.ts";
import type { State } from "./state.ts";
import { awsManagedKey } from "./aws-managed-key.ts";

/** Where a reference to a key is read. */
export interface KeyPlace {
  readonly accountId: AccountId;
  readonly region: string;
}

/**
 * The key that an id, a key ARN, an alias name or an alias ARN means. The key of a service (`alias/aws/sns`) comes into
 * being when it is first named, as in AWS.
 *
 * @returns `undefined` for what does not exist, any more or at all, in the place's Region
 */
export function findKey(reference: string, place: KeyPlace, state: State, now: Date): KmsKey | undefined {
  const arn = keyArnOf(reference, place, state, now);
  const key = arn === undefined ? undefined : state.keys.get(arn);
  if (key?.region !== place.region) return undefined;
  return key.deletion && key.deletion.at <= now ? undefined : key;
}

export function isAlias(reference: string): boolean {
  return /^(arn:[^:]+:kms:[^:]+:\d+:)?alias\//.test(reference);
}

export function aliasArn(name: string, { accountId, region }: KeyPlace): string {
  return `arn:aws:kms:${region}:${accountId}:${name}`;
}

export function keyArn(id: string, { accountId, region }: KeyPlace): string {
  return `arn:aws:kms:${region}:${accountId}:key/${id}`;
}

function keyArnOf(reference: string, place: KeyPlace, state: State, now: Date): string | undefined {
  if (!isAlias(reference)) return reference.startsWith("arn:") ? reference : keyArn(reference, place);
  const arn = reference.startsWith("arn:") ? reference : aliasArn(reference, place);
  const known = state.keyAliases.get(arn);
  if (known) return known.keyArn;
  const service = /^alias\/aws\/(sns|sqs)$/.exec(parseArn(arn)?.resource ?? "")?.[1];
  if (service === undefined || arn !== aliasArn(`alias/aws/${service}`, place)) return undefined;
  const { key, alias } = awsManagedKey(service, place, arn, now);
  state.keys.set(key.arn, key);
  state.keyAliases.set(alias.arn, alias);
  return key.arn;
}
