import { AwsFault } from "../aws-fault.ts";

/** How each service says that it is asked too often; the others say ThrottlingException. */
const throttling: Readonly<Record<string, () => AwsFault>> = {
  sts: () => new AwsFault("Throttling", "Rate exceeded"),
  iam: () => new AwsFault("Throttling", "Rate exceeded"),
  organizations: () =>
    new AwsFault("TooManyRequestsException", "AWS Organizations is experiencing too many requests. Try again."),
  s3: () => new AwsFault("SlowDown", "Please reduce your request rate.", { status: 503 }),
  ec2: () => new AwsFault("RequestLimitExceeded", "Request limit exceeded.", { status: 503 }),
  account: () => new AwsFault("TooManyRequestsException", "Rate exceeded", { status: 429 }),
  sqs: () => new AwsFault("RequestThrottled", "Rate exceeded", { status: 403 }),
};

export function throttled(service: string): AwsFault {
  return throttling[service]?.() ?? new AwsFault("ThrottlingException", "Rate exceeded");
}

export function internalError(service: string): AwsFault {
  return service === "s3"
    ? new AwsFault("InternalError", "We encountered an internal error. Please try again.", { status: 500 })
    : new AwsFault(
        "InternalFailure",
        "The request processing has failed because of an unknown error, exception or failure.",
        {
          status: 500,
        },
      );
}

export function unavailable(service: string): AwsFault {
  return service === "s3"
    ? new AwsFault("ServiceUnavailable", "Service is unable to handle request.", { status: 503 })
    : new AwsFault("ServiceUnavailable", "The request has failed due to a temporary failure of the server.", {
        status: 503,
      });
}
