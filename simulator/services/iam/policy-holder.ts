import type { AttachedPolicy } from "@aws-sdk/client-iam";
import { managedPolicy } from "../../managed-policies.ts";
import { limitExceeded, noSuchEntity } from "./faults.ts";
import { checkName } from "./names.ts";
import { checkIdentityPolicy } from "./policy-text.ts";

/** A user or a role, as far as its policies go. */
export interface PolicyHolder {
  readonly name: string;
  readonly inlinePolicies: Map<string, string>;
  readonly attachedPolicies: Set<string>;
}

/** IAM's limits and messages differ between the two in nothing else. */
export type HolderKind = "user" | "role";

/** Characters of all inline policies together, white space not counted. */
const largestInline: Readonly<Record<HolderKind, number>> = { user: 2048, role: 10_240 };
const mostAttached = 10;

/** @throws AwsFault ValidationError, MalformedPolicyDocument, LimitExceeded */
export function putInlinePolicy(holder: PolicyHolder, kind: HolderKind, policyName: string, text: string): void {
  checkName(policyName, "policyName");
  checkIdentityPolicy(text);
  const after = new Map(holder.inlinePolicies).set(policyName, text);
  const size = [...after.values()].join("").replace(/\s/g, "").length;
  if (size > largestInline[kind]) {
    throw limitExceeded(`Maximum policy size of ${largestInline[kind]} bytes exceeded for ${kind} ${holder.name}`);
  }
  holder.inlinePolicies.set(policyName, text);
}

/** @returns the document as IAM gives it: percent-encoded */
export function getInlinePolicy(holder: PolicyHolder, kind: HolderKind, policyName: string): string {
  const text = holder.inlinePolicies.get(policyName);
  if (text === undefined) throw policyNotFound(kind, policyName);
  return encodeDocument(text);
}

export function deleteInlinePolicy(holder: PolicyHolder, kind: HolderKind, policyName: string): void {
  if (!holder.inlinePolicies.delete(policyName)) throw policyNotFound(kind, policyName);
}

/** Attaching twice changes nothing. */
export function attachManagedPolicy(holder: PolicyHolder, kind: HolderKind, policyArn: string): void {
  managedPolicy(policyArn);
  if (!holder.attachedPolicies.has(policyArn) && holder.attachedPolicies.size >= mostAttached) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPer${kind === "user" ? "User" : "Role"}: ${mostAttached}`);
  }
  holder.attachedPolicies.add(policyArn);
}

export function detachManagedPolicy(holder: PolicyHolder, policyArn: string): void {
  if (!holder.attachedPolicies.delete(policyArn)) throw noSuchEntity(`Policy ${policyArn} was not found.`);
}

/** @param pathPrefix `/` and more: only policies whose path begins so */
export function attachedPolicies(holder: PolicyHolder, pathPrefix = "/"): readonly AttachedPolicy[] {
  return [...holder.attachedPolicies].flatMap((arn) => {
    const path = arn.slice(arn.indexOf("/"));
    return path.startsWith(pathPrefix) ? [{ PolicyName: path.split("/").at(-1), PolicyArn: arn }] : [];
  });
}

export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function policyNotFound(kind: HolderKind, policyName: string): Error {
  return noSuchEntity(`The ${kind} policy with name ${policyName} cannot be found.`);
}
