import type { FaultRule } from "#simulator";

/** A request that a verb makes, by what the sandbox's faults tell requests apart by. */
export interface AwsCall {
  readonly service: string;
  readonly operation: string;
  /** The caller's. */
  readonly account: string;
  /** Counted from 1 over the verb's calls of this operation by this account. */
  readonly nth: number;
}

/** Something that goes wrong at a call. */
export interface MatrixFault {
  readonly name: string;
  /** Whether the SDK's own attempts outlive it: the run then has to end with 0. */
  readonly passes: boolean;
  /** Whether it is of consequence at this call. */
  readonly concerns: (call: AwsCall) => boolean;
  readonly rules: (call: AwsCall) => readonly FaultRule[];
  /** Instead of an answer the process gets SIGKILL. */
  readonly kills?: true;
  /** AWS refuses the policy for what it says. */
  readonly blocksPublicPolicy?: true;
}

const everywhere = (): boolean => true;
const writing = ({ operation }: AwsCall): boolean => !/^(Get|List|Describe|Head|AssumeRoot$)/.test(operation);

function rule(fault: FaultRule["fault"], { service, operation, account, nth }: AwsCall, times: number): FaultRule {
  const calls = Array.from({ length: times }, (_, index) => nth + index);
  return { fault, service, operation, account, calls };
}

/** More often than anything is tried again. */
const lasting = 200;

/** Every fault of the matrix, in the order of its table. */
export const matrixFaults: readonly MatrixFault[] = [
  passing("throttled twice", "throttled", 2),
  passing("500 once", "internal-error", 1),
  stopping("500 lasting", "internal-error"),
  passing("cut before, once", "cut-before", 1),
  stopping("cut before, lasting", "cut-before"),
  passing("cut after, once", "cut-after", 1),
  stopping("cut after, lasting", "cut-after"),
  { ...stopping("access denied", "access-denied"), concerns: ({ operation }) => operation !== "GetCallerIdentity" },
  { ...stopping("session expired", "session-expired"), rules: (call) => [rule("session-expired", call, 1)] },
  {
    name: "public policy blocked",
    passes: false,
    concerns: ({ operation }) => operation === "PutBucketPolicy",
    rules: () => [],
    blocksPublicPolicy: true,
  },
  {
    name: "killed before",
    passes: false,
    concerns: everywhere,
    rules: (call) => [rule("cut-before", call, 1)],
    kills: true,
  },
  { name: "killed after", passes: false, concerns: writing, rules: () => [], kills: true },
];

function passing(name: string, fault: FaultRule["fault"], times: number): MatrixFault {
  return { name, passes: true, concerns: everywhere, rules: (call) => [rule(fault, call, times)] };
}

function stopping(name: string, fault: FaultRule["fault"]): MatrixFault {
  return { name, passes: false, concerns: everywhere, rules: (call) => [rule(fault, call, lasting)] };
}
