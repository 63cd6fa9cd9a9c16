import { notImplemented } from "../../aws-fault.ts";
import { assignmentType } from "./assignment-type.ts";
import { typeNotFound } from "./faults.ts";
import { keyType } from "./key-type.ts";
import { permissionSetType } from "./permission-set-type.ts";
import type { ResourceType } from "./resource-type.ts";
import { roleType } from "./role-type.ts";
import { ruleType } from "./rule-type.ts";
import { topicInlinePolicyType, topicType } from "./topic-types.ts";
import { trailType } from "./trail-type.ts";

const types: ReadonlyMap<string, ResourceType> = new Map(
  [permissionSetType, assignmentType, trailType, roleType, topicType, topicInlinePolicyType, keyType, ruleType].map(
    (type) => [type.name, type],
  ),
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
