import { isPolicyNotTaken } from "./aws/aws-failure.ts";
import { RootAccessError } from "./root-access-error.ts";

/** What a failure at some point of a walk means for what is worked on. */
export interface Effect {
  readonly failed: string;
  /** Where AWS said no at once: what it denies, does not believe who asks for or cannot read does not happen. */
  readonly denied: string;
}

export const nothingChanged = "Nothing has been changed.";

/** Of every step before the one write. */
export const unchanged: Effect = { failed: nothingChanged, denied: nothingChanged };

/**
 * Runs a step of a walk and says with every failure what it means at this point.
 *
 * @example await telling(unchanged, () => policy.read())
 */
export async function telling<Value>({ failed, denied }: Effect, step: () => Promise<Value>): Promise<Value> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof RootAccessError)) throw error;
    throw error.withEffect(saidNoAtOnce(error) ? denied : failed);
  }
}

/** After an attempt that went unanswered a denial says nothing about what that one has done. */
function saidNoAtOnce({ reason, failure: { aws, attempts = 1 } }: RootAccessError): boolean {
  const denied = reason === "not-authorized" || reason === "not-authenticated";
  return (denied || (aws !== undefined && isPolicyNotTaken(aws))) && attempts === 1;
}
