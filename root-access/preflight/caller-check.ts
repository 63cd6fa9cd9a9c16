import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import { endedBy } from "../aws/aws-clients.ts";
import { callAws } from "../aws/aws-failure.ts";
import type { CallerIdentity } from "../caller.ts";
import { type Finding, type Look, needing } from "./check.ts";

/**
 * Whether the caller's account may open root sessions: the management account, or the delegated administrator of
 * iam.amazonaws.com (docs/aws-behaviour.md, section 1).
 */
export function callerCheck(client: OrganizationsClient, caller: Promise<CallerIdentity>): Look {
  return {
    about: "caller's account",
    look: async (signal) => {
      const delegates = delegatedAdministrators(client, signal).catch((error: unknown) => asError(error));
      const management = await managementAccount(client, signal);
      const { accountId } = await caller;
      if (accountId === management) return { state: "holds", because: "the management account" };
      const known = await delegates;
      if (known instanceof Error) throw known;
      return concludeFrom(accountId, management, known);
    },
  };
}

function concludeFrom(accountId: string, management: string, delegates: readonly string[]): Finding {
  if (delegates.includes(accountId)) return { state: "holds", because: "delegated administrator of iam.amazonaws.com" };
  const others = [management, ...delegates].join(" or ");
  return {
    state: "does not hold",
    what: `Account ${accountId} may not open root sessions: it is neither the management account nor the delegated administrator of iam.amazonaws.com.`,
    next: `Use credentials of account ${others}.`,
  };
}

/** Its account id; every member account may ask for it. */
export async function managementAccount(client: OrganizationsClient, signal: AbortSignal): Promise<string> {
  const { DescribeOrganizationCommand } = await import("@aws-sdk/client-organizations");
  const { Organization } = await needing("organizations:DescribeOrganization", () =>
    callAws({ doing: "describe the organization" }, () =>
      client.send(new DescribeOrganizationCommand({}), endedBy(signal)),
    ),
  );
  return Organization?.MasterAccountId ?? "";
}

async function delegatedAdministrators(client: OrganizationsClient, signal: AbortSignal): Promise<readonly string[]> {
  const { ListDelegatedAdministratorsCommand } = await import("@aws-sdk/client-organizations");
  const input = { ServicePrincipal: "iam.amazonaws.com" };
  const { DelegatedAdministrators = [] } = await needing("organizations:ListDelegatedAdministrators", () =>
    callAws({ doing: "list the delegated administrators" }, () =>
      client.send(new ListDelegatedAdministratorsCommand(input), endedBy(signal)),
    ),
  );
  return DelegatedAdministrators.flatMap(({ Id }) => Id ?? []);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
