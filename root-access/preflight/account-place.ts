import type { Account, OrganizationsClient } from "@aws-sdk/client-organizations";
import type { AccountId } from "#iam";
import { findOrganization, type Organization } from "../organization.ts";
import { needing } from "./check.ts";

/** Where an account is in the organization. */
export interface AccountPlace {
  readonly organization: Pick<Organization, "id" | "managementAccountId">;
  readonly account: Account;
  /** From the root down to the account itself. */
  readonly path: readonly string[];
}

/**
 * Looks for an account through the tree, branches side by side, by the calls that BreakGlassAssumeRoot allows: with these an
 * account cannot be asked for by its id.
 *
 * @returns `undefined` for an account that is not in the organization
 */
export async function findAccountPlace(
  client: OrganizationsClient,
  accountId: AccountId,
  signal: AbortSignal,
): Promise<AccountPlace | undefined> {
  const found = new AbortController();
  const organization = await needing("organizations:ListRoots", () =>
    findOrganization(client, AbortSignal.any([signal, found.signal])),
  );
  try {
    const place = await search(organization, accountId, [organization.rootId]);
    return { organization, ...place };
  } catch (error) {
    for (const reason of reasonsIn(error)) if (reason instanceof Error && !(reason instanceof NotHere)) throw reason;
    return undefined;
  } finally {
    found.abort();
  }
}

type Place = Omit<AccountPlace, "organization">;

class NotHere extends Error {}

/** The first branch that has it ends the search; the others' answers are not waited for. */
function search(organization: Organization, accountId: AccountId, path: readonly string[]): Promise<Place> {
  const parent = path.at(-1) ?? "";
  return Promise.any([
    accountIn(organization, accountId, parent, path),
    branchesBelow(organization, accountId, parent, path),
  ]);
}

async function accountIn(
  organization: Organization,
  accountId: AccountId,
  parent: string,
  path: readonly string[],
): Promise<Place> {
  return needing("organizations:ListAccountsForParent", async () => {
    for await (const account of organization.accountsIn(parent)) {
      if (account.Id === accountId) return { account, path: [...path, accountId] };
    }
    throw new NotHere();
  });
}

async function branchesBelow(
  organization: Organization,
  accountId: AccountId,
  parent: string,
  path: readonly string[],
): Promise<Place> {
  const branches: Promise<Place>[] = [];
  await needing("organizations:ListOrganizationalUnitsForParent", async () => {
    for await (const { Id = "" } of organization.unitsIn(parent)) {
      const branch = search(organization, accountId, [...path, Id]);
      // It may fail before the last page has come; all of them are looked at below.
      branch.catch(() => undefined);
      branches.push(branch);
    }
  });
  if (branches.length === 0) throw new NotHere();
  return Promise.any(branches);
}

function reasonsIn(error: unknown): readonly unknown[] {
  return error instanceof AggregateError ? error.errors.flatMap(reasonsIn) : [error];
}
