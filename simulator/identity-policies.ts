import type { NamedPolicy } from "#iam";
import { managedPolicy } from "./managed-policies.ts";
import { heldPolicy } from "./policy-texts.ts";
import type { IamRole, IamUser } from "./state/iam.ts";

/** The identity-based policies that a user or role has at this moment. */
export function policiesOf(identity: IamUser | IamRole): readonly NamedPolicy[] {
  return [
    ...[...identity.inlinePolicies].map(([name, text]) => ({ name, document: heldPolicy(text) })),
    ...[...identity.attachedPolicies].map((arn) => managedPolicy(arn)),
  ];
}
