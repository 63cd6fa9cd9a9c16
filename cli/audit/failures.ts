import { type Audit, RootAccessError } from "#root-access";
import { shownPath } from "../shown-path.ts";

/** Says with a failure that has not been told with its effect that there is none. */
export async function sayingThatItOnlyReads(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof RootAccessError) || error.failure.effect !== undefined) throw error;
    throw error.withEffect("Nothing has been changed: an audit only reads.");
  }
}

/** Says with whatever ends an audit that what has been read is kept, and how the rest is read. */
export async function sayingHowToGoOn<Value>(audit: Audit, action: () => Promise<Value>): Promise<Value> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof RootAccessError)) throw error;
    const { failure } = error;
    throw new RootAccessError({
      ...failure,
      what: failure.reason === "cancelled" ? "Cancelled." : failure.what,
      effect: `What has been read until now is kept in ${shownPath(audit.path)}`,
      next: [failure.next, "To go on: break-glass audit --resume"].filter((text) => text !== undefined).join("\n  "),
    });
  }
}
