import { notImplemented } from "../../aws-fault.ts";
import { assignmentType } from "./assignment-type.ts";
import { typeNotFound } from "./faults.ts";
import { permissionSetType } from "./permission-set-type.ts";
import type { ResourceType } from "./resource-type.ts";
import { trailType } from "./trail-type.ts";

const types: ReadonlyMap<string, ResourceType> = new Map(
  [permissionSetType, assignmentType, trailType].map((type) => [type.name, type]),
);

/**
 * Finds a resource type by name.
 *
 * @throws AwsFault TypeNotFoundException for types of others; 501 for AWS's own, which AWS would know
 */
export function findResourceType(typeName: string): ResourceType {
  const type = types.get(typeName);
  if (type) return type;
  throw typeName.startsWith("AWS::") ? notImplemented(`The resource type ${typeName}`) : typeNotFound(typeName);
}
