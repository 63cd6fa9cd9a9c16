import { expect } from "chai";
import { deniedOpeners, type NamedPolicy, type Opener, parsePolicy } from "#iam";
import { accountIdOf } from "../account-id.ts";

const delegate = accountIdOf("222222222222");
const orders = accountIdOf("333333333333");
const facts = { accountId: delegate, targets: [orders], region: "eu-west-1", at: new Date("2026-11-25T12:00:00Z") };
const people: Opener = {
  roleArn:
    "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Glass_0123456789abcdef",
  tasks: ["S3UnlockBucketPolicy", "IAMAuditRootUserCredentials"],
};

function policy(name: string, statement: object): NamedPolicy {
  return { name, document: parsePolicy({ Version: "2012-10-17", Statement: [statement] }, "identity") };
}

const all = policy("FullAWSAccess", { Effect: "Allow", Action: "*", Resource: "*" });
const deny = { Sid: "No", Effect: "Deny", Action: "sts:AssumeRoot", Resource: "*" };

function tasksDenied(statement: object): readonly string[] {
  const levels = [[all], [all, policy("Own", { ...deny, ...statement })]];
  return deniedOpeners(facts, people, { serviceControl: levels }).map(({ task }) => task);
}

describe("section 7: service control policies on the account from which root sessions are opened", () => {
  it("deny whoever they do not exempt, for each task, and are named", () => {
    expect(deniedOpeners(facts, people, { serviceControl: [[all, policy("Own", deny)]] })).to.deep.equal(
      people.tasks.map((task) => ({
        task,
        policyType: "service control policy",
        policy: "Own",
        statement: "No",
        dependsOn: [],
      })),
    );
  });

  it("see the role of the permission set, the task and the target as they will be", () => {
    const exempt = { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*" } };
    expect(tasksDenied({ Condition: exempt })).to.deep.equal([]);
    const others = { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } };
    expect(tasksDenied({ Condition: others })).to.deep.equal(people.tasks);
    const audit = {
      ArnEquals: { "sts:TaskPolicyArn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials" },
    };
    expect(tasksDenied({ Condition: audit })).to.deep.equal(["IAMAuditRootUserCredentials"]);
    expect(tasksDenied({ Resource: "arn:aws:iam::444444444444:root" })).to.deep.equal([]);
    expect(tasksDenied({ Resource: "arn:aws:iam::333333333333:root" })).to.deep.equal(people.tasks);
  });

  it("may depend on where a request comes from", () => {
    const elsewhere = { Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } } };
    const levels = [[all, policy("Own", { ...deny, ...elsewhere })]];
    expect(deniedOpeners(facts, people, { serviceControl: levels })[0]).to.deep.include({
      dependsOn: ["aws:SourceIp"],
    });
  });

  it("may allow too little", () => {
    const onlyS3 = policy("OnlyS3", { Effect: "Allow", Action: "s3:*", Resource: "*" });
    const [found] = deniedOpeners(facts, people, { serviceControl: [[all], [onlyS3]] });
    expect(found).to.include({ policyType: "service control policy" }).and.not.have.property("policy");
  });
});
