import { expect } from "chai";
import { RoleNameError, switchRoleLink } from "#iam";
import { accountIdOf } from "../account-id.ts";

const audit = accountIdOf("222222222222");

describe("link to switch to a role", () => {
  it("has the account and the role's path and name", () => {
    expect(switchRoleLink(audit, "/break-glass/", "Break+Glass")).to.equal(
      "https://signin.aws.amazon.com/switchrole?account=222222222222&roleName=break-glass/Break%2BGlass",
    );
    expect(switchRoleLink(audit, "/", "B")).to.match(/roleName=B$/);
  });

  const refused = [
    { path: "/", name: "no spaces", says: '"no spaces" is no role name' },
    { path: "/", name: "", says: '"" is no role name' },
    { path: "break-glass/", name: "B", says: '"break-glass/" is no path' },
    { path: "/break-glass", name: "B", says: "begins and ends with a slash" },
    { path: `/${"p".repeat(40)}/`, name: "n".repeat(24), says: "have 65 characters" },
  ];
  for (const { path, name, says } of refused) {
    it(`is refused for ${JSON.stringify(path + name)}`, () => {
      expect(() => switchRoleLink(audit, path, name)).to.throw(RoleNameError, says);
    });
  }

  it("is given for 64 characters", () => {
    expect(switchRoleLink(audit, `/${"p".repeat(39)}/`, "n".repeat(24))).to.include("n".repeat(24));
  });
});
