import { saysTheSame } from "../json-text.ts";
import { RootAccessError } from "../root-access-error.ts";
import { nothingChanged } from "../told-effect.ts";
import type { PolicyPlan } from "./unlock-plan.ts";

/** What is about to be done, for the person who decides. */
export interface PolicyChangeProposal {
  readonly plan: PolicyPlan;
  /** The policy as it is; absent where there is none. */
  readonly policyText?: string;
  /** Absent where there is no policy, and in a dry run. */
  readonly backup?: string;
}

export interface SettledPlan extends PolicyChangeProposal {
  /** `agreed`: the policy that is backed up is the one that is there. */
  readonly outcome: "agreed" | "left" | "would change";
}

/** How a plan comes about; each is one step of the walk. */
export interface PlanToSettle {
  readonly planFor: (policyText: string | undefined) => PolicyPlan;
  readonly backUp: (policyText: string | undefined) => Promise<string | undefined>;
  readonly tell: (proposal: PolicyChangeProposal) => void;
  /** @throws RootAccessError `cancelled` where it is not agreed to */
  readonly agree: (proposal: PolicyChangeProposal) => Promise<void>;
  readonly readAgain: () => Promise<string | undefined>;
  readonly note: (sentence: string) => void;
  readonly dryRun: boolean;
}

/**
 * Plans, backs up and asks, until nobody has changed the policy in between: somebody else may be at work on the same bad
 * day, and the answer to a question takes its time. So whatever is written over is in a backup, but for what is written in
 * the moment between the last reading and the write, which AWS has no way to rule out.
 *
 * @throws RootAccessError `refused` where the policy is another one each time
 */
export async function settlePlan(policyText: string | undefined, steps: PlanToSettle): Promise<SettledPlan> {
  let text = policyText;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const plan = steps.planFor(text);
    const found = { plan, ...(text === undefined ? {} : { policyText: text }) };
    if (plan.change.kind === "leave") return { outcome: "left", ...found };
    if (steps.dryRun) {
      steps.tell(found);
      return { outcome: "would change", ...found };
    }
    const backup = await steps.backUp(text);
    const proposal = { ...found, ...(backup === undefined ? {} : { backup }) };
    steps.tell(proposal);
    await steps.agree(proposal);
    const now = await steps.readAgain();
    if (isTheSame(text, now)) return { outcome: "agreed", ...proposal };
    steps.note("Somebody else has changed the policy meanwhile: this is the one that is there now.");
    text = now;
  }
  throw new RootAccessError({
    reason: "refused",
    what: `The policy was changed by somebody else ${mostAttempts} times while this command was about to change it.`,
    effect: nothingChanged,
    next: "Find out who is at work on it, then start again.",
  });
}

const mostAttempts = 5;

function isTheSame(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined ? one === other : saysTheSame(one, other);
}
