import type {
  DisablePolicyTypeRequest,
  DisablePolicyTypeResponse,
  EnablePolicyTypeRequest,
  EnablePolicyTypeResponse,
  Root,
} from "@aws-sdk/client-organizations";
import { AwsFault, notImplemented } from "../../aws-fault.ts";
import type { OrganizationPolicyType, OrganizationState } from "../../state/organization.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { invalidInput, notFound } from "./faults.ts";
import { arnOf, rootName } from "./targets.ts";
import { checkIsManagementAccount } from "./who-may-call.ts";

/** Attached to everything as soon as the type is enabled: without them the type would deny everything. */
export const fullAccessPolicy: Readonly<Record<OrganizationPolicyType, string>> = {
  SERVICE_CONTROL_POLICY: "p-FullAWSAccess",
  RESOURCE_CONTROL_POLICY: "p-RCPFullAWSAccess",
};

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

export function policyTypeNotEnabled(): AwsFault {
  return new AwsFault(
    "PolicyTypeNotEnabledException",
    "This operation can be performed only for enabled policy types.",
  );
}

/** @throws AwsFault 501 for policy types that have nothing to do with access, InvalidInputException for no type at all */
export function readPolicyType(text: string): OrganizationPolicyType {
  if (text === "SERVICE_CONTROL_POLICY" || text === "RESOURCE_CONTROL_POLICY") return text;
  if (/^[A-Z0-9_]+_POLICY(_EC2)?$/.test(text)) throw notImplemented(`The policy type ${text}`);
  throw invalidInput("INVALID_ENUM_POLICY_TYPE", "You specified an invalid value for policy type.");
}

export function describeRoot(organization: OrganizationState): Root {
  const { id, arn, enabledPolicyTypes } = organization.root;
  const PolicyTypes = [...enabledPolicyTypes].map((Type) => ({ Type, Status: "ENABLED" as const }));
  return { Id: id, Arn: arn, Name: rootName, PolicyTypes };
}

export function attach(policyId: string, targetId: string, { attachments }: OrganizationState): void {
  attachments.set(targetId, (attachments.get(targetId) ?? new Set()).add(policyId));
}

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
