import {
  type AccountId,
  largestServiceControlPolicy,
  parseTrustedPrincipals,
  permissionSetRoleArn,
  rootSessionGuardrail,
  UntrustworthyPrincipalError,
} from "#iam";
import type { DelegateAccess } from "../delegate-provider.ts";
import { type PlannedAlerts, reviewAlerts } from "./alerts-review.ts";
import type { ExistingGuardrail, RootSessionOpeners } from "../guardrail-policies.ts";
import type { OrganizationFacts } from "../facts/organization-facts.ts";
import { reviewOrganizationalUnits } from "./organizational-unit-review.ts";
import type { PlannedPermissionSet } from "./permission-set-review.ts";
import { howToEnable } from "./policy-type.ts";
import { acceptedOr, problemsOf, refused, type Refused, type Reviewed } from "../review.ts";
import { type PlannedRole, reviewRole } from "./role-review.ts";
import type {
  RootSessionGuardrailConfiguration,
  SafeguardsConfiguration,
} from "../configuration/safeguards-configuration.ts";

/** What is to be made around root access. */
export interface SafeguardsPlan {
  readonly delegate: DelegateAccount | undefined;
  readonly breakGlassRole: PlannedRole | undefined;
  readonly rootUserGuardrail: PlannedRootUserGuardrail | undefined;
  readonly rootSessionGuardrail: PlannedRootSessionGuardrail | undefined;
  readonly rootAccessAlerts: PlannedAlerts | undefined;
}

/** The delegate's account and the way into it, where something is made there. */
export interface DelegateAccount {
  readonly accountId: AccountId;
  readonly access: DelegateAccess;
}

export interface PlannedRootUserGuardrail {
  readonly targetIds: readonly string[];
  readonly policyName: string;
  readonly existing?: ExistingGuardrail | undefined;
}

export interface PlannedRootSessionGuardrail extends RootSessionOpeners {
  readonly policyName: string;
  readonly existing?: ExistingGuardrail | undefined;
}

/** Checks what is configured around root access, each key by itself. */
export function planSafeguards(
  namespace: string,
  configuration: SafeguardsConfiguration,
  delegate: AccountId | undefined,
  permissionSets: readonly PlannedPermissionSet[],
  facts: OrganizationFacts,
): Reviewed<SafeguardsPlan> {
  const { breakGlassRole, rootUserGuardrail, rootSessionGuardrail, rootAccessAlerts } = configuration;
  const role = optional(breakGlassRole, (asked) => reviewRole(`${namespace}:breakGlassRole`, asked, delegate, facts));
  const access = reviewAccess(namespace, configuration, delegate, acceptedOr(undefined, role));
  const rootUser = optional(rootUserGuardrail, ({ organizationalUnits, policyName }) => {
    const unattachable = reviewPolicyType(`${namespace}:rootUserGuardrail`, facts);
    if (unattachable !== undefined) return unattachable;
    const key = `${namespace}:rootUserGuardrail.organizationalUnits`;
    const units = reviewOrganizationalUnits(key, organizationalUnits, facts.organizationalUnits);
    return "problems" in units ? units : { accepted: { targetIds: units.accepted, policyName } };
  });
  const rootSession = optional(
    rootSessionGuardrail,
    (asked) =>
      reviewPolicyType(`${namespace}:rootSessionGuardrail`, facts) ??
      reviewRootSessionGuardrail(`${namespace}:rootSessionGuardrail`, asked, delegate, {
        permissionSets,
        role: acceptedOr(undefined, role),
      }),
  );
  const alerts = optional(rootAccessAlerts, (asked) =>
    reviewAlerts(`${namespace}:rootAccessAlerts`, asked, delegate, facts),
  );
  if (
    "problems" in access ||
    "problems" in role ||
    "problems" in rootUser ||
    "problems" in rootSession ||
    "problems" in alerts
  ) {
    return refused(...problemsOf(access, role, rootUser, rootSession, alerts));
  }
  return {
    accepted: {
      delegate: access.accepted,
      breakGlassRole: role.accepted,
      rootUserGuardrail: rootUser.accepted,
      rootSessionGuardrail: rootSession.accepted,
      rootAccessAlerts: alerts.accepted,
    },
  };
}

