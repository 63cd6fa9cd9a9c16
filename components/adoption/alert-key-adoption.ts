import { getAlias, type GetAliasResult } from "@pulumi/aws/kms/index.js";
import { getResources } from "@pulumi/aws/resourcegroupstaggingapi/index.js";
import type { InvokeOptions } from "@pulumi/pulumi";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { PolicyJson } from "#iam";
import { alertKeySettings, type AlertKeySettings, type AlertScope, keyTag } from "../alert-settings.ts";
import { leftAlone } from "./alerts-left-alone.ts";
import type { ExistingAlerts } from "../existing-alerts.ts";
import { findResource, unlessAbsent } from "../facts/found-resource.ts";
import { isOwn, type OwnResources } from "../facts/own-resources.ts";
import { refused, type Reviewed } from "../review.ts";

/** The key of a topic, and what of it is to be taken over. */
export interface AdoptedKey {
  /** `undefined` for a key that is to be made. */
  readonly keyArn: string | undefined;
  readonly existing: Pick<ExistingAlerts, "keyId" | "hasKeyAlias" | "unfinished">;
}

/**
 * Looks for the key by its alias, which KMS refuses to give twice. A run that was killed may have left a key without one
 * behind: that is found by its tag. What is in the stack's state is not looked up.
 */
export async function adoptAlertKey(
  scope: AlertScope,
  own: OwnResources,
  options: InvokeOptions,
): Promise<Reviewed<AdoptedKey>> {
  const { accountId, region } = scope;
  const name = aliasName(scope);
  const ownKey = ownKeyArn(scope, own);
  if (
    ownKey !== undefined &&
    isOwn(own, "aws:kms/alias:Alias", { arn: `arn:aws:kms:${region}:${accountId}:${name}` })
  ) {
    return { accepted: { keyArn: ownKey, existing: {} } };
  }
  const alias = await unlessAbsent(getAlias({ name, region }, options));
  if (ownKey !== undefined) return adoptAlias(scope, ownKey, alias);
  if (alias === undefined) return adoptTagged(scope, await taggedKeys(scope, options));
  const key = await findKey(alias.targetKeyId, scope, options);
  if (key === undefined) return refused(otherKey(scope, alias));
  return adoptKey(scope, key, true);
}

function aliasName({ topicName }: AlertScope): string {
  return `alias/${topicName}`;
}

function ownKeyArn({ accountId, region }: AlertScope, own: OwnResources): string | undefined {
  const arns = own.flatMap(({ type, outputs: { arn } }) =>
    type === "aws:kms/key:Key" && typeof arn === "string" ? [arn] : [],
  );
  return arns.find((arn) => arn.startsWith(`arn:aws:kms:${region}:${accountId}:key/`));
}

function adoptAlias(scope: AlertScope, keyArn: string, alias: GetAliasResult | undefined): Reviewed<AdoptedKey> {
  if (alias === undefined) return { accepted: { keyArn, existing: {} } };
  if (alias.targetKeyArn !== keyArn) return refused(otherKey(scope, alias));
  return { accepted: { keyArn, existing: { hasKeyAlias: true } } };
}

function otherKey(scope: AlertScope, { targetKeyId }: GetAliasResult): string {
  return leftAlone(scope, `an alias ${aliasName(scope)}`, [`another key (${targetKeyId})`], anotherName);
}

/** Where several are tagged, the one that fits; a run that takes one over gives it the alias. */
function adoptTagged(scope: AlertScope, keys: readonly FoundKey[]): Reviewed<AdoptedKey> {
  const [first] = keys;
  if (first === undefined) return { accepted: { keyArn: undefined, existing: {} } };
  const fitting = keys.find((key) => differencesOf(alertKeySettings(scope), key).length === 0);
  return adoptKey(scope, fitting ?? first, false);
}

function adoptKey(scope: AlertScope, key: FoundKey, hasKeyAlias: boolean): Reviewed<AdoptedKey> {
  const differences = differencesOf(alertKeySettings(scope), key);
  if (differences.length > 0) {
    return refused(leftAlone(scope, `a key ${aliasName(scope)} (${key.KeyId})`, differences, anotherName));
  }
  const unfinished = new Set(key.EnableKeyRotation ? [] : (["the key's rotation"] as const));
  return { accepted: { keyArn: key.Arn, existing: { keyId: key.KeyId, hasKeyAlias, unfinished } } };
}

const anotherName = "choose another rootAccessAlerts.topicName";

type FoundKey = z.output<typeof keySchema>;

/** What the caller may not see Cloud Control leaves out. */
const keySchema = z.object({
  KeyId: z.string(),
  Arn: z.string(),
  Description: z.string().default(""),
  Enabled: z.boolean().default(true),
  EnableKeyRotation: z.boolean().optional(),
  KeyPolicy: z.custom<PolicyJson>().optional(),
  KeySpec: z.string().default("SYMMETRIC_DEFAULT"),
  MultiRegion: z.boolean().default(false),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});

async function findKey(id: string, { region }: AlertScope, options: InvokeOptions): Promise<FoundKey | undefined> {
  return findResource({ typeName: "AWS::KMS::Key", identifier: id, region }, keySchema, options);
}

/** Without those that wait for their deletion, whose tags are still there. */
async function taggedKeys(scope: AlertScope, options: InvokeOptions): Promise<readonly FoundKey[]> {
  const tagFilters = [{ key: keyTag, values: [scope.topicName] }];
  const { resourceTagMappingLists: tagged } = await getResources(
    { resourceTypeFilters: ["kms:key"], tagFilters, region: scope.region },
    options,
  );
  const ids = tagged.map(({ resourceArn }) => resourceArn.slice(resourceArn.lastIndexOf("/") + 1));
  const keys = await Promise.all(ids.map((id) => findKey(id, scope, options)));
  return keys.filter((key) => key !== undefined);
}

/** Rotation is switched on after the key is made, so a key without it may be half made. */
function differencesOf({ description, policy, tags }: AlertKeySettings, found: FoundKey): readonly string[] {
  const foundTags = Object.fromEntries(found.Tags.map(({ Key, Value }) => [Key, Value]));
  const isOfKind = found.KeySpec === "SYMMETRIC_DEFAULT" && !found.MultiRegion;
  const policyWords =
    found.KeyPolicy === undefined ? "a policy that may not be read (kms:GetKeyPolicy)" : "another policy";
  const comparisons: readonly (readonly [boolean, string])[] = [
    [found.Description === description, `another description (${found.Description})`],
    [isDeepStrictEqual(found.KeyPolicy, policy), policyWords],
    [found.EnableKeyRotation !== undefined, "a rotation that may not be read (kms:GetKeyRotationStatus)"],
    [found.Enabled, "its use switched off"],
    [isOfKind, "another key spec"],
    [isDeepStrictEqual(foundTags, tags), `other tags than ${keyTag} (${Object.keys(foundTags).join(", ") || "none"})`],
  ];
  return comparisons.flatMap(([same, words]) => (same ? [] : [words]));
}
