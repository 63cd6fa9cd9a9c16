import { z } from "zod";
import { notImplemented } from "../../aws-fault.ts";
import { managedPolicy } from "../../managed-policies.ts";
import type { ResourceProperties } from "../../state/cloud-control.ts";

const tag = z.strictObject({
  Key: z.string().min(1).max(128),
  Value: z.string().max(256),
});

const customerManagedPolicyReference = z.strictObject({
  Name: z.string().min(1).max(128),
  Path: z.string().min(1).max(512).optional(),
});

const managedPolicyArn = z.string().min(20).max(2048);

/** The properties of AWS::SSO::PermissionSet, as its schema in the CloudFormation registry has them. */
export const permissionSetSchema = z.strictObject({
  Name: z
    .string()
    .min(1)
    .max(32)
    .regex(/^[\w+=,.@-]+$/),
  PermissionSetArn: z
    .string()
    .min(10)
    .max(1224)
    .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}$/)
    .optional(),
  Description: z.string().min(1).max(700).optional(),
  InstanceArn: z
    .string()
    .min(10)
    .max(1224)
    .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/),
  SessionDuration: z.string().min(1).max(100).optional(),
  RelayStateType: z.string().min(1).max(240).optional(),
  ManagedPolicies: z.array(managedPolicyArn).max(20).optional(),
  InlinePolicy: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  Tags: z.array(tag).max(50).optional(),
  CustomerManagedPolicyReferences: z.array(customerManagedPolicyReference).max(20).optional(),
  PermissionsBoundary: z
    .strictObject({
      CustomerManagedPolicyReference: customerManagedPolicyReference.optional(),
      ManagedPolicyArn: managedPolicyArn.optional(),
    })
    .optional(),
});

export type PermissionSetModel = z.infer<typeof permissionSetSchema>;

/** @throws AwsFault 501 naming the property or the managed policy */
export function refuseUnmodelledPolicies(properties: ResourceProperties): void {
  const { CustomerManagedPolicyReferences, PermissionsBoundary, ManagedPolicies } =
    permissionSetSchema.parse(properties);
  if (CustomerManagedPolicyReferences?.length) throw unmodelled("CustomerManagedPolicyReferences");
  if (PermissionsBoundary) throw unmodelled("PermissionsBoundary");
  ManagedPolicies?.forEach(managedPolicy);
}

/** The inline policy as Identity Center takes it; empty where there is none. */
export function inlinePolicyText({ InlinePolicy: policy }: PermissionSetModel): string {
  if (policy === undefined) return "";
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}

function unmodelled(property: string): Error {
  return notImplemented(`The property ${property} of AWS::SSO::PermissionSet`);
}
