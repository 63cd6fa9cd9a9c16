import { AwsFault } from "../../aws-fault.ts";

export function noSuchEntity(message: string): AwsFault {
  return new AwsFault("NoSuchEntity", message, { status: 404 });
}

export function alreadyExists(message: string): AwsFault {
  return new AwsFault("EntityAlreadyExists", message, { status: 409 });
}

export function deleteConflict(message: string): AwsFault {
  return new AwsFault("DeleteConflict", message, { status: 409 });
}

export function limitExceeded(message: string): AwsFault {
  return new AwsFault("LimitExceeded", message, { status: 409 });
}
