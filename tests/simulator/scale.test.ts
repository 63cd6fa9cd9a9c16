import * as organizations from "@aws-sdk/client-organizations";
import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { bytesAnAccount } from "../bench/scale/bytes-an-account.ts";
import { administrator } from "./clients.ts";
import { refusalOf } from "./refusal.ts";

describe("an organization of ten thousand accounts", function () {
  this.timeout(60_000);

  let sandbox: SandboxOrganization;
  let client: organizations.OrganizationsClient;

  before(async () => {
    sandbox = await startSandboxOrganization({ accounts: 10_000 });
    client = new organizations.OrganizationsClient(administrator(sandbox, "management"));
  });

  after(() => sandbox.close());

  const workloads = async (): Promise<string> => {
    const { Roots } = await client.send(new organizations.ListRootsCommand({}));
    const units = await client.send(
      new organizations.ListOrganizationalUnitsForParentCommand({ ParentId: Roots?.[0]?.Id }),
    );
    return units.OrganizationalUnits?.find(({ Name }) => Name === "Workloads")?.Id ?? "";
  };

  it("is listed by parent, twenty accounts a page, each once, the last page with the rest", async () => {
    const seen = new Set<string>();
    const sizes: number[] = [];
    const pages = organizations.paginateListAccountsForParent({ client }, { ParentId: await workloads() });
    for await (const { Accounts = [] } of pages) {
      sizes.push(Accounts.length);
      for (const { Id = "" } of Accounts) seen.add(Id);
    }
    expect(seen.size).to.equal(10_002); // Orders and Closed live there, too.
    expect(sizes.slice(0, -1).every((size) => size === 20)).to.equal(true);
    expect(sizes.at(-1)).to.equal(2);
  });

  it("lists children in pages as small as one asks for, and goes on where a page ended", async () => {
    const ParentId = await workloads();
    const page = (request: Partial<organizations.ListChildrenRequest>) =>
      client.send(new organizations.ListChildrenCommand({ ParentId, ChildType: "ACCOUNT", ...request }));
    const first = await page({ MaxResults: 7 });
    const second = await page({ MaxResults: 7, NextToken: first.NextToken });
    const both = await page({ MaxResults: 14 });
    expect([...(first.Children ?? []), ...(second.Children ?? [])]).to.deep.equal(both.Children);
  });

  it("takes less than 4 KB of memory an account, also once the IAM of each has been looked into", () => {
    const { accounts, atRest, lookedInto } = bytesAnAccount();
    expect(accounts).to.equal(10_000);
    expect(atRest).to.be.within(100, 4096);
    expect(lookedInto).to.be.within(atRest, 4096);
  });

  const target = { TargetId: "333333333333", Filter: "SERVICE_CONTROL_POLICY" } as const;
  const lists: readonly (readonly [string, (request: object) => Promise<object>])[] = [
    ["ListAccounts", (page) => client.send(new organizations.ListAccountsCommand(page))],
    [
      "ListAccountsForParent",
      async (page) =>
        client.send(new organizations.ListAccountsForParentCommand({ ParentId: await workloads(), ...page })),
    ],
    [
      "ListChildren",
      async (page) =>
        client.send(
          new organizations.ListChildrenCommand({ ParentId: await workloads(), ChildType: "ACCOUNT", ...page }),
        ),
    ],
    [
      "ListOrganizationalUnitsForParent",
      async (page) =>
        client.send(
          new organizations.ListOrganizationalUnitsForParentCommand({ ParentId: await workloads(), ...page }),
        ),
    ],
    ["ListParents", (page) => client.send(new organizations.ListParentsCommand({ ChildId: "333333333333", ...page }))],
    ["ListRoots", (page) => client.send(new organizations.ListRootsCommand(page))],
    [
      "ListPolicies",
      (page) => client.send(new organizations.ListPoliciesCommand({ Filter: "SERVICE_CONTROL_POLICY", ...page })),
    ],
    [
      "ListPoliciesForTarget",
      (page) => client.send(new organizations.ListPoliciesForTargetCommand({ ...target, ...page })),
    ],
    [
      "ListTargetsForPolicy",
      (page) => client.send(new organizations.ListTargetsForPolicyCommand({ PolicyId: "p-FullAWSAccess", ...page })),
    ],
    ["ListDelegatedAdministrators", (page) => client.send(new organizations.ListDelegatedAdministratorsCommand(page))],
    [
      "ListAWSServiceAccessForOrganization",
      (page) => client.send(new organizations.ListAWSServiceAccessForOrganizationCommand(page)),
    ],
  ];
  for (const [name, list] of lists) {
    it(`${name} refuses tokens that are none and pages larger than twenty or smaller than one`, async () => {
      const code = "InvalidInputException";
      expect(await refusalOf(list({ NextToken: "nonsense" }))).to.include({ code, reason: "INVALID_NEXT_TOKEN" });
      expect(await refusalOf(list({ MaxResults: 21 }))).to.include({ code, reason: "MAX_VALUE_EXCEEDED" });
      expect(await refusalOf(list({ MaxResults: 0 }))).to.include({ code, reason: "MIN_VALUE_EXCEEDED" });
    });
  }
});
