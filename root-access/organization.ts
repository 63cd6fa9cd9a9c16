import type { Account, OrganizationalUnit, OrganizationsClient } from "@aws-sdk/client-organizations";
import { parseArn } from "#iam";
import { endedBy } from "./aws/aws-clients.ts";
import { callAws } from "./aws/aws-failure.ts";
import { everyPage } from "./aws/every-page.ts";
import { RootAccessError } from "./root-access-error.ts";

/** An organization as somebody sees it who may list its tree, and no more. */
export interface Organization {
  /** `o-exampleorgid`. */
  readonly id: string;
  readonly managementAccountId: string;
  /** `r-examplerootid111`. */
  readonly rootId: string;
  /** The accounts directly below the root or an organizational unit, page by page. */
  readonly accountsIn: (parentId: string) => AsyncGenerator<Account>;
  readonly unitsIn: (parentId: string) => AsyncGenerator<OrganizationalUnit>;
}

/**
 * Finds the organization by three calls that the guides' permission set allows: ListRoots, ListAccountsForParent and
 * ListOrganizationalUnitsForParent (docs/aws-behaviour.md, section 8). The root's ARN names the management account.
 *
 * @throws RootAccessError `not-authorized`, `not-authenticated`, `aws-failed`, `cancelled`
 */
export async function findOrganization(client: OrganizationsClient, signal?: AbortSignal): Promise<Organization> {
  const sdk = await import("@aws-sdk/client-organizations");
  const ended = endedBy(signal);
  const root = await callAws({ doing: "find the organization's root" }, () =>
    client.send(new sdk.ListRootsCommand({}), ended),
  );
  return {
    ...namedBy(root.Roots?.[0]?.Arn ?? ""),
    accountsIn: (ParentId) =>
      everyPage(async (NextToken) => {
        const page = await callAws({ doing: `list the accounts in ${ParentId}` }, () =>
          client.send(new sdk.ListAccountsForParentCommand({ ParentId, NextToken }), ended),
        );
        return { items: page.Accounts, next: page.NextToken };
      }),
    unitsIn: (ParentId) =>
      everyPage(async (NextToken) => {
        const page = await callAws({ doing: `list the organizational units in ${ParentId}` }, () =>
          client.send(new sdk.ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }), ended),
        );
        return { items: page.OrganizationalUnits, next: page.NextToken };
      }),
  };
}

/** `arn:aws:organizations::111122223333:root/o-exampleorgid/r-examplerootid111` */
function namedBy(rootArn: string): Pick<Organization, "id" | "managementAccountId" | "rootId"> {
  const arn = parseArn(rootArn);
  const [kind, id, rootId] = arn?.resource.split("/") ?? [];
  if (arn !== undefined && kind === "root" && id !== undefined && rootId !== undefined) {
    return { id, managementAccountId: arn.accountId, rootId };
  }
  throw new RootAccessError({ reason: "aws-failed", what: `AWS named no root of the organization, but "${rootArn}".` });
}
