import { RootAccessError } from "#root-access";

/** The error that a promise fails with. A promise that does not fail, or fails otherwise, fails the test. */
export async function rejection(promise: Promise<unknown>): Promise<RootAccessError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RootAccessError) return error;
    throw error;
  }
  throw new Error("It should have failed with a RootAccessError.");
}
