import type {
  DisablePolicyTypeRequest,
  DisablePolicyTypeResponse,
  EnablePolicyTypeRequest,
  EnablePolicyTypeResponse,
} from "@aws-sdk/client-organizations";
import { AwsFault } from "../../aws-fault.ts";
import type { OrganizationPolicyType, OrganizationState } from "../../state/organization.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { describeRoot } from "./described-root.ts";
import { notFound } from "./faults.ts";
import { attach, fullAccessPolicy } from "./full-access-policy.ts";
import { policyTypeNotEnabled, readPolicyType } from "./policy-type.ts";
import { arnOf } from "./targets.ts";
import { checkIsManagementAccount } from "./who-may-call.ts";

export const enablePolicyType: Operation<Decoded<EnablePolicyTypeRequest>, EnablePolicyTypeResponse> = {
  requires,
  perform: (input, call) => {
    const type = checkedType(input, call);
    const { organization } = call.state;
    if (organization.root.enabledPolicyTypes.has(type)) {
      throw new AwsFault("PolicyTypeAlreadyEnabledException", "The specified policy type is already enabled.");
    }
    organization.root.enabledPolicyTypes.add(type);
    for (const target of everyTarget(organization)) attach(fullAccessPolicy[type], target, organization);
    return { Root: describeRoot(organization) };
  },
};

/** Detaches every policy of the type; enabling it again brings back only the full access policy. */
export const disablePolicyType: Operation<Decoded<DisablePolicyTypeRequest>, DisablePolicyTypeResponse> = {
  requires,
  perform: (input, call) => {
    const type = checkedType(input, call);
    const { organization } = call.state;
    if (!organization.root.enabledPolicyTypes.has(type)) throw policyTypeNotEnabled();
    organization.root.enabledPolicyTypes.delete(type);
    for (const attached of organization.attachments.values()) detachAll(type, attached, organization);
    return { Root: describeRoot(organization) };
  },
};

function requires(
  { RootId, PolicyType }: { readonly RootId: string; readonly PolicyType: string },
  { state: { organization } }: Call,
): readonly Requirement[] {
  return [{ resource: arnOf(RootId, organization), context: { "organizations:PolicyType": PolicyType } }];
}

function checkedType(
  { RootId, PolicyType }: { readonly RootId: string; readonly PolicyType: string },
  call: Call,
): OrganizationPolicyType {
  checkIsManagementAccount(call);
  const type = readPolicyType(PolicyType);
  if (RootId !== call.state.organization.root.id) throw notFound("RootNotFoundException");
  return type;
}

function everyTarget({ root, organizationalUnits, accounts }: OrganizationState): readonly string[] {
  return [root.id, ...organizationalUnits.keys(), ...accounts.keys()];
}

function detachAll(type: OrganizationPolicyType, attached: Set<string>, { policies }: OrganizationState): void {
  for (const id of attached) if (policies.get(id)?.type === type) attached.delete(id);
}
