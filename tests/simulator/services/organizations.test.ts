import * as organizations from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { type AccountName, administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const { management, audit, orders, closed } = sandboxAccounts;
const ServicePrincipal = "iam.amazonaws.com";
const noPermission = {
  code: "AccessDeniedException",
  status: 400,
  message: "You don't have permissions to access this resource.",
};

describe("organizations", () => {
  let sandbox: SandboxOrganization;
  let client: organizations.OrganizationsClient;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization({ accounts: 45 });
    client = clientOf("management");
  });

  afterEach(() => sandbox.close());

  const clientOf = (account: AccountName) => new organizations.OrganizationsClient(administrator(sandbox, account));
  const trust = () => client.send(new organizations.EnableAWSServiceAccessCommand({ ServicePrincipal }));
  const register = (AccountId: string) =>
    client.send(new organizations.RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }));
  const deregister = (AccountId: string) =>
    client.send(new organizations.DeregisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal }));
  const delegates = async (request: organizations.ListDelegatedAdministratorsRequest = { ServicePrincipal }) => {
    const answer = await client.send(new organizations.ListDelegatedAdministratorsCommand(request));
    return answer.DelegatedAdministrators?.map(({ Id }) => Id);
  };

  describe("who may call", () => {
    it("section 3: lets every account describe the organization, and member accounts nothing else", async () => {
      const member = clientOf("orders");
      const { Organization } = await member.send(new organizations.DescribeOrganizationCommand({}));
      expect(Organization).to.include({ MasterAccountId: management, FeatureSet: "ALL" });
      for (const request of [
        () => member.send(new organizations.ListAccountsCommand({})),
        () => member.send(new organizations.ListRootsCommand({})),
        () => member.send(new organizations.ListDelegatedAdministratorsCommand({ ServicePrincipal })),
      ]) {
        expect(await refusalOf(request())).to.include(noPermission);
      }
    });

    it("section 3: lets a delegated administrator read, and not write", async () => {
      await trust();
      const delegate = clientOf("audit");
      expect(await refusalOf(delegate.send(new organizations.ListRootsCommand({})))).to.include(noPermission);
      await register(audit);
      await delegate.send(new organizations.ListRootsCommand({}));
      const enable = new organizations.EnableAWSServiceAccessCommand({ ServicePrincipal: "ram.amazonaws.com" });
      expect(await refusalOf(delegate.send(enable))).to.include(noPermission);
      const another = new organizations.RegisterDelegatedAdministratorCommand({ AccountId: orders, ServicePrincipal });
      expect(await refusalOf(delegate.send(another))).to.include(noPermission);
    });
  });

  describe("accounts and their tree", () => {
    const pagesOf = async () => {
      const pages: string[][] = [];
      for await (const { Accounts = [] } of organizations.paginateListAccounts({ client }, {})) {
        pages.push(Accounts.map(({ Id }) => Id ?? ""));
      }
      return pages;
    };

    it("gives accounts twenty a page", async () => {
      const pages = await pagesOf();
      expect(pages.map(({ length }) => length)).to.deep.equal([20, 20, 10]);
      expect(new Set(pages.flat())).to.have.property("size", 50);
    });

    it("describes an account, a suspended one too, and refuses strangers", async () => {
      const { Account } = await client.send(new organizations.DescribeAccountCommand({ AccountId: closed }));
      expect(Account).to.include({ Id: closed, Status: "SUSPENDED", Name: "Closed" });
      const stranger = new organizations.DescribeAccountCommand({ AccountId: "999999999999" });
      expect(await refusalOf(client.send(stranger))).to.include({
        code: "AccountNotFoundException",
        status: 400,
        message: "You specified an account that doesn't exist.",
      });
    });

    it("leads from the root down to every account, and back up", async () => {
      const { Roots } = await client.send(new organizations.ListRootsCommand({}));
      const below = async (ParentId: string): Promise<string[]> => {
        const { OrganizationalUnits = [] } = await client.send(
          new organizations.ListOrganizationalUnitsForParentCommand({ ParentId }),
        );
        const { Accounts = [] } = await client.send(new organizations.ListAccountsForParentCommand({ ParentId }));
        const deeper = await Promise.all(OrganizationalUnits.map(({ Id = "" }) => below(Id)));
        return [...Accounts.map(({ Name = "" }) => Name), ...deeper.flat()];
      };
      const names = await below(Roots?.[0]?.Id ?? "");
      expect(names).to.include.members(["Management", "Audit", "Orders", "Payments", "Closed"]);

      const { Parents } = await client.send(new organizations.ListParentsCommand({ ChildId: orders }));
      const [parent] = Parents ?? [];
      expect(parent).to.include({ Type: "ORGANIZATIONAL_UNIT" });
      const { Children } = await client.send(
        new organizations.ListChildrenCommand({ ParentId: parent?.Id, ChildType: "ACCOUNT" }),
      );
      expect(Children?.map(({ Id }) => Id)).to.include(orders);
    });

    it("refuses a parent that is none, a page size and a token that are none", async () => {
      const accounts = (ParentId: string) =>
        refusalOf(client.send(new organizations.ListAccountsForParentCommand({ ParentId })));
      expect(await accounts(orders)).to.include({ code: "InvalidInputException", reason: "INVALID_PATTERN" });
      expect(await accounts("ou-none-00000000")).to.include({ code: "ParentNotFoundException" });
      const list = (request: organizations.ListAccountsRequest) =>
        refusalOf(client.send(new organizations.ListAccountsCommand(request)));
      expect(await list({ MaxResults: 21 })).to.include({
        code: "InvalidInputException",
        reason: "MAX_VALUE_EXCEEDED",
      });
      expect(await list({ NextToken: "nonsense" })).to.include({
        code: "InvalidInputException",
        reason: "INVALID_NEXT_TOKEN",
      });
    });
  });

  describe("section 3: trusted access", () => {
    const enabled = async () => {
      const answer = await client.send(new organizations.ListAWSServiceAccessForOrganizationCommand({}));
      return answer.EnabledServicePrincipals ?? [];
    };

    it("is enabled and disabled, and enabling twice changes nothing", async () => {
      await trust();
      const before = await enabled();
      await trust();
      expect(await enabled()).to.deep.equal(before);
      await client.send(new organizations.DisableAWSServiceAccessCommand({ ServicePrincipal }));
      expect((await enabled()).map((entry) => entry.ServicePrincipal)).to.deep.equal([
        "cloudtrail.amazonaws.com",
        "sso.amazonaws.com",
      ]);
    });

    it("is not given to services that do not exist", async () => {
      const enable = new organizations.EnableAWSServiceAccessCommand({ ServicePrincipal: "root.amazonaws.com" });
      expect(await refusalOf(client.send(enable))).to.include({
        code: "InvalidInputException",
        reason: "UNRECOGNIZED_SERVICE_PRINCIPAL",
        message: "You specified an unrecognized service principal.",
      });
    });

    it("cannot be taken from a service that has a delegated administrator", async () => {
      await trust();
      await register(audit);
      const disable = () => client.send(new organizations.DisableAWSServiceAccessCommand({ ServicePrincipal }));
      expect(await refusalOf(disable())).to.include({
        code: "ConstraintViolationException",
        status: 400,
        reason: "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
      });
      await deregister(audit);
      await disable();
    });
  });

  describe("section 3: delegated administrators", () => {
    it("are registered once, listed and deregistered once", async () => {
      await trust();
      expect(await delegates()).to.deep.equal([]);
      await register(audit);
      expect(await delegates()).to.deep.equal([audit]);
      expect(await delegates({})).to.deep.equal([audit]);
      expect(await refusalOf(register(audit))).to.include({
        code: "AccountAlreadyRegisteredException",
        status: 400,
        message: "The provided account is already a delegated administrator for your organization.",
      });
      const services = await client.send(
        new organizations.ListDelegatedServicesForAccountCommand({ AccountId: audit }),
      );
      expect(services.DelegatedServices?.map((service) => service.ServicePrincipal)).to.deep.equal([ServicePrincipal]);
      await deregister(audit);
      expect(await delegates()).to.deep.equal([]);
      expect(await refusalOf(deregister(audit))).to.include({
        code: "AccountNotRegisteredException",
        message: "The provided account is not a registered delegated administrator for your organization.",
      });
    });

    it("need trusted access first", async () => {
      expect(await refusalOf(register(audit))).to.include({
        code: "ConstraintViolationException",
        reason: "SERVICE_ACCESS_NOT_ENABLED",
      });
    });

    const unfit: readonly [string, string, object][] = [
      [
        "the management account",
        management,
        { code: "ConstraintViolationException", reason: "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR" },
      ],
      [
        "a suspended account",
        closed,
        {
          code: "ConstraintViolationException",
          reason: "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
        },
      ],
      ["an account that does not exist", "999999999999", { code: "AccountNotFoundException" }],
      ["what is no account id", "audit", { code: "InvalidInputException", reason: "INVALID_PATTERN" }],
    ];
    for (const [name, account, refusal] of unfit) {
      it(`cannot be ${name}`, async () => {
        await trust();
        expect(await refusalOf(register(account))).to.include(refusal);
      });
    }
  });

  it("answers for the last of ten thousand accounts as for the first", async () => {
    const large = await startSandboxOrganization({ accounts: 10_000 });
    try {
      const settings = administrator(large, "management");
      const AccountId = "600000010000";
      const { Account } = await new organizations.OrganizationsClient(settings).send(
        new organizations.DescribeAccountCommand({ AccountId }),
      );
      expect(Account).to.include({ Id: AccountId, Name: "Member-10000" });
    } finally {
      await large.close();
    }
  });

  it("refuses by name what it does not model", async () => {
    const create = new organizations.CreateAccountCommand({ AccountName: "New", Email: "new@example.com" });
    expect(await refusalOf(client.send(create))).to.include({ code: "NotImplemented", status: 501 });
  });
});
