import type { Account, OrganizationalUnit } from "@aws-sdk/client-organizations";
import { type AccountId, parseAccountId } from "#iam";
import { awsErrorCode } from "./aws/aws-failure.ts";
import { type Obstacle, stateOf, whyNoRootSessions } from "./no-root-sessions.ts";
import type { Organization } from "./organization.ts";
import { RootAccessError } from "./root-access-error.ts";

/** Which member accounts are meant. Both empty: every one. */
export interface AccountChoice {
  readonly accounts: readonly AccountId[];
  /** Ids (`ou-…`, `r-…`) or paths from the root (`Workloads/Production`); units below them are meant too. */
  readonly organizationalUnits: readonly string[];
}

export interface MemberAccount {
  readonly id: AccountId;
  /** Absent where the caller may not list accounts. */
  readonly name?: string;
  /** The root user's mail address; absent where the caller may not list accounts. */
  readonly email?: string;
  /** `ACTIVE`, `SUSPENDED` or another of AWS's words; absent where the caller may not list accounts. */
  readonly state?: string;
}

/**
 * Reads a choice as it was typed.
 *
 * @throws RootAccessError `usage` for what is not an account id, and for an empty or malformed organizational unit
 * @example parseAccountChoice(["333333333333"], ["Workloads/Production"])
 */
export function parseAccountChoice(accounts: readonly string[], organizationalUnits: readonly string[]): AccountChoice {
  return {
    accounts: accounts.map((text) => {
      const id = parseAccountId(text);
      if (id !== undefined) return id;
      throw usage(`"${text}" is not an AWS account id: it has twelve digits.`);
    }),
    organizationalUnits: organizationalUnits.map((text) => {
      const unit = text.replace(/^\/+|\/+$/g, "");
      if (unit !== "" && !unit.includes("//")) return unit;
      throw usage(
        `"${text}" names no organizational unit: give its id, or its path from the root, for example Workloads/Production.`,
      );
    }),
  };
}

/**
 * The chosen member accounts, each once, the management account never. What is named is found before the generator is
 * returned; the accounts of organizational units then come page by page, suspended ones included.
 *
 * @throws RootAccessError `not-authorized` for a named account that has no root sessions, `usage` for an organizational unit
 *   that is not there
 */
export async function findChosenAccounts(
  organization: Organization,
  choice: AccountChoice,
): Promise<AsyncGenerator<MemberAccount>> {
  const units: string[] = [];
  for (const unit of choice.organizationalUnits) units.push(await unitId(organization, unit));
  const named = await namedAccounts(organization, choice.accounts);
  const isEveryAccount = named.length === 0 && units.length === 0;
  return membersOnce(organization, named, isEveryAccount ? [organization.rootId] : units);
}

async function* membersOnce(
  organization: Organization,
  named: readonly Account[],
  units: readonly string[],
): AsyncGenerator<MemberAccount> {
  const given = new Set<string>([organization.managementAccountId]);
  const once = function* (account: Account): Generator<MemberAccount> {
    const member = memberAccount(account);
    if (given.has(member.id)) return;
    given.add(member.id);
    yield member;
  };
  for (const account of named) yield* once(account);
  for (const unit of units) {
    for await (const account of accountsBelow(organization, unit)) yield* once(account);
  }
}

async function* accountsBelow(organization: Organization, parentId: string): AsyncGenerator<Account> {
  yield* organization.accountsIn(parentId);
  for await (const { Id = "" } of organization.unitsIn(parentId)) yield* accountsBelow(organization, Id);
}

/** Goes through the tree only until all are found: an account cannot be asked for by its id with these permissions. */
async function namedAccounts(organization: Organization, ids: readonly AccountId[]): Promise<readonly Account[]> {
  const { managementAccountId, rootId } = organization;
  const missing = new Set<string>(ids);
  missing.delete(managementAccountId);
  const found = new Map<string, Account>();
  if (missing.size > 0) {
    for await (const account of accountsBelow(organization, rootId)) {
      if (missing.delete(account.Id ?? "")) found.set(account.Id ?? "", account);
      if (missing.size === 0) break;
    }
  }
  const obstacles = [...new Set(ids)].flatMap((id) => whyNoRootSessions(id, managementAccountId, found.get(id)) ?? []);
  if (obstacles.length > 0) throw withoutRootSessions(obstacles);
  return [...found.values()];
}

/** AWS would deny AssumeRoot there; said here, it is said plainly, and of all of them at once. */
function withoutRootSessions(obstacles: readonly Obstacle[]): RootAccessError {
  return new RootAccessError({
    reason: "not-authorized",
    what: obstacles.map(({ what }) => what).join(" "),
    effect: "No root session has been opened.",
    next: [...new Set(obstacles.map(({ next }) => next))].join(" "),
  });
}

async function unitId(organization: Organization, unit: string): Promise<string> {
  if (!/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/.test(unit)) return unitAtPath(organization, unit);
  try {
    await organization.unitsIn(unit).next();
    return unit;
  } catch (error) {
    if (awsErrorCode(error) !== "ParentNotFoundException") throw error;
    throw usage(`There is no organizational unit ${unit} in the organization ${organization.id}.`);
  }
}

async function unitAtPath(organization: Organization, path: string): Promise<string> {
  let parentId = organization.rootId;
  for (const [depth, name] of path.split("/").entries()) {
    const siblings: OrganizationalUnit[] = [];
    for await (const sibling of organization.unitsIn(parentId)) siblings.push(sibling);
    const unit = siblings.find((sibling) => sibling.Name === name);
    if (unit?.Id === undefined) {
      const above = depth === 0 ? "the root" : path.split("/").slice(0, depth).join("/");
      const there = siblings.map((sibling) => sibling.Name).join(", ") || "none";
      throw usage(`There is no organizational unit "${name}" below ${above}; there are: ${there}.`);
    }
    parentId = unit.Id;
  }
  return parentId;
}

function memberAccount(account: Account): MemberAccount {
  const { Id = "", Name, Email } = account;
  const id = parseAccountId(Id);
  if (id === undefined) throw new RootAccessError({ reason: "aws-failed", what: `AWS listed an account "${Id}".` });
  const told = { ...(Name === undefined ? {} : { name: Name }), ...(Email === undefined ? {} : { email: Email }) };
  return { id, state: stateOf(account), ...told };
}

function usage(what: string): RootAccessError {
  return new RootAccessError({ reason: "usage", what, effect: "No root session has been opened." });
}
