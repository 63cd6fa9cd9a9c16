import { expect } from "chai";

/** What AWS said no with, as an SDK client passes it on. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number | undefined;
  /** `Reason` of Organizations' errors. */
  readonly reason: string | undefined;
}

/**
 * Waits for a request to be refused. Fails the test when it is not.
 *
 * @example expect(await refusalOf(sts.send(new AssumeRootCommand(input)))).to.include({ code: "AccessDenied" })
 */
export async function refusalOf(request: Promise<unknown>): Promise<Refusal> {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) expect.fail("The request was carried out, though it should have been refused.");
  const { $metadata: metadata, Reason: reason } = error as Error & {
    $metadata?: { httpStatusCode?: number };
    Reason?: string;
  };
  return { code: error.name, message: error.message, status: metadata?.httpStatusCode, reason };
}
