import { getPermissionSet } from "@pulumi/aws/ssoadmin/index.js";
import { z } from "zod";
import type { PolicyJson } from "#iam";
import type { AccessPlan } from "../plan/access-plan.ts";
import type { PlannedAssignment } from "../plan/assignment-review.ts";
import { findResource, unlessAbsent } from "../facts/found-resource.ts";
import { lackedPermission } from "../facts/observed.ts";
import { isOwn, knownState, type OwnResources } from "../facts/own-resources.ts";
import type { PlannedPermissionSet } from "../plan/permission-set-review.ts";

/** A permission set that is there already and is not in this stack's state. */
export interface ExistingPermissionSet {
  /** At Cloud Control. */
  readonly id: string;
  readonly settings: PermissionSetSettings;
}

/** Everything that a permission set consists of, as Cloud Control has it. */
export type PermissionSetSettings = z.output<typeof settingsSchema>;

/** What of a plan is there already without being this stack's. */
export interface ExistingAccess {
  /** By name. */
  readonly permissionSets: ReadonlyMap<string, ExistingPermissionSet>;
  /** With their ids at Cloud Control. */
  readonly assignments: ReadonlyMap<PlannedAssignment, string>;
  /** Permissions that were missing to look; what they would have shown may exist. */
  readonly needs: readonly string[];
}

/**
 * Looks up what `pulumi up` would make and AWS would refuse because it exists: permission sets by name and, where a set
 * exists, its assignments. What is in the stack's state is not looked up, so an `up` without change asks nothing.
 */
export async function readExistingAccess(plan: AccessPlan, own: OwnResources | undefined): Promise<ExistingAccess> {
  if (own === undefined) return { permissionSets: new Map(), assignments: new Map(), needs: [knownState] };
  const found = await Promise.all(plan.permissionSets.map((set) => readExisting(plan.instanceArn, set, own)));
  return {
    permissionSets: new Map(found.flatMap(({ name, set }) => (set === undefined ? [] : [[name, set] as const]))),
    assignments: new Map(found.flatMap(({ assignments }) => assignments)),
    needs: [...new Set(found.flatMap(({ needs }) => needs))],
  };
}

interface Found {
  readonly name: string;
  readonly set: ExistingPermissionSet | undefined;
  readonly assignments: readonly (readonly [PlannedAssignment, string])[];
  readonly needs: readonly string[];
}

async function readExisting(instanceArn: string, planned: PlannedPermissionSet, own: OwnResources): Promise<Found> {
  const { name } = planned;
  try {
    const ownArn = ownPermissionSetArn(own, name);
    const arn = ownArn ?? (await findPermissionSet(instanceArn, name));
    if (arn === undefined) return { name, set: undefined, assignments: [], needs: [] };
    const set = ownArn === undefined ? await readSet(`${instanceArn}|${arn}`) : undefined;
    const others = planned.assignments.filter((assignment) => !isOwnAssignment(own, arn, assignment));
    const assignments = await Promise.all(others.map((assignment) => findAssignment(instanceArn, arn, assignment)));
    return { name, set, assignments: assignments.flat(), needs: [] };
  } catch (error) {
    const needs = lackedPermission(error, "sso:ListPermissionSets, DescribePermissionSet, cloudformation:GetResource");
    if (needs === undefined) throw error;
    return { name, set: undefined, assignments: [], needs: [needs] };
  }
}

function ownPermissionSetArn(own: OwnResources, name: string): string | undefined {
  const set = own.find(({ type, outputs }) => type === permissionSetType && outputs["name"] === name);
  const arn = set?.outputs["permissionSetArn"];
  return typeof arn === "string" ? arn : undefined;
}

const permissionSetType = "aws-native:sso:PermissionSet";

/** @returns the ARN; finding by name describes one set after the other, so it is left out wherever it can be */
async function findPermissionSet(instanceArn: string, name: string): Promise<string | undefined> {
  return unlessAbsent(getPermissionSet({ instanceArn, name }).then(({ arn }) => arn));
}

async function readSet(id: string): Promise<ExistingPermissionSet | undefined> {
  const settings = await findResource({ typeName: "AWS::SSO::PermissionSet", identifier: id }, settingsSchema);
  return settings && { id, settings };
}

const settingsSchema = z.object({
  Description: z.string().default(""),
  SessionDuration: z.string().default("PT1H"),
  RelayStateType: z.string().default(""),
  ManagedPolicies: z.array(z.string()).default([]),
  CustomerManagedPolicyReferences: z.array(z.unknown()).default([]),
  PermissionsBoundary: z.unknown().optional(),
  InlinePolicy: z.custom<PolicyJson>().optional(),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string() })).default([]),
});

async function findAssignment(
  instanceArn: string,
  permissionSetArn: string,
  assignment: PlannedAssignment,
): Promise<[PlannedAssignment, string][]> {
  const { accountId, principal } = assignment;
  // The parts in Cloud Control's order (docs/aws-behaviour.md, section 10).
  const parts = [instanceArn, accountId, "AWS_ACCOUNT", permissionSetArn, principal.type, principal.id];
  const identifier = parts.join("|");
  const there = await findResource({ typeName: "AWS::SSO::Assignment", identifier }, z.object({}));
  return there === undefined ? [] : [[assignment, identifier]];
}

function isOwnAssignment(
  own: OwnResources,
  permissionSetArn: string,
  { accountId, principal }: PlannedAssignment,
): boolean {
  const outputs = { permissionSetArn, targetId: accountId, principalType: principal.type, principalId: principal.id };
  return isOwn(own, "aws-native:sso:Assignment", outputs);
}
