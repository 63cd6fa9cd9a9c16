import { configurationNamespace } from "../configuration/configuration.ts";
import { adoptGuardrail, findGuardrail, type WantedGuardrail } from "./guardrail-adoption.ts";
import { type ExistingGuardrail, rootSessionGuardrailPolicy, rootUserGuardrailPolicy } from "../guardrail-policies.ts";
import type { OwnResources } from "../facts/own-resources.ts";
import { problemsOf, refused, type Reviewed } from "../review.ts";
import type { SafeguardsPlan } from "../plan/safeguards-plan.ts";

/** A plan that takes over what is there already, and the permissions that were missing to look for it. */
export interface AdoptedSafeguards {
  readonly safeguards: SafeguardsPlan;
  readonly needs: readonly string[];
}

/** Looks for what the safeguards would make and AWS has already (docs/adoption.md). */
export async function adoptSafeguards(
  plan: SafeguardsPlan,
  own: OwnResources | undefined,
): Promise<Reviewed<AdoptedSafeguards>> {
  const { rootUserGuardrail, rootSessionGuardrail } = plan;
  const [rootUser, rootSession] = await Promise.all([
    adopt(rootUserGuardrail && wantedRootUserGuardrail(rootUserGuardrail), own),
    adopt(rootSessionGuardrail && wantedRootSessionGuardrail(rootSessionGuardrail), own),
  ]);
  if ("problems" in rootUser || "problems" in rootSession) return refused(...problemsOf(rootUser, rootSession));
  return {
    accepted: {
      safeguards: {
        ...plan,
        rootUserGuardrail: rootUserGuardrail && { ...rootUserGuardrail, existing: rootUser.accepted.existing },
        rootSessionGuardrail: rootSessionGuardrail && {
          ...rootSessionGuardrail,
          existing: rootSession.accepted.existing,
        },
      },
      needs: [...new Set([...rootUser.accepted.needs, ...rootSession.accepted.needs])],
    },
  };
}

function wantedRootUserGuardrail({
  policyName,
  targetIds,
}: NonNullable<SafeguardsPlan["rootUserGuardrail"]>): WantedGuardrail {
  const key = `${configurationNamespace}:rootUserGuardrail`;
  return { key, policy: rootUserGuardrailPolicy(policyName), targetIds };
}

function wantedRootSessionGuardrail(planned: NonNullable<SafeguardsPlan["rootSessionGuardrail"]>): WantedGuardrail {
  const key = `${configurationNamespace}:rootSessionGuardrail`;
  const policy = rootSessionGuardrailPolicy(planned.policyName, planned);
  return { key, policy, targetIds: [planned.accountId] };
}

interface Adopted {
  readonly existing: ExistingGuardrail | undefined;
  readonly needs: readonly string[];
}

async function adopt(wanted: WantedGuardrail | undefined, own: OwnResources | undefined): Promise<Reviewed<Adopted>> {
  if (wanted === undefined) return { accepted: { existing: undefined, needs: [] } };
  const found = await findGuardrail(wanted, own);
  if ("needs" in found) return { accepted: { existing: undefined, needs: [found.needs] } };
  const adopted = adoptGuardrail(wanted, found.known);
  return "problems" in adopted ? adopted : { accepted: { existing: adopted.accepted, needs: [] } };
}
