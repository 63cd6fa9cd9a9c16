import type {
  CreatePolicyRequest,
  CreatePolicyResponse,
  DeletePolicyRequest,
  DescribePolicyRequest,
  DescribePolicyResponse,
  ListPoliciesRequest,
  ListPoliciesResponse,
  Policy,
  UpdatePolicyRequest,
  UpdatePolicyResponse,
} from "@aws-sdk/client-organizations";
import { AwsFault } from "../../aws-fault.ts";
import { policyId } from "../../aws-identifiers.ts";
import type { OrganizationPolicy, OrganizationPolicyType, OrganizationState } from "../../state/organization.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { invalidInput } from "./faults.ts";
import { policyNamed, summarise } from "./known-policy.ts";
import { listPage } from "./list-page.ts";
import { checkContent } from "./policy-content.ts";
import { readPolicyType } from "./policy-type.ts";
import { tagMap } from "./tag-rules.ts";
import { checkIsManagementAccount, checkMayRead } from "./who-may-call.ts";

/** A policy can be made before its type is enabled; it cannot be attached until then. */
export const createPolicy: Operation<Decoded<CreatePolicyRequest>, CreatePolicyResponse> = {
  requires: ({ Type }) => [{ resource: "*", context: { "organizations:PolicyType": Type } }],
  perform: (input, call) => {
    checkIsManagementAccount(call);
    const { organization } = call.state;
    const type = readPolicyType(input.Type);
    checkName(input.Name, type, organization);
    checkContent(input.Content, type);
    const id = policyId();
    const policy: OrganizationPolicy = {
      id,
      arn: `arn:aws:organizations::${organization.managementAccountId}:policy/${organization.id}/${type.toLowerCase()}/${id}`,
      type,
      awsManaged: false,
      name: input.Name,
      description: input.Description,
      content: input.Content,
    };
    organization.policies.set(id, policy);
    if (input.Tags && input.Tags.length > 0) organization.tags.set(id, tagMap(input.Tags));
    return { Policy: describe(policy) };
  },
};

export const updatePolicy: Operation<Decoded<UpdatePolicyRequest>, UpdatePolicyResponse> = {
  requires: requiresPolicy,
  perform: (input, call) => {
    const { organization } = call.state;
    const policy = changeablePolicy(input.PolicyId, call);
    if (input.Name !== undefined && input.Name !== policy.name) checkName(input.Name, policy.type, organization);
    if (input.Content !== undefined) checkContent(input.Content, policy.type);
    policy.name = input.Name ?? policy.name;
    policy.description = input.Description ?? policy.description;
    policy.content = input.Content ?? policy.content;
    return { Policy: describe(policy) };
  },
};

export const deletePolicy: Operation<Decoded<DeletePolicyRequest>, object> = {
  requires: requiresPolicy,
  perform: (input, call) => {
    const { organization } = call.state;
    const policy = changeablePolicy(input.PolicyId, call);
    if ([...organization.attachments.values()].some((attached) => attached.has(policy.id))) {
      throw new AwsFault(
        "PolicyInUseException",
        "The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.",
      );
    }
    organization.policies.delete(policy.id);
    organization.tags.delete(policy.id);
    return {};
  },
};

export const describePolicy: Operation<Decoded<DescribePolicyRequest>, DescribePolicyResponse> = {
  requires: requiresPolicy,
  perform: (input, call) => {
    checkMayRead(call);
    return { Policy: describe(policyNamed(input.PolicyId, call.state.organization)) };
  },
};

export const listPolicies: Operation<Decoded<ListPoliciesRequest>, ListPoliciesResponse> = {
  requires: ({ Filter }) => [{ resource: "*", context: { "organizations:PolicyType": Filter } }],
  perform: (input, call) => {
    checkMayRead(call);
    const type = readPolicyType(input.Filter);
    const policies = [...call.state.organization.policies.values()].filter((policy) => policy.type === type);
    const page = listPage(policies, input, call);
    return { Policies: page.items.map(summarise), ...page.more };
  },
};

function describe(policy: OrganizationPolicy): Policy {
  return { PolicySummary: summarise(policy), Content: policy.content };
}

function requiresPolicy(
  { PolicyId }: { readonly PolicyId: string },
  { state: { organization } }: Call,
): readonly Requirement[] {
  const policy = organization.policies.get(PolicyId);
  if (!policy) return [{ resource: "*" }];
  return [{ resource: policy.arn, context: { "organizations:PolicyType": policy.type } }];
}

function checkName(name: string, type: OrganizationPolicyType, { policies }: OrganizationState): void {
  if (name.length < 1) throw invalidInput("MIN_LENGTH_EXCEEDED", "You provided a policy name that is too short.");
  if (name.length > 128) throw invalidInput("MAX_LENGTH_EXCEEDED", "You provided a policy name that is too long.");
  if (![...policies.values()].some((policy) => policy.type === type && policy.name === name)) return;
  throw new AwsFault("DuplicatePolicyException", "A policy with the specified name and type already exists.");
}

function changeablePolicy(id: string, call: Call): OrganizationPolicy {
  checkIsManagementAccount(call);
  const policy = policyNamed(id, call.state.organization);
  if (!policy.awsManaged) return policy;
  throw invalidInput("IMMUTABLE_POLICY", "You specified a policy that is managed by AWS and can't be modified.");
}
