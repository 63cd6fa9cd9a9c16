import type { Root } from "@aws-sdk/client-organizations";
import type { OrganizationState } from "../../state/organization.ts";
import { rootName } from "./targets.ts";

export function describeRoot(organization: OrganizationState): Root {
  const { id, arn, enabledPolicyTypes } = organization.root;
  const PolicyTypes = [...enabledPolicyTypes].map((Type) => ({ Type, Status: "ENABLED" as const }));
  return { Id: id, Arn: arn, Name: rootName, PolicyTypes };
}
