import type { InitializeHandler, MiddlewareStack } from "@smithy/types";

/** A call that AWS refused or that never got there, worded as the official plugins (AWS SDK for Go) word it. */
export class AwsCallFailed extends Error {
  override readonly name = "AwsCallFailed";
  /** AWS's error code, for example `NoSuchBucket`; for an answer without a body the SDK's word for its status. */
  readonly code: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(operation: string, cause: Error) {
    const { httpStatusCode = 0, requestId = "" } = metadataOf(cause);
    super(
      httpStatusCode === 0
        ? `operation error ${operation}, request send failed: ${cause.message}`
        : `operation error ${operation}, https response error StatusCode: ${httpStatusCode}, RequestID: ${requestId}, ` +
            `api error ${cause.name}: ${cause.message}`,
      { cause },
    );
    this.code = cause.name;
    this.status = httpStatusCode;
  }
}

/** Whether AWS answered with one of these codes. */
export function failedWith(error: unknown, ...codes: readonly string[]): error is AwsCallFailed {
  return error instanceof AwsCallFailed && codes.includes(error.code);
}

/** Has a client throw {@link AwsCallFailed}, naming the operation. */
export function nameFailures<Input extends object, Output extends object>(stack: MiddlewareStack<Input, Output>): void {
  stack.add(
    (next, context): InitializeHandler<Input, Output> =>
      async (request) => {
        try {
          return await next(request);
        } catch (error) {
          throw new AwsCallFailed(operationName(context), error instanceof Error ? error : new Error(String(error)));
        }
      },
    { step: "initialize", name: "nameFailures", priority: "high" },
  );
}

function operationName({
  clientName = "AWS",
  commandName = "",
}: {
  clientName?: string;
  commandName?: string;
}): string {
  return `${clientName.replace(/Client$/, "")}: ${commandName.replace(/Command$/, "")}`;
}

function metadataOf(error: Error): { httpStatusCode?: number; requestId?: string } {
  return "$metadata" in error && typeof error.$metadata === "object" && error.$metadata !== null ? error.$metadata : {};
}
