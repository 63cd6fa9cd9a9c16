import { getPolicies, getPoliciesForTarget, getPolicy, getResourceTags } from "@pulumi/aws/organizations/index.js";
import { isDeepStrictEqual } from "node:util";
import type { ExistingGuardrail, GuardrailPolicy } from "../guardrail-policies.ts";
import { observe, type Observed } from "../facts/observed.ts";
import { isOwn, knownState, type OwnResources } from "../facts/own-resources.ts";
import { refused, type Reviewed } from "../review.ts";

/** A service control policy that a guardrail is to make, and where it is to be attached. */
export interface WantedGuardrail {
  /** The configuration key that asks for it. */
  readonly key: string;
  readonly policy: GuardrailPolicy;
  readonly targetIds: readonly string[];
}

/** A policy of the wanted name. */
export interface FoundGuardrail extends ExistingGuardrail {
  /** In this stack's state already. */
  readonly isOwn: boolean;
  readonly description: string;
  readonly content: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Looks for a policy of a guardrail's name, because AWS refuses a second one, and for its attachments, because AWS refuses
 * to attach twice. What is in the stack's state is not looked up.
 */
export async function findGuardrail(
  wanted: WantedGuardrail,
  own: OwnResources | undefined,
): Promise<Observed<FoundGuardrail | undefined>> {
  if (own === undefined) return { needs: knownState };
  const { name } = wanted.policy;
  const missing = wanted.targetIds.filter((targetId) => !isOwnAttachment(own, targetId, ownPolicyId(own, name)));
  if (ownPolicyId(own, name) !== undefined && missing.length === 0) return { known: undefined };
  return observe(
    lookUp(name, missing, own),
    "organizations:ListPolicies, DescribePolicy, ListTagsForResource, ListPoliciesForTarget",
  );
}

async function lookUp(
  name: string,
  targetIds: readonly string[],
  own: OwnResources,
): Promise<FoundGuardrail | undefined> {
  const found = await policyNamed(name);
  if (found === undefined) return undefined;
  const { id: policyId, description, content } = found;
  const { tags } = await getResourceTags({ resourceId: policyId });
  const attached = await Promise.all(
    targetIds.map(async (targetId) => {
      const { ids } = await getPoliciesForTarget({ filter: serviceControl, targetId });
      return ids.includes(policyId) ? [targetId] : [];
    }),
  );
  const isOwnPolicy = ownPolicyId(own, name) === policyId;
  return { policyId, attachedTo: attached.flat(), isOwn: isOwnPolicy, description, content, tags };
}

const serviceControl = "SERVICE_CONTROL_POLICY";

async function policyNamed(name: string): Promise<Awaited<ReturnType<typeof getPolicy>> | undefined> {
  const { ids } = await getPolicies({ filter: serviceControl });
  const policies = await Promise.all(ids.map((policyId) => getPolicy({ policyId })));
  return policies.find((policy) => policy.name === name);
}

/** A policy's id is the last part of its ARN. */
function ownPolicyId(own: OwnResources, name: string): string | undefined {
  const policy = own.find(({ type, outputs }) => type === policyType && outputs["name"] === name);
  const arn = policy?.outputs["arn"];
  return typeof arn === "string" ? arn.split("/").at(-1) : undefined;
}

const policyType = "aws:organizations/policy:Policy";

function isOwnAttachment(own: OwnResources, targetId: string, policyId: string | undefined): boolean {
  return (
    policyId !== undefined && isOwn(own, "aws:organizations/policyAttachment:PolicyAttachment", { policyId, targetId })
  );
}

/** The same settings are taken over; other settings are somebody's, and the name is taken. */
export function adoptGuardrail(
  { key, policy }: WantedGuardrail,
  found: FoundGuardrail | undefined,
): Reviewed<ExistingGuardrail | undefined> {
  if (found === undefined || found.isOwn) return { accepted: found };
  const differences = differencesOf(policy, found);
  if (differences.length === 0) return { accepted: found };
  return refused(
    `${key}: the organization has a service control policy ${policy.name} (${found.policyId}) that this stack does not manage, with ${differences.join(", ")}. ` +
      `It is left alone: choose another ${key}.policyName, or give it the content and description configured here and it is taken over.`,
  );
}

function differencesOf({ description, content }: GuardrailPolicy, found: FoundGuardrail): readonly string[] {
  const comparisons: readonly (readonly [boolean, string])[] = [
    [found.description === description, `another description (${found.description})`],
    [isDeepStrictEqual(JSON.parse(found.content), content), "another content"],
    [Object.keys(found.tags).length === 0, `tags (${Object.keys(found.tags).join(", ")})`],
  ];
  return comparisons.flatMap(([same, words]) => (same ? [] : [words]));
}
