import { AwsFault } from "../../aws-fault.ts";

export function invalidParameterValue(message: string): AwsFault {
  return new AwsFault("InvalidParameterValue", message);
}

export function missingParameter(name: string): AwsFault {
  return new AwsFault("MissingParameter", `The request must contain the parameter ${name}`);
}

/** How EC2 says that a dry run would have succeeded. */
export function dryRunOperation(): AwsFault {
  return new AwsFault("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", { status: 412 });
}
