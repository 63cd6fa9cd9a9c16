import { evaluate, type NamedPolicy } from "#iam";
import { organizationPolicies } from "../organization-policies.ts";
import { heldPolicy } from "../policy-texts.ts";
import { findKey } from "../state/find-key.ts";
import type { State } from "../state/state.ts";

/** A service that acts on its own: `events.amazonaws.com`, with the condition keys that it brings. */
export interface ServicePrincipal {
  readonly name: string;
  readonly context: Readonly<Record<string, string>>;
}

/** What a delivery works on: the state as it is at that time. */
export interface DeliveryWorld {
  readonly state: State;
  readonly at: Date;
}

/** One thing that the service has to be allowed to do. */
export interface ServiceRequest {
  readonly action: string;
  readonly resource: string;
  readonly resourceAccountId: string;
  readonly policy: NamedPolicy | undefined;
}

/**
 * Why a service may not do something to a resource: its policy has to name the service, and the organization's resource
 * control policies have to let it.
 *
 * @returns `undefined` when it may
 */
export function refusalOf(
  principal: ServicePrincipal,
  { action, resource, resourceAccountId, policy }: ServiceRequest,
  { state, at }: DeliveryWorld,
): string | undefined {
  const resourceControl = organizationPolicies(state.organization, "RESOURCE_CONTROL_POLICY", resourceAccountId);
  const decision = evaluate(
    {
      action,
      resource,
      resourceAccountId,
      principal: { kind: "service", accountId: "", arn: principal.name },
      context: {
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": principal.name,
        "aws:ResourceAccount": resourceAccountId,
        "aws:ResourceOrgID": state.organization.id,
        "aws:SecureTransport": "true",
        "aws:CurrentTime": at.toISOString(),
        "aws:EpochTime": String(Math.floor(at.getTime() / 1000)),
        ...principal.context,
      },
    },
    { identity: [], ...(policy ? { resource: policy } : {}), ...(resourceControl ? { resourceControl } : {}) },
  );
  if (decision.allowed) return undefined;
  const why =
    decision.kind === "explicit" ? `a ${decision.policyType} denies it` : `no ${decision.policyType} allows it`;
  return `${principal.name} may not ${action} on ${resource}: ${why}.`;
}

/**
 * Why a service may not put something into a topic or queue that is encrypted with a key: what it puts there has to be
 * encrypted with it (docs/aws-behaviour.md, section 9).
 *
 * @param reference as the topic or queue has it; empty for one without a key
 */
export function keyRefusalOf(
  principal: ServicePrincipal,
  reference: string,
  place: Parameters<typeof findKey>[1],
  world: DeliveryWorld,
): string | undefined {
  if (reference === "") return undefined;
  const key = findKey(reference, place, world.state, world.at);
  if (!key) return `The key ${reference} does not exist.`;
  if (!key.enabled || key.deletion) return `The key ${key.arn} is not enabled.`;
  const policy = { name: `policy of key ${key.id}`, document: heldPolicy(key.policy) };
  const requests = ["kms:GenerateDataKey", "kms:Decrypt"].map((action) => ({
    action,
    resource: key.arn,
    resourceAccountId: key.accountId,
    policy,
  }));
  return requests.map((request) => refusalOf(principal, request, world)).find((reason) => reason !== undefined);
}
