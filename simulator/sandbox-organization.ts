import { type Clock, createClock } from "./clock.ts";
import { configure } from "./configured.ts";
import { type FaultPlan, FaultPlanError } from "./faults/fault-plan.ts";
import { createFaultSource, type FaultSource } from "./faults/fault-source.ts";
import { disturbances } from "./pipeline/disturb.ts";
import { listen } from "./server.ts";
import { createSandbox } from "./state/sandbox.ts";
import type { AdministratorKey } from "./state/sandbox-iam.ts";
import type { State } from "./state/state.ts";

export interface SandboxOrganizationOptions {
  /** 0 picks a free port. */
  readonly port?: number;
  /** Member accounts beside the fixed ones. */
  readonly accounts?: number;
  /** Starts as the organization is after `pulumi up` of the organization stack. Default: nothing is enabled yet. */
  readonly configured?: boolean;
  /** Added to every answer. */
  readonly latencyMilliseconds?: number;
  /** How long SQS attributes and Identity Center writes take until they are in effect. Default 1000. */
  readonly propagationMilliseconds?: number;
  /** Lets requests go wrong on purpose. An empty plan costs a little and lets tests add rules. Default: none do. */
  readonly faults?: FaultPlan;
  /** Told of refusals (501) and of the simulator's own defects. Default: nobody. */
  readonly log?: (line: string) => void;
}

/** A running sandbox organization. */
export interface SandboxOrganization {
  /** `http://127.0.0.1:PORT`: the one endpoint of all services. */
  readonly endpoint: string;
  readonly port: number;
  readonly administrators: readonly AdministratorKey[];
  /** For tests: what the organization remembers, and its clock. */
  readonly state: State;
  readonly clock: Clock;
  /** For tests: adds rules while it runs. Present where `faults` was given. */
  readonly faults: FaultSource | undefined;
  readonly close: () => Promise<void>;
}

/**
 * Starts a local AWS organization on the loopback interface: the accounts, users and policies that docs/sandbox.md
 * lists, with nothing of centralized root access enabled yet unless `configured` is set.
 *
 * @throws Error with `code` EADDRINUSE when the port is taken
 * @throws FaultPlanError when a rule is for an account that is not in the organization
 * @example
 * const sandbox = await startSandboxOrganization();
 * const sts = new STSClient({ endpoint: sandbox.endpoint, region: "ap-northeast-2", credentials });
 */
export async function startSandboxOrganization(options: SandboxOrganizationOptions = {}): Promise<SandboxOrganization> {
  const clock = createClock();
  const { state, administrators } = createSandbox(options.accounts ?? 0);
  if (options.configured) configure(state, clock);
  if (options.faults) checkAccounts(options.faults, state);
  const faults = options.faults && createFaultSource(options.faults);
  const { port, close } = await listen(options.port ?? 0, options.latencyMilliseconds ?? 0, {
    state,
    clock,
    propagationMilliseconds: options.propagationMilliseconds ?? 1000,
    faults: faults && disturbances(faults),
    log: options.log ?? (() => undefined),
  });
  return { endpoint: `http://127.0.0.1:${port}`, port, administrators, state, clock, faults, close };
}

/** A rule for a stranger would never do anything. */
function checkAccounts({ rules }: FaultPlan, { organization }: State): void {
  const known = new Set<string>(organization.accounts.keys());
  const index = rules.findIndex(({ account }) => account !== undefined && !known.has(account));
  if (index < 0) return;
  const account = rules[index]?.account ?? "";
  throw new FaultPlanError(`rules[${index}].account: the sandbox organization has no account ${account}.`);
}
