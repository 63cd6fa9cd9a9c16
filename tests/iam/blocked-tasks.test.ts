import { expect } from "chai";
import { blockedTasks, type NamedPolicy, parsePolicy, type PolicyJson, rootUserGuardrail, taskNames } from "#iam";
import { accountIdOf } from "../account-id.ts";

const facts = {
  accountId: accountIdOf("333333333333"),
  organizationId: "o-sandbox0001",
  region: "eu-west-1",
  at: new Date("2026-11-25T12:00:00Z"),
};

function scp(name: string, statements: readonly object[]): NamedPolicy {
  return { name, document: parsePolicy({ Version: "2012-10-17", Statement: statements }, "identity") };
}

function rcp(name: string, statements: readonly object[]): NamedPolicy {
  return { name, document: parsePolicy({ Version: "2012-10-17", Statement: statements }, "resource") };
}

const all = scp("FullAWSAccess", [{ Effect: "Allow", Action: "*", Resource: "*" }]);
const allResources = rcp("RCPFullAWSAccess", [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }]);
const deny = (more: object): object => ({ Effect: "Deny", Action: "*", Resource: "*", ...more });

function tasksUnder(policy: NamedPolicy): readonly string[] {
  return blockedTasks(facts, { serviceControl: [[all], [all, policy]] }).map(({ task }) => task);
}

describe("section 7: the tasks that an organization's policies block", () => {
  it("are none where everything is allowed on every level", () => {
    expect(blockedTasks(facts, { serviceControl: [[all], [all]], resourceControl: [[allResources]] })).to.deep.equal(
      [],
    );
    expect(blockedTasks(facts, {})).to.deep.equal([]);
  });

  it("are all of them below a policy against root users that does not exempt root sessions", () => {
    const policy = scp("DenyRoot", [
      deny({ Sid: "NoRoot", Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } } }),
    ]);
    const found = blockedTasks(facts, { serviceControl: [[all, policy], [all]] });
    expect(found.map(({ task }) => task)).to.have.members([...taskNames]);
    expect(found[0]).to.deep.equal({
      task: "S3UnlockBucketPolicy",
      action: "s3:GetBucketPolicy",
      policyType: "service control policy",
      policy: "DenyRoot",
      statement: "NoRoot",
      dependsOn: [],
    });
  });

  it("are none below the guardrail that exempts root sessions", () => {
    const exempting: PolicyJson = rootUserGuardrail();
    expect(tasksUnder({ name: "guardrail", document: parsePolicy(exempting, "identity") })).to.deep.equal([]);
  });

  it("are the one whose write is denied", () => {
    expect(tasksUnder(scp("NoPut", [deny({ Action: "s3:DeleteBucketPolicy" })]))).to.deep.equal([
      "S3UnlockBucketPolicy",
    ]);
    expect(tasksUnder(scp("NoQueues", [deny({ Action: "sqs:Set*" })]))).to.deep.equal(["SQSUnlockQueuePolicy"]);
    expect(tasksUnder(scp("OneBucket", [deny({ Action: "s3:*", Resource: "arn:aws:s3:::logs" })]))).to.deep.equal([]);
  });

  it("are those that no policy of a level allows, and no policy is to blame", () => {
    const onlyS3 = scp("OnlyS3", [{ Effect: "Allow", Action: "s3:*", Resource: "*" }]);
    const found = blockedTasks(facts, { serviceControl: [[all], [onlyS3]] });
    expect(found.map(({ task }) => task)).to.have.members(taskNames.filter((task) => task !== "S3UnlockBucketPolicy"));
    expect(found[0]).to.not.have.property("policy");
  });

  it("are found under resource control policies", () => {
    const keeps = rcp("KeepPolicies", [
      { Sid: "Keep", Effect: "Deny", Principal: "*", Action: "s3:PutBucketPolicy", Resource: "*" },
    ]);
    const found = blockedTasks(facts, { resourceControl: [[allResources], [allResources, keeps]] });
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.include({
      task: "S3UnlockBucketPolicy",
      policyType: "resource control policy",
      policy: "KeepPolicies",
    });
  });

  it("say on what the answer depends: where a request comes from, and the Region", () => {
    const network = scp("Network", [
      deny({ Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" }, Bool: { "aws:ViaAWSService": "false" } } }),
    ]);
    const regions = scp("Regions", [
      {
        Effect: "Deny",
        NotAction: ["iam:*", "s3:*"],
        Resource: "*",
        Condition: { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } },
      },
    ]);
    const found = blockedTasks(facts, { serviceControl: [[all, network]] });
    expect(found[0]?.dependsOn).to.deep.equal(["aws:SourceIp"]);
    const inRegion = blockedTasks(facts, { serviceControl: [[all, regions]] });
    expect(inRegion.map(({ task, dependsOn }) => [task, dependsOn])).to.deep.equal([
      ["SQSUnlockQueuePolicy", ["aws:RequestedRegion"]],
    ]);
    expect(blockedTasks({ ...facts, region: "us-east-1" }, { serviceControl: [[all, regions]] })).to.deep.equal([]);
  });
});
