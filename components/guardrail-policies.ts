import type { Input } from "@pulumi/pulumi";
import { type AccountId, permissionSetRoleArn, type PolicyJson, rootSessionGuardrail, rootUserGuardrail } from "#iam";

/** A service control policy as a guardrail makes it. */
export interface GuardrailPolicy {
  readonly name: string;
  readonly description: string;
  readonly content: PolicyJson;
}

/** A guardrail's policy that AWS has already with the same settings, and where it is attached already. */
export interface ExistingGuardrail {
  readonly policyId: string;
  readonly attachedTo: readonly string[];
}

/**
 * Resource options of an attachment. An output is not known when options are given: where the policy is attached to it
 * already, it has to be told as a text to be taken over.
 */
export function importOfAttachment(
  existing: ExistingGuardrail | undefined,
  targetId: Input<string>,
): { readonly import?: string } {
  if (existing === undefined || typeof targetId !== "string" || !existing.attachedTo.includes(targetId)) return {};
  return { import: `${targetId}:${existing.policyId}` };
}

/** @param name of the policy in AWS Organizations */
export function rootUserGuardrailPolicy(name: string): GuardrailPolicy {
  return {
    name,
    description: "Denies member accounts' root users everything; root sessions (sts:AssumeRoot) are exempt",
    content: rootUserGuardrail(),
  };
}

/** Whom the guardrail lets open root sessions in an account. */
export interface RootSessionOpeners {
  readonly accountId: AccountId;
  readonly permissionSetNames: readonly string[];
  readonly principalArns: readonly string[];
}

/** @throws TypeError when nobody would be left who may */
export function rootSessionGuardrailPolicy(
  name: string,
  { accountId, permissionSetNames, principalArns }: RootSessionOpeners,
): GuardrailPolicy {
  const exempt = [...permissionSetNames.map((set) => permissionSetRoleArn(accountId, set)), ...principalArns];
  if (exempt.length === 0) {
    throw new TypeError(
      "RootSessionGuardrail: neither permissionSetNames nor principalArns names anybody; nobody in the account could break the glass.",
    );
  }
  return {
    name,
    description: rootSessionGuardrailDescription,
    content: rootSessionGuardrail(exempt),
  };
}

/** The same whoever is let through. */
export const rootSessionGuardrailDescription = "Only the principals that break the glass may call sts:AssumeRoot";
