import { z } from "zod";
import type { ResourceProperties } from "../../state/cloud-control.ts";
import type { Call } from "../service.ts";
import { HandlerFailure, type Progress, type ResourceType } from "./resource-type.ts";
import { askSso, type AssignmentKey, listSso, writeStatusSchema } from "./sso-calls.ts";
import { progressOf } from "./stabilise.ts";

const typeName = "AWS::SSO::Assignment";

/** The order is that of the identifier (docs/aws-behaviour.md, section 10). */
const schema = z.strictObject({
  InstanceArn: z
    .string()
    .min(10)
    .max(1224)
    .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::instance\/(sso)?ins-[a-zA-Z0-9-.]{16}$/),
  TargetId: z.string().regex(/^\d{12}$/),
  TargetType: z.enum(["AWS_ACCOUNT"]),
  PermissionSetArn: z
    .string()
    .min(10)
    .max(1224)
    .regex(/^arn:aws(-[a-z]{1,5}){0,3}:sso:::permissionSet\/(sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}$/),
  PrincipalType: z.enum(["USER", "GROUP"]),
  PrincipalId: z
    .string()
    .min(1)
    .max(47)
    .regex(/^([0-9a-f]{10}-|)[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$/),
});

const properties = Object.keys(schema.shape);

/** Who has a permission set in which account. */
export const assignmentType: ResourceType = {
  name: typeName,
  schema,
  identifier: properties,
  createOnly: properties,
  readOnly: [],
  listRequires: properties,

  create: async ({ desired, context, identified }, call) => {
    const key = keyOf(desired);
    if (context.awaitedRequestId !== undefined) return creationProgress(key, context.awaitedRequestId, call);
    if (await exists(key, call)) throw alreadyExists(key);
    const { AccountAssignmentCreationStatus: begun } = await askSso(
      call,
      "CreateAccountAssignment",
      { ...key },
      creation,
    );
    context.awaitedRequestId = begun.RequestId;
    identified({ ...key });
    return "in progress";
  },

  remove: async ({ key: properties, context }, call) => {
    const key = keyOf(properties);
    if (context.awaitedRequestId !== undefined) return deletionProgress(key, context.awaitedRequestId, call);
    if (!(await exists(key, call))) throw notFound(key);
    const { AccountAssignmentDeletionStatus: begun } = await askSso(
      call,
      "DeleteAccountAssignment",
      { ...key },
      deletion,
    );
    context.awaitedRequestId = begun.RequestId;
    return "in progress";
  },

  read: async (properties, call) => {
    const key = keyOf(properties);
    if (!(await exists(key, call))) throw notFound(key);
    return { ...key };
  },
};

const creation = z.object({ AccountAssignmentCreationStatus: writeStatusSchema });
const deletion = z.object({ AccountAssignmentDeletionStatus: writeStatusSchema });

async function creationProgress({ InstanceArn }: AssignmentKey, requestId: string, call: Call): Promise<Progress> {
  const input = { InstanceArn, AccountAssignmentCreationRequestId: requestId };
  const answer = await askSso(call, "DescribeAccountAssignmentCreationStatus", input, creation);
  return progressOf(answer.AccountAssignmentCreationStatus);
}

async function deletionProgress({ InstanceArn }: AssignmentKey, requestId: string, call: Call): Promise<Progress> {
  const input = { InstanceArn, AccountAssignmentDeletionRequestId: requestId };
  const answer = await askSso(call, "DescribeAccountAssignmentDeletionStatus", input, deletion);
  return progressOf(answer.AccountAssignmentDeletionStatus);
}

const listed = z.object({ PrincipalType: z.string(), PrincipalId: z.string() });

async function exists(key: AssignmentKey, call: Call): Promise<boolean> {
  const { InstanceArn, PermissionSetArn, TargetId } = key;
  const input = { InstanceArn, PermissionSetArn, AccountId: TargetId };
  const assignments = await listSso(call, "ListAccountAssignments", input, "AccountAssignments", listed);
  return assignments.some(
    ({ PrincipalType, PrincipalId }) => PrincipalType === key.PrincipalType && PrincipalId === key.PrincipalId,
  );
}

function keyOf(given: ResourceProperties): AssignmentKey {
  return keySchema.parse(given);
}

/** Identifiers are read before they are known to be well formed: Identity Center says what is wrong with them. */
const keySchema = z.object({
  InstanceArn: z.string(),
  TargetId: z.string(),
  TargetType: z.string(),
  PermissionSetArn: z.string(),
  PrincipalType: z.string(),
  PrincipalId: z.string(),
});

function alreadyExists(key: AssignmentKey): HandlerFailure {
  return new HandlerFailure("AlreadyExists", `${nameOf(key)} already exists.`);
}

function notFound(key: AssignmentKey): HandlerFailure {
  return new HandlerFailure("NotFound", `${nameOf(key)} was not found.`);
}

function nameOf(key: AssignmentKey): string {
  return `Resource of type '${typeName}' with identifier '${Object.values(key).join("|")}'`;
}
