import { AwsFault } from "../../aws-fault.ts";

export function invalidLookupAttributes(message: string): AwsFault {
  return new AwsFault("InvalidLookupAttributesException", message);
}

export function invalidMaxResults(value: number, most: number): AwsFault {
  const message = `A max results value of ${value} is invalid. Specify max results between 1 and ${most}.`;
  return new AwsFault("InvalidMaxResultsException", message);
}

export function invalidTimeRange(): AwsFault {
  return new AwsFault("InvalidTimeRangeException", "The start time is after the end time.");
}

export function invalidNextToken(): AwsFault {
  return new AwsFault(
    "InvalidNextTokenException",
    "Invalid token or token that was previously used in a request with different parameters.",
  );
}
