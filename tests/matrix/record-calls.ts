import type { SandboxOrganization } from "#simulator";
import type { AwsCall } from "./faults.ts";

/** Counts requests as the sandbox's faults do. */
export interface CallCounter {
  /** @returns the call that this request is */
  readonly count: (request: Omit<AwsCall, "nth">) => AwsCall;
}

export function createCallCounter(): CallCounter {
  const counts = new Map<string, number>();
  return {
    count: ({ service, operation, account }) => {
      const key = `${service}:${operation} ${account}`;
      const nth = (counts.get(key) ?? 0) + 1;
      counts.set(key, nth);
      return { service, operation, account, nth };
    },
  };
}

/** Watches until the returned function is called, which gives every request there has been. */
export function recordCalls(organization: SandboxOrganization): () => readonly AwsCall[] {
  const counter = createCallCounter();
  const calls: AwsCall[] = [];
  const stop = faultsOf(organization).watch((request) => calls.push(counter.count(request)));
  return () => {
    stop();
    return calls;
  };
}

export function faultsOf({ faults }: SandboxOrganization): NonNullable<SandboxOrganization["faults"]> {
  if (faults === undefined) throw new Error("This sandbox has been started without faults.");
  return faults;
}

export function isSameCall(one: AwsCall, other: AwsCall): boolean {
  return (
    one.service === other.service &&
    one.operation === other.operation &&
    one.account === other.account &&
    one.nth === other.nth
  );
}
