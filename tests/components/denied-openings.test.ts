import { expect } from "chai";
import { deniedOpenings, mayDenyOpenings } from "../../components/preflight/denied-openings.ts";
import { delegateOf, rootSessionOpeners } from "../../components/preflight/root-session-openers.ts";
import { type NamedPolicy, parsePolicy } from "#iam";
import { accountIdOf } from "../account-id.ts";
import { configured } from "./configured.ts";
import { sandboxOrganization } from "./sandbox-facts.ts";

const audit = accountIdOf("222222222222");
const orders = accountIdOf("333333333333");
const moment = { region: "us-east-1", at: new Date("2026-11-25T12:00:00Z") };
const organization = sandboxOrganization();
const type = "SERVICE_CONTROL_POLICY";

function policy(name: string, statement: object): NamedPolicy {
  return { name, document: parsePolicy({ Version: "2012-10-17", Statement: [statement] }, "identity") };
}

const all = policy("FullAWSAccess", { Effect: "Allow", Action: "*", Resource: "*" });
const denyAssumeRoot = policy("OnlyAdmins", {
  Sid: "Others",
  Effect: "Deny",
  Action: "sts:AssumeRoot",
  Resource: "*",
  Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } },
});

describe("who opens root sessions from the delegate's account", () => {
  const settings = {
    delegatedAdministrator: "Audit",
    permissionSets: [{ name: "Here" }, { name: "There" }, { name: "Nobodys", tasks: ["S3UnlockBucketPolicy"] }],
    assignments: [
      { permissionSet: "Here", users: ["alice"] },
      { permissionSet: "There", account: "Management", users: ["alice"] },
    ],
    breakGlassRole: { trustedPrincipals: ["arn:aws:iam::222222222222:user/dana"], name: "Glass" },
  };
  const names = (changes: object): readonly string[] =>
    rootSessionOpeners(configured({ ...settings, ...changes }), audit, organization, "us-east-1").map(
      ({ name }) => name,
    );

  it("are the permission sets that somebody holds there, or nobody yet, and the role", () => {
    expect(names({})).to.deep.equal(["permission set Here", "permission set Nobodys", "role Glass"]);
    expect(names({ breakGlassRole: { ...settings.breakGlassRole, account: "Audit" } })).to.include("role Glass");
    expect(names({ breakGlassRole: { ...settings.breakGlassRole, account: "Management" } })).to.not.include(
      "role Glass",
    );
  });

  it("have roles whose path names the Region of IAM Identity Center, and the configured tasks", () => {
    const [here, nobodys, glass] = rootSessionOpeners(configured(settings), audit, organization, "eu-west-1");
    expect(here?.roleArn).to.match(
      /^arn:aws:iam::222222222222:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-1\/AWSReservedSSO_Here_\w{16}$/,
    );
    expect(nobodys?.tasks).to.deep.equal(["S3UnlockBucketPolicy"]);
    expect(glass?.roleArn).to.equal("arn:aws:iam::222222222222:role/break-glass/Glass");
  });

  it("are nobody's where there is no delegate", () => {
    expect(delegateOf(configured({}), organization)).to.equal(undefined);
    expect(delegateOf(configured({ delegatedAdministrator: "Audit" }), organization)).to.equal(audit);
  });
});

describe("policies that keep people from opening root sessions", () => {
  const settings = {
    delegatedAdministrator: "Audit",
    permissionSets: [{ name: "Glass", tasks: ["S3UnlockBucketPolicy"] }],
  };
  const openers = rootSessionOpeners(configured(settings), audit, organization, "us-east-1");
  const openings = { accountId: audit, openers, targets: [orders] };

  it("are told from those that cannot, each by itself", () => {
    const may = mayDenyOpenings(type, openings, moment);
    const denyEc2 = policy("DenyEc2", { Effect: "Deny", Action: "ec2:*", Resource: "*" });
    const onlyS3 = policy("OnlyS3", { Effect: "Allow", Action: "s3:*", Resource: "*" });
    expect([all, denyAssumeRoot, denyEc2, onlyS3].map(may)).to.deep.equal([false, true, false, true]);
  });

  it("are named, with whom they keep from what and the remedy, which helps", () => {
    const [found, ...others] = deniedOpenings(type, openings, [[all], [all, denyAssumeRoot]], organization, moment);
    expect(others).to.deep.equal([]);
    expect(found).to.equal(
      "In 222222222222 (Audit) nobody opens root sessions for S3UnlockBucketPolicy with permission set Glass: service control policy OnlyAdmins, statement Others, denies sts:AssumeRoot. " +
        'Exempt them by "ArnNotLike": { "aws:PrincipalArn": ["arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Glass_*"] } in its Condition (organizations:UpdatePolicy).',
    );
    const remedied = policy("OnlyAdmins", {
      Effect: "Deny",
      Action: "sts:AssumeRoot",
      Resource: "*",
      Condition: { ArnNotLike: { "aws:PrincipalArn": openers.map(({ pattern }) => pattern) } },
    });
    expect(deniedOpenings(type, openings, [[all], [all, remedied]], organization, moment)).to.deep.equal([]);
  });

  it("are not this stack's own guardrail, which is about to let in whom the configuration names", () => {
    const own = { ...openings, ownPolicy: "OnlyAdmins" };
    expect(deniedOpenings(type, own, [[all], [all, denyAssumeRoot]], organization, moment)).to.deep.equal([]);
  });

  it("may allow too little", () => {
    const onlyS3 = policy("OnlyS3", { Effect: "Allow", Action: "s3:*", Resource: "*" });
    expect(deniedOpenings(type, openings, [[all], [onlyS3]], organization, moment)[0]).to.include(
      "no service control policy there allows sts:AssumeRoot. Attach one that does",
    );
  });
});
