import { Config, type Output } from "@pulumi/pulumi";
import type { PolicyJson } from "#iam";
import { BreakGlassRole } from "./break-glass-role.ts";
import { delegateProvider } from "./delegate-provider.ts";
import { RootSessionGuardrail } from "./root-session-guardrail.ts";
import { RootUserGuardrail } from "./root-user-guardrail.ts";
import type { SafeguardsPlan } from "./safeguards-plan.ts";

/** What stands around root access, for the stack's outputs. */
export interface Safeguards {
  readonly breakGlassRole: BreakGlassRoleOutputs | undefined;
  /** Service control policies, by what they guard. */
  readonly guardrails: {
    readonly rootUser: Output<string> | undefined;
    readonly rootSession: Output<string> | undefined;
  };
}

interface BreakGlassRoleOutputs {
  readonly arn: Output<string>;
  readonly switchRoleLink: string;
  readonly trustedPrincipalsPolicy: Output<PolicyJson>;
}

/**
 * Makes the break-glass role and the guardrails that a plan asks for, each in the account where it belongs.
 *
 * @example export const breakGlassRole = makeSafeguards(plan.safeguards).breakGlassRole;
 */
export function makeSafeguards(plan: SafeguardsPlan): Safeguards {
  const rootUser = plan.rootUserGuardrail && new RootUserGuardrail("root-user-guardrail", plan.rootUserGuardrail);
  const rootSession =
    plan.rootSessionGuardrail && new RootSessionGuardrail("root-session-guardrail", plan.rootSessionGuardrail);
  return {
    breakGlassRole: makeRole(plan),
    guardrails: { rootUser: rootUser?.policyId, rootSession: rootSession?.policyId },
  };
}

function makeRole({ breakGlassRole: planned, delegate }: SafeguardsPlan): BreakGlassRoleOutputs | undefined {
  if (planned === undefined) return undefined;
  const settings = new Config("aws");
  const provider =
    delegate?.accountId === planned.accountId
      ? delegateProvider("delegate", {
          ...delegate,
          managementProfile: settings.get("profile"),
          region: settings.get("region"),
        })
      : undefined;
  const { arn, switchRoleLink, trustedPrincipalsPolicy } = new BreakGlassRole(
    "break-glass-role",
    { ...planned, roleName: planned.name },
    provider ? { provider } : {},
  );
  return { arn, switchRoleLink, trustedPrincipalsPolicy };
}
