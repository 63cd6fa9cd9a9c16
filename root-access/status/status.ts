import { taskNames } from "#iam";
import type { AwsAccess } from "../aws/aws-access.ts";
import { iamClient, organizationsClient } from "../aws/aws-clients.ts";
import { type CallerIdentity, identifyCaller } from "../caller.ts";
import { managementAccount } from "../preflight/caller-check.ts";
import { type Check, check, type Finding, type Look } from "../preflight/check.ts";
import { callerAccountLook, toldOfAccount } from "./caller-account.ts";
import { featureLooks } from "./feature-looks.ts";
import { findIdentityCenter, type IdentityCenter } from "./identity-center.ts";
import { delegates, delegatesLook, missing, organizationLook, trustedAccessLook } from "./organization-looks.ts";
import {
  type Assignment,
  assignmentsOf,
  type BreakGlassPermissionSet,
  breakGlassPermissionSets,
} from "./permission-sets.ts";
import { permissionSetOf, taskCheck } from "./task-check.ts";

export interface StatusQuestion {
  readonly breakGlass: AwsAccess;
  readonly signal?: AbortSignal | undefined;
}

export interface Status {
  readonly caller: CallerIdentity;
  /** From the organization to the tasks: what stands further up is needed further down. */
  readonly checks: readonly Check[];
}

/**
 * How centralized root access stands, as whoever asks may see it: the organization, the features, who may open root sessions,
 * and what each of the five tasks would need. Reads only; what may not be read is `not checked` with the permission that it
 * needs.
 *
 * AWS facts: docs/aws-behaviour.md, sections 1, 3, 4 and 8.
 *
 * @throws RootAccessError `not-authenticated`, `aws-failed` or `cancelled` where not even the caller can be identified
 * @example for (const found of (await status({ breakGlass })).checks) console.log(checkSentence(found));
 */
export async function status({ breakGlass, signal }: StatusQuestion): Promise<Status> {
  const caller = await identifyCaller(breakGlass, signal);
  const [organizations, iam] = await Promise.all([organizationsClient(breakGlass), iamClient(breakGlass)]);
  const features = featureLooks(iam);
  const looks = [
    callerLook(caller),
    organizationLook(organizations),
    callerAccountLook(organizations, iam, caller),
    trustedAccessLook(organizations),
    features.RootCredentialsManagement,
    features.RootSessions,
    delegatesLook(organizations),
  ];
  const people = permissionSetLooks(breakGlass, async (ended) => {
    const [management, others] = await Promise.all([
      managementAccount(organizations, ended),
      delegates(organizations, ended),
    ]);
    return [management, ...others.map(({ id }) => id)];
  });
  const [sets, ...looked] = await Promise.all([
    check(people.sets, signal).then(async (found) => [found, await check(people.assignments, signal)]),
    ...looks.map((look) => check(look, signal)),
  ]);
  const checks = toldOfAccount([...looked, ...sets], caller);
  const facts = {
    checks: new Map(checks.map((found) => [found.about, found])),
    ownSet: permissionSetOf(caller.arn),
    sets: people.known(),
  };
  return { caller, checks: [...checks, ...taskNames.map((task) => taskCheck(task, facts))] };
}

/** A root user may not open root sessions at all (docs/aws-behaviour.md, section 1). */
function callerLook({ arn }: CallerIdentity): Look {
  const finding: Finding = arn.endsWith(":root")
    ? missing(
        `${arn} is a root user, and AWS lets no root user open a root session.`,
        "Use an IAM user or a role, best the permission set BreakGlassAssumeRoot.",
      )
    : { state: "holds", because: arn };
  return { about: "caller", look: () => Promise.resolve(finding) };
}

/** Hundreds of permission sets are read one by one. */
const deadlineMilliseconds = 60_000;

/** The second needs what the first has found. */
function permissionSetLooks(access: AwsAccess, accounts: (signal: AbortSignal) => Promise<readonly string[]>) {
  let center: IdentityCenter | undefined;
  let known: readonly BreakGlassPermissionSet[] | undefined;
  const sets: Look = {
    about: "permission sets",
    deadlineMilliseconds,
    look: async (signal) => {
      center = await findIdentityCenter(access, signal);
      if (center === undefined) {
        return missing("No enabled Region has an instance of IAM Identity Center.", "Enable it for the organization.");
      }
      known = await breakGlassPermissionSets(center, signal);
      if (known.length > 0) return { state: "holds", because: known.map(setSentence).join("; ") };
      return missing(
        `None of IAM Identity Center in ${center.region} allows sts:AssumeRoot.`,
        "pulumi up of the organization stack makes BreakGlassAssumeRoot.",
      );
    },
  };
  const assignments: Look = {
    about: "assignments",
    deadlineMilliseconds,
    look: async (signal) => {
      if (center === undefined || known === undefined)
        return { state: "not checked", because: "needs the permission sets" };
      const found = await assignmentsOf(center, known, await accounts(signal), signal);
      if (found.length > 0) return { state: "holds", because: found.map(assignmentSentence).join("; ") };
      return missing(
        "Nobody holds such a permission set in an account from which root sessions can be opened.",
        "Add aws-break-glass:assignments to the organization stack and deploy it.",
      );
    },
  };
  return { sets, assignments, known: () => known };
}

function setSentence({ name, tasks }: BreakGlassPermissionSet): string {
  return `${name} for ${tasks.length === taskNames.length ? "every task" : tasks.join(", ")}`;
}

function assignmentSentence({ permissionSet, account, users, groups }: Assignment): string {
  const holders = [counted(groups, "group"), counted(users, "user")].filter((text) => text !== "");
  return `${permissionSet} in ${account}: ${holders.join(", ")}`;
}

function counted(count: number, what: string): string {
  return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`;
}
