import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { platformPermissions, platformPolicy } from "#iam";

const readme = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");
const delegateRoleArn = "arn:aws:iam::222222222222:role/Deployment";

describe("the platform team's policy", () => {
  it("is the README's table, row by row", () => {
    const [, section = ""] = readme.split("### Permissions for `pulumi up`");
    const [table = ""] = section.split("###");
    const rows = [...table.matchAll(/^\| (.+) \| (.+) \| (observed|documented) \|$/gm)];
    expect(
      rows.map(([, what, actions = "", evidence]) => ({ what, actions: spelledOut(actions), evidence })),
    ).to.deep.equal(
      platformPermissions.map((row) => ({ what: row.for, actions: row.actions, evidence: row.evidence })),
    );
  });

  it("fits into a role's inline policies", () => {
    expect(JSON.stringify(platformPolicy({ delegateRoleArn })).length).to.be.below(10_240);
  });

  it("lets roles be changed and passed only where the stack makes them", () => {
    for (const { Action, Resource } of platformPolicy({ delegateRoleArn }).Statement) {
      if (/iam:(PutRolePolicy|CreateRole|PassRole)/.test(JSON.stringify(Action))) expect(Resource).to.not.include("*");
    }
  });

  it("lets one role in the delegate's account be assumed, when it is named", () => {
    expect(JSON.stringify(platformPolicy())).to.not.include("sts:AssumeRole");
    const statement = platformPolicy({ delegateRoleArn }).Statement.find(({ Action }) =>
      Action.includes("sts:AssumeRole"),
    );
    expect(statement?.Resource).to.deep.equal([delegateRoleArn]);
  });

  it("only reads for a preview", () => {
    const actions = platformPolicy({ access: "preview", delegateRoleArn }).Statement.flatMap(({ Action }) => Action);
    expect(actions).to.include.members(["organizations:DescribeOrganization", "sso:ListInstances", "sts:AssumeRole"]);
    expect(actions.filter((action) => !/:(Get|List|Describe|AssumeRole$)/.test(action))).to.deep.equal([]);
  });
});

/** `sns:Subscribe, Unsubscribe; kms:CreateKey`: a prefix holds until the next. */
function spelledOut(cell: string): readonly string[] {
  return cell.split("; ").flatMap((group) => {
    const [prefix = "", names = ""] = group.split(/:(.*)/);
    return names.split(", ").map((name) => `${prefix}:${name}`);
  });
}
