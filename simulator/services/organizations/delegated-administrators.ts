import type {
  DeregisterDelegatedAdministratorRequest,
  ListDelegatedAdministratorsRequest,
  ListDelegatedAdministratorsResponse,
  ListDelegatedServicesForAccountRequest,
  ListDelegatedServicesForAccountResponse,
  RegisterDelegatedAdministratorRequest,
} from "@aws-sdk/client-organizations";
import type { AccountId } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import type { OrganizationAccount, OrganizationState } from "../../state/organization.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { constraintViolation } from "./faults.ts";
import { listPage } from "./list-page.ts";
import { checkServicePrincipal } from "./service-principals.ts";
import { arnOf, existingAccount } from "./targets.ts";
import { checkIsManagementAccount, checkMayRead } from "./who-may-call.ts";

type Registration = Decoded<RegisterDelegatedAdministratorRequest>;

export const registerDelegatedAdministrator: Operation<Registration, object> = {
  requires,
  perform: (input, call) => {
    const account = checkedAccount(input, call);
    const { organization } = call.state;
    checkMayBecomeDelegate(account, organization);
    checkTrusted(input.ServicePrincipal, organization);
    const registered = registrations(input.ServicePrincipal, organization);
    if (registered.has(account.id)) {
      throw new AwsFault(
        "AccountAlreadyRegisteredException",
        "The provided account is already a delegated administrator for your organization.",
      );
    }
    const { delegatedAdministrators } = organization;
    delegatedAdministrators.set(input.ServicePrincipal, new Map(registered).set(account.id, call.clock.now()));
    return {};
  },
};

export const deregisterDelegatedAdministrator: Operation<Decoded<DeregisterDelegatedAdministratorRequest>, object> = {
  requires,
  perform: (input, call) => {
    const account = checkedAccount(input, call);
    const registered = call.state.organization.delegatedAdministrators.get(input.ServicePrincipal);
    if (!registered?.delete(account.id)) throw notRegistered();
    return {};
  },
};

/** Without a service principal: the delegates of every service, each once. */
export const listDelegatedAdministrators: Operation<
  ListDelegatedAdministratorsRequest,
  ListDelegatedAdministratorsResponse
> = {
  requires: ({ ServicePrincipal }) => [
    {
      resource: "*",
      ...(ServicePrincipal === undefined ? {} : { context: { "organizations:ServicePrincipal": ServicePrincipal } }),
    },
  ],
  perform: (input, call) => {
    checkMayRead(call);
    if (input.ServicePrincipal !== undefined) checkServicePrincipal(input.ServicePrincipal);
    const page = listPage(delegates(input.ServicePrincipal, call.state.organization), input, call);
    return { DelegatedAdministrators: page.items, ...page.more };
  },
};

export const listDelegatedServicesForAccount: Operation<
  Decoded<ListDelegatedServicesForAccountRequest>,
  ListDelegatedServicesForAccountResponse
> = {
  requires: ({ AccountId }, { state: { organization } }) => [{ resource: arnOf(AccountId, organization) }],
  perform: (input, call) => {
    checkMayRead(call);
    const { organization } = call.state;
    const account = existingAccount(input.AccountId, organization);
    const services = [...organization.delegatedAdministrators].flatMap(([ServicePrincipal, accounts]) => {
      const since = accounts.get(account.id);
      return since ? [{ ServicePrincipal, DelegationEnabledDate: since }] : [];
    });
    if (services.length === 0) throw notRegistered();
    const page = listPage(services, input, call);
    return { DelegatedServices: page.items, ...page.more };
  },
};

function requires({ AccountId, ServicePrincipal }: Registration, { state }: Call): readonly Requirement[] {
  return [
    {
      resource: arnOf(AccountId, state.organization),
      context: { "organizations:ServicePrincipal": ServicePrincipal },
    },
  ];
}

function checkedAccount({ AccountId, ServicePrincipal }: Registration, call: Call): OrganizationAccount {
  checkIsManagementAccount(call);
  checkServicePrincipal(ServicePrincipal);
  return existingAccount(AccountId, call.state.organization);
}

function checkMayBecomeDelegate(account: OrganizationAccount, organization: OrganizationState): void {
  if (account.id === organization.managementAccountId) {
    throw constraintViolation(
      "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
      "You cannot register master account/yourself as delegated administrator for your organization.",
    );
  }
  if (account.status === "ACTIVE") return;
  throw constraintViolation(
    "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
    "You cannot register a suspended account as a delegated administrator.",
  );
}

function checkTrusted(principal: string, { trustedServices }: OrganizationState): void {
  if (trustedServices.has(principal)) return;
  throw constraintViolation(
    "SERVICE_ACCESS_NOT_ENABLED",
    "You attempted to register a delegated administrator before you enabled service access. Call the EnableAWSServiceAccess API first.",
  );
}

function registrations(principal: string, organization: OrganizationState): ReadonlyMap<AccountId, Date> {
  return organization.delegatedAdministrators.get(principal) ?? new Map<AccountId, Date>();
}

function delegates(principal: string | undefined, organization: OrganizationState): readonly object[] {
  const { delegatedAdministrators, accounts } = organization;
  const sources =
    principal === undefined ? [...delegatedAdministrators.values()] : [registrations(principal, organization)];
  const since = new Map(sources.flatMap((registered) => [...registered]));
  return [...since].flatMap(([id, DelegationEnabledDate]) => {
    const account = accounts.get(id);
    return account ? [{ ...describe(account), DelegationEnabledDate }] : [];
  });
}

function describe(account: OrganizationAccount): object {
  return {
    Id: account.id,
    Arn: account.arn,
    Email: account.email,
    Name: account.name,
    Status: account.status,
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: account.joined,
  };
}

function notRegistered(): AwsFault {
  return new AwsFault(
    "AccountNotRegisteredException",
    "The provided account is not a registered delegated administrator for your organization.",
  );
}