function optional<Asked, Planned>(
  asked: Asked | undefined,
  review: (asked: Asked) => Reviewed<Planned>,
): Reviewed<Planned | undefined> {
  return asked === undefined ? { accepted: undefined } : review(asked);
}

/** AWS makes a policy of a type that is not enabled, and refuses to attach it (docs/aws-behaviour.md, section 7). */
function reviewPolicyType(key: string, { organization }: OrganizationFacts): Refused | undefined {
  const { root, enabledPolicyTypes } = organization ?? {};
  if (root === undefined || enabledPolicyTypes === undefined) return undefined;
  if (enabledPolicyTypes.includes("SERVICE_CONTROL_POLICY")) return undefined;
  return refused(
    `${key}: is a service control policy, and the organization has that type of policy not enabled, so it could not be attached. ${howToEnable("SERVICE_CONTROL_POLICY", root.id)}`,
  );
}

/** The provider works in the management account; the delegate's needs credentials of its own. */
function reviewAccess(
  namespace: string,
  { delegateAccess, rootAccessAlerts }: SafeguardsConfiguration,
  delegate: AccountId | undefined,
  role: PlannedRole | undefined,
): Reviewed<DelegateAccount | undefined> {
  const made = [
    ...(role !== undefined && role.accountId === delegate ? ["breakGlassRole"] : []),
    ...(rootAccessAlerts === undefined ? [] : ["rootAccessAlerts"]),
  ].map((setting) => `${namespace}:${setting}`);
  if (delegate === undefined || made.length === 0) return { accepted: undefined };
  if (delegateAccess !== undefined) return { accepted: { accountId: delegate, access: delegateAccess } };
  return refused(
    `${namespace}:delegateAccess: is not set, and what ${made.join(" and ")} ${made.length === 1 ? "asks" : "ask"} for is made in ${delegate}; give a profile of that account, or a role there that the management account may assume, such as OrganizationAccountAccessRole.`,
  );
}

function reviewRootSessionGuardrail(
  key: string,
  { otherPrincipals, policyName }: RootSessionGuardrailConfiguration,
  delegate: AccountId | undefined,
  { permissionSets, role }: { permissionSets: readonly PlannedPermissionSet[]; role: PlannedRole | undefined },
): Reviewed<PlannedRootSessionGuardrail> {
  if (delegate === undefined) {
    return refused(
      `${key}: there is no delegated administrator whose account it could guard; service control policies never affect the management account.`,
    );
  }
  const trusted = otherPrincipals.length === 0 ? { accepted: undefined } : reviewPrincipals(key, otherPrincipals);
  if ("problems" in trusted) return trusted;
  const inDelegate = permissionSets.filter(({ assignments }) =>
    assignments.every(({ accountId }) => accountId === delegate),
  );
  const permissionSetNames = inDelegate.map(({ name }) => name);
  const principalArns = [...(role?.accountId === delegate ? [role.arn] : []), ...otherPrincipals];
  const exempt = [...permissionSetNames.map((name) => permissionSetRoleArn(delegate, name)), ...principalArns];
  const { length } = JSON.stringify(rootSessionGuardrail(exempt));
  if (length > largestServiceControlPolicy) {
    return refused(
      `${key}.otherPrincipals: its policy has ${length} characters, and AWS Organizations takes ${largestServiceControlPolicy}; name fewer.`,
    );
  }
  return { accepted: { accountId: delegate, permissionSetNames, principalArns, policyName } };
}

function reviewPrincipals(key: string, arns: readonly string[]): Reviewed<unknown> {
  try {
    return { accepted: parseTrustedPrincipals(arns) };
  } catch (error) {
    if (error instanceof UntrustworthyPrincipalError) return refused(`${key}.otherPrincipals: ${error.message}`);
    throw error;
  }
}
