import { type AccountId, evaluate, parseAccountId } from "#iam";
import { policiesOf } from "../identity-policies.ts";
import { organizationPolicies } from "../organization-policies.ts";
import { heldPolicy } from "../policy-texts.ts";
import type { IamRole } from "../state/iam.ts";
import { iamOf } from "../state/state.ts";
import { type DeliveryWorld, refusalOf } from "./service-principal.ts";

const eventBridge = "events.amazonaws.com";

interface TargetRole {
  readonly role: IamRole;
  readonly accountId: AccountId;
}

/** Whether a role is there and trusts EventBridge; the role of a target has to. */
export function isAssumedByEventBridge(roleArn: string, world: DeliveryWorld): boolean {
  return assumedRole(roleArn, world) !== undefined;
}

/**
 * Why a target's role may not do something for EventBridge: it is not there, does not trust EventBridge any more, or its
 * policies or the organization's do not allow it.
 *
 * @returns `undefined` when it may
 */
export function roleRefusalOf(
  roleArn: string,
  action: string,
  resource: string,
  world: DeliveryWorld,
): string | undefined {
  const assumed = assumedRole(roleArn, world);
  if (!assumed) return `The role ${roleArn} cannot be assumed by ${eventBridge}.`;
  const { role, accountId } = assumed;
  const { organization } = world.state;
  const serviceControl = organizationPolicies(organization, "SERVICE_CONTROL_POLICY", accountId);
  const decision = evaluate(
    {
      action,
      resource,
      resourceAccountId: accountId,
      principal: {
        kind: "assumed-role",
        accountId,
        arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/events`,
        roleArn: role.arn,
      },
      context: {
        "aws:PrincipalArn": role.arn,
        "aws:PrincipalAccount": accountId,
        "aws:ResourceAccount": accountId,
        "aws:SecureTransport": "true",
        "aws:CurrentTime": world.at.toISOString(),
      },
    },
    { identity: policiesOf(role), ...(serviceControl ? { serviceControl } : {}) },
  );
  if (decision.allowed) return undefined;
  const why =
    decision.kind === "explicit" ? `a ${decision.policyType} denies it` : `no ${decision.policyType} allows it`;
  return `${role.arn} may not ${action} on ${resource}: ${why}.`;
}

function assumedRole(roleArn: string, world: DeliveryWorld): TargetRole | undefined {
  const accountId = parseAccountId(roleArn.split(":")[4] ?? "");
  if (accountId === undefined || !world.state.organization.accounts.has(accountId)) return undefined;
  const role = iamOf(world.state, accountId).roles.get(roleArn.split("/").at(-1) ?? "");
  if (role?.arn !== roleArn) return undefined;
  const policy = { name: `trust policy of ${role.name}`, document: heldPolicy(role.trustPolicy) };
  const request = { action: "sts:AssumeRole", resource: role.arn, resourceAccountId: accountId, policy };
  const refusal = refusalOf({ name: eventBridge, context: {} }, request, world);
  return refusal === undefined ? { role, accountId } : undefined;
}
