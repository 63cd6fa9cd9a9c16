import { featureFor, type TaskName } from "#iam";
import type { Check } from "../preflight/check.ts";
import type { BreakGlassPermissionSet } from "./permission-sets.ts";

/** What is known by the time that the tasks are concluded on. */
export interface TaskFacts {
  /** By what they are about. */
  readonly checks: ReadonlyMap<string, Check>;
  /** The permission set that the caller's own session is of; absent for any other principal. */
  readonly ownSet?: string | undefined;
  /** Absent where they could not be read. */
  readonly sets?: readonly BreakGlassPermissionSet[] | undefined;
}

/**
 * Whether the caller could open a root session for a task, and what it would need: an account that may, trusted access, the
 * feature (docs/aws-behaviour.md, section 1), and the permission.
 */
export function taskCheck(task: TaskName, facts: TaskFacts): Check {
  const about = `task ${task}`;
  const needed = ["caller", "caller's account", "trusted access", featureFor(task)];
  const checks = needed.flatMap((name) => facts.checks.get(name) ?? []);
  const lacking = checks.flatMap((one) => (one.state === "does not hold" ? [one] : []));
  if (lacking.length > 0) {
    const names = lacking.map((one) => `"${one.about}"`).join(" and ");
    return { about, state: "does not hold", what: `It needs ${names} first.`, next: `See at ${names}.` };
  }
  const permission = permissionFor(task, facts);
  if (permission.state === "does not hold") return { about, ...permission };
  const unknown = checks.filter((one) => one.state === "not checked").map((one) => one.about);
  if (permission.state === "not checked") unknown.push(permission.because);
  if (unknown.length > 0) return { about, state: "not checked", because: unknown.join(", ") };
  return { about, ...permission };
}

function permissionFor(task: TaskName, { ownSet, sets }: TaskFacts) {
  const own = ownSet === undefined ? undefined : sets?.find(({ name }) => name === ownSet);
  if (own === undefined) {
    return {
      state: "not checked",
      because: "needs sts:AssumeRoot for it, which shows only when a session is opened",
    } as const;
  }
  if (own.tasks.includes(task))
    return { state: "holds", because: `allowed by the permission set ${own.name}` } as const;
  return {
    state: "does not hold",
    what: `The permission set ${own.name} does not allow it.`,
    next: `Use a permission set that does, or add ${task} to its tasks and deploy the organization stack.`,
  } as const;
}

/** @example permissionSetOf("arn:aws:sts::2:assumed-role/AWSReservedSSO_BreakGlass_0123456789abcdef/alice") // "BreakGlass" */
export function permissionSetOf(callerArn: string): string | undefined {
  return /:assumed-role\/AWSReservedSSO_(.+)_[0-9a-f]{16}\//.exec(callerArn)?.[1];
}
