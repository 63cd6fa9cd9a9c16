/** The error a promise is rejected with; fails the test when it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error("rejected with something that is not an Error", { cause: error });
  }
  throw new Error("the promise was fulfilled where a rejection was expected");
}
