import type {
  AttachPolicyRequest,
  DetachPolicyRequest,
  ListPoliciesForTargetRequest,
  ListPoliciesForTargetResponse,
  ListTargetsForPolicyRequest,
  ListTargetsForPolicyResponse,
} from "@aws-sdk/client-organizations";
import { AwsFault } from "../../aws-fault.ts";
import type { OrganizationPolicy, OrganizationPolicyType, OrganizationState } from "../../state/organization.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { constraintViolation, invalidInput, notFound } from "./faults.ts";
import { attach, fullAccessPolicy } from "./full-access-policy.ts";
import { policyNamed, summarise } from "./known-policy.ts";
import { listPage } from "./list-page.ts";
import { policyTypeNotEnabled, readPolicyType } from "./policy-type.ts";
import { arnOf, type Target, targetNamed } from "./targets.ts";
import { checkIsManagementAccount, checkMayRead } from "./who-may-call.ts";

/** How many policies of a type one target may have. AWS doubled the number for service control policies in May 2026. */
const mostAttached: Readonly<Record<OrganizationPolicyType, number>> = {
  SERVICE_CONTROL_POLICY: 10,
  RESOURCE_CONTROL_POLICY: 5,
};

export const attachPolicy: Operation<Decoded<AttachPolicyRequest>, object> = {
  requires,
  perform: (input, call) => {
    const { policy, target } = namedIn(input, call);
    const { organization } = call.state;
    if (!organization.root.enabledPolicyTypes.has(policy.type)) throw policyTypeNotEnabled();
    const attached = attachedTo(target.id, policy.type, organization);
    if (attached.includes(policy)) {
      throw new AwsFault(
        "DuplicatePolicyAttachmentException",
        "A policy with the specified name and type already exists.",
      );
    }
    if (attached.length >= mostAttached[policy.type]) {
      throw constraintViolation(
        "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
        "You have attached the maximum number of policies to the specified target.",
      );
    }
    attach(policy.id, target.id, organization);
    return {};
  },
};

export const detachPolicy: Operation<Decoded<DetachPolicyRequest>, object> = {
  requires,
  perform: (input, call) => {
    const { policy, target } = namedIn(input, call);
    const attached = attachedTo(target.id, policy.type, call.state.organization);
    if (!attached.includes(policy)) {
      throw new AwsFault("PolicyNotAttachedException", "The policy isn't attached to the specified target.");
    }
    checkMayBeDetached(policy, attached);
    call.state.organization.attachments.get(target.id)?.delete(policy.id);
    return {};
  },
};

export const listPoliciesForTarget: Operation<Decoded<ListPoliciesForTargetRequest>, ListPoliciesForTargetResponse> = {
  requires: ({ TargetId, Filter }, { state: { organization } }) => [
    { resource: arnOf(TargetId, organization), context: { "organizations:PolicyType": Filter } },
  ],
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    const type = readPolicyType(input.Filter);
    const target = targetNamed(input.TargetId, organization);
    if (!target) throw notFound("TargetNotFoundException");
    const page = listPage(attachedTo(target.id, type, organization), input, call);
    return { Policies: page.items.map(summarise), ...page.more };
  },
};

export const listTargetsForPolicy: Operation<Decoded<ListTargetsForPolicyRequest>, ListTargetsForPolicyResponse> = {
  requires: ({ PolicyId }, { state: { organization } }) => [{ resource: arnOf(PolicyId, organization) }],
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    const policy = policyNamed(input.PolicyId, organization);
    const ids = [...organization.attachments].flatMap(([id, attached]) => (attached.has(policy.id) ? [id] : []));
    const page = listPage(ids, input, call);
    return { Targets: page.items.flatMap((id) => describe(targetNamed(id, organization))), ...page.more };
  },
};

function describe(target: Target | undefined): { TargetId: string; Arn: string; Name: string; Type: Target["type"] }[] {
  return target ? [{ TargetId: target.id, Arn: target.arn, Name: target.name, Type: target.type }] : [];
}

function attachedTo(
  targetId: string,
  type: OrganizationPolicyType,
  { attachments, policies }: OrganizationState,
): readonly OrganizationPolicy[] {
  return [...(attachments.get(targetId) ?? [])].flatMap((id) => {
    const policy = policies.get(id);
    return policy?.type === type ? [policy] : [];
  });
}

function namedIn(
  { PolicyId, TargetId }: Decoded<AttachPolicyRequest>,
  call: Call,
): { policy: OrganizationPolicy; target: Target } {
  checkIsManagementAccount(call);
  const { organization } = call.state;
  const policy = policyNamed(PolicyId, organization);
  const target = targetNamed(TargetId, organization);
  if (!target) throw notFound("TargetNotFoundException");
  return { policy, target };
}

function checkMayBeDetached(policy: OrganizationPolicy, attached: readonly OrganizationPolicy[]): void {
  if (policy.id === fullAccessPolicy.RESOURCE_CONTROL_POLICY) {
    throw invalidInput("NON_DETACHABLE_POLICY", "You specified a policy that can't be detached.");
  }
  if (attached.length > 1) return;
  throw constraintViolation(
    "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
    "You cannot remove the last policy attached to the specified target. You must have at least one attached at all times.",
  );
}

function requires(
  { PolicyId, TargetId }: Decoded<AttachPolicyRequest>,
  { state: { organization } }: Call,
): readonly Requirement[] {
  const policy = organization.policies.get(PolicyId);
  const context = policy ? { context: { "organizations:PolicyType": policy.type } } : {};
  return [
    { resource: arnOf(PolicyId, organization), ...context },
    { resource: arnOf(TargetId, organization), ...context },
  ];
}
