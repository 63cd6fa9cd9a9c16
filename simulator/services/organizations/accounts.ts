import type {
  Account,
  DescribeAccountRequest,
  DescribeAccountResponse,
  ListAccountsForParentRequest,
  ListAccountsForParentResponse,
  ListAccountsRequest,
  ListAccountsResponse,
} from "@aws-sdk/client-organizations";
import { pathFromRoot } from "../../organization-path.ts";
import type { OrganizationAccount, OrganizationState } from "../../state/organization.ts";
import type { Decoded, Operation } from "../service.ts";
import { listPage } from "./list-page.ts";
import { arnOf, checkIsParent, existingAccount } from "./targets.ts";
import { checkMayRead } from "./who-may-call.ts";

export const listAccounts: Operation<ListAccountsRequest, ListAccountsResponse> = {
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    const page = listPage([...organization.accounts.values()], input, call);
    return { Accounts: page.items.map((account) => describe(account, organization)), ...page.more };
  },
};

export const describeAccount: Operation<Decoded<DescribeAccountRequest>, DescribeAccountResponse> = {
  requires: ({ AccountId }, { state: { organization } }) => [{ resource: arnOf(AccountId, organization) }],
  perform: ({ AccountId }, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    return { Account: describe(existingAccount(AccountId, organization), organization) };
  },
};

export const listAccountsForParent: Operation<Decoded<ListAccountsForParentRequest>, ListAccountsForParentResponse> = {
  requires: ({ ParentId }, { state: { organization } }) => [{ resource: arnOf(ParentId, organization) }],
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    checkIsParent(input.ParentId, organization);
    const page = listPage(organization.accountsByParent.get(input.ParentId) ?? [], input, call);
    return { Accounts: page.items.map((account) => describe(account, organization)), ...page.more };
  },
};

function describe(account: OrganizationAccount, organization: OrganizationState): Account {
  return {
    Id: account.id,
    Arn: account.arn,
    Email: account.email,
    Name: account.name,
    Status: account.status,
    State: account.status,
    Paths: [`${[organization.id, ...pathFromRoot(account, organization)].join("/")}/`],
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: account.joined,
  };
}
