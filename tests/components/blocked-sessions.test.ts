import { expect } from "chai";
import { blockedSessions, mayBlockRootSessions } from "../../components/preflight/blocked-sessions.ts";
import { rootSessionReach } from "../../components/preflight/root-session-reach.ts";
import { type NamedPolicy, parsePolicy, taskNames } from "#iam";
import { accountIdOf } from "../account-id.ts";
import { sandboxOrganization } from "./sandbox-facts.ts";

const audit = accountIdOf("222222222222");
const orders = accountIdOf("333333333333");
const moment = { region: "us-east-1", at: new Date("2026-11-25T12:00:00Z") };
const organization = sandboxOrganization();
const set = { name: "BreakGlassAssumeRoot", accountListing: "console" as const, preflight: false };

function policy(name: string, statement: object): NamedPolicy {
  return { name, document: parsePolicy({ Version: "2012-10-17", Statement: [statement] }, "identity") };
}

const all = policy("FullAWSAccess", { Effect: "Allow", Action: "*", Resource: "*" });
const denyRoot = policy("DenyRoot", {
  Sid: "NoRoot",
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
});

describe("what root sessions are to reach", () => {
  it("is every task in every active member account where a permission set is not limited", () => {
    const limited = { ...set, name: "Other", tasks: ["S3UnlockBucketPolicy" as const], targetAccounts: ["Orders"] };
    const reach = rootSessionReach({ permissionSets: [set, limited] }, organization);
    expect([...reach.tasks]).to.have.members([...taskNames]);
    expect(reach.accounts).to.deep.equal([audit, orders]);
  });

  it("is what the limited permission sets name together", () => {
    const one = { ...set, tasks: ["S3UnlockBucketPolicy" as const], targetAccounts: ["Orders", "222222222222"] };
    const other = { ...set, tasks: ["SQSUnlockQueuePolicy" as const], targetAccounts: ["Orders"] };
    const reach = rootSessionReach({ permissionSets: [one, other] }, organization);
    expect([...reach.tasks]).to.deep.equal(["S3UnlockBucketPolicy", "SQSUnlockQueuePolicy"]);
    expect(reach.accounts).to.deep.equal([orders, audit]);
  });
});

describe("what root sessions of the break-glass role are to reach", () => {
  const role = { ...set, trustedPrincipals: [], name: "Glass", path: "/", sourceIdentity: false };
  const limited = { ...set, tasks: ["S3UnlockBucketPolicy" as const], targetAccounts: ["Orders"] };

  it("is added to that of the permission sets", () => {
    const other = { ...role, tasks: ["SQSUnlockQueuePolicy" as const], targetAccounts: ["Audit"] };
    const reach = rootSessionReach({ permissionSets: [limited], breakGlassRole: other }, organization);
    expect([...reach.tasks]).to.deep.equal(["S3UnlockBucketPolicy", "SQSUnlockQueuePolicy"]);
    expect(reach.accounts).to.deep.equal([orders, audit]);
  });

  it("is everything where the role is not limited", () => {
    const reach = rootSessionReach({ permissionSets: [limited], breakGlassRole: role }, organization);
    expect([...reach.tasks]).to.have.members([...taskNames]);
    expect(reach.accounts).to.deep.equal([audit, orders]);
  });
});

describe("policies that stand in a root session's way", () => {
  const reach = rootSessionReach({ permissionSets: [set] }, organization);
  const type = "SERVICE_CONTROL_POLICY";

  it("are told from those that cannot, each by itself", () => {
    const may = mayBlockRootSessions(type, reach, moment);
    const onlyS3 = policy("OnlyS3", { Effect: "Allow", Action: "s3:*", Resource: "*" });
    const denyEc2 = policy("DenyEc2", { Effect: "Deny", Action: "ec2:*", Resource: "*" });
    expect([all, denyRoot, onlyS3, denyEc2].map(may)).to.deep.equal([false, true, true, false]);
  });

  it("are one sentence each, with the accounts, the tasks, the statement and the remedy", () => {
    const attached = new Map([
      [audit, [[all, denyRoot], [all]]],
      [orders, [[all, denyRoot], [all]]],
    ]);
    const found = blockedSessions(type, reach, attached, organization, moment);
    expect(found).to.have.length(1);
    expect(found[0])
      .to.match(/^Root sessions in 222222222222 \(Audit\), 333333333333 \(Orders\) cannot do S3UnlockBucketPolicy, /)
      .and.include("service control policy DenyRoot, statement NoRoot, denies s3:GetBucketPolicy.")
      .and.include('"Null": { "aws:AssumedRoot": "true" }')
      .and.include("organizations:UpdatePolicy");
  });

  it("count only for the tasks that somebody is to have", () => {
    const attached = new Map([
      [orders, [[all, policy("NoQueues", { Effect: "Deny", Action: "sqs:*", Resource: "*" })]]],
    ]);
    const s3 = rootSessionReach({ permissionSets: [{ ...set, tasks: ["S3UnlockBucketPolicy"] }] }, organization);
    expect(blockedSessions(type, s3, attached, organization, moment)).to.deep.equal([]);
    expect(blockedSessions(type, reach, attached, organization, moment)).to.have.length(1);
  });

  it("may be none at all: then nothing allows", () => {
    const attached = new Map([
      [orders, [[all], [policy("OnlyS3", { Effect: "Allow", Action: "s3:*", Resource: "*" })]]],
    ]);
    expect(blockedSessions(type, reach, attached, organization, moment)[0]).to.include(
      "no service control policy there allows sqs:GetQueueAttributes. Attach one that does",
    );
  });
});
