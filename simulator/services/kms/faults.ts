import { AwsFault } from "../../aws-fault.ts";

export function notFound(message: string): AwsFault {
  return new AwsFault("NotFoundException", message);
}

export function invalidState(message: string): AwsFault {
  return new AwsFault("KMSInvalidStateException", message);
}

export function disabled(message: string): AwsFault {
  return new AwsFault("DisabledException", message);
}

export function malformedPolicy(message: string): AwsFault {
  return new AwsFault("MalformedPolicyDocumentException", message);
}
