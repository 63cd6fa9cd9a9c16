import { AwsFault } from "../../aws-fault.ts";

/** The errors of SQS. Their codes are those of its former query protocol, their structures those of its JSON. */
export function queueDoesNotExist(): AwsFault {
  return new AwsFault("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.", {
    shape: "QueueDoesNotExist",
  });
}

export function invalidAddress(url: string): AwsFault {
  return new AwsFault("InvalidAddress", `The address ${url} is not valid for this endpoint.`, { status: 404 });
}

export function invalidParameterValue(message: string): AwsFault {
  return new AwsFault("InvalidParameterValue", message, { shape: "InvalidParameterValueException" });
}

export function missingParameter(name: string): AwsFault {
  return new AwsFault("MissingParameter", `The request must contain the parameter ${name}.`, {
    shape: "MissingRequiredParameterException",
  });
}

export function unknownAttribute(name: string): AwsFault {
  return new AwsFault("InvalidAttributeName", `Unknown Attribute ${name}.`);
}

export function invalidAttributeValue(name: string): AwsFault {
  return new AwsFault("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);
}

/** @throws AwsFault InvalidParameterValue in SQS's words for a number out of its range */
export function checkRange(name: string, value: number | undefined, [least, most]: readonly [number, number]): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw invalidParameterValue(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}
