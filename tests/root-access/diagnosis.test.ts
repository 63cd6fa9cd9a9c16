import { expect } from "chai";
import { accessDeniedMessage, breakGlassPolicy, consoleActions, evaluate, parsePolicy, rootUserArn } from "#iam";
import { type Change, diagnose, knownPolicy, readDenials } from "#root-access";
import { alice, bucket, delegate, lacking, member, only } from "./refusals.ts";

/** Whether a policy that a change proposes allows an action. */
function allows(change: Change | undefined, action: string, resource = "*", context = {}): boolean {
  const document = parsePolicy(change?.json, "identity");
  const principal = { kind: "assumed-role", accountId: delegate, arn: alice } as const;
  const request = { action, resource, principal, resourceAccountId: delegate, context };
  return evaluate(request, { identity: [{ name: "change", document }] }).allowed;
}

describe("a diagnosis of what AWS refused without naming a policy", () => {
  const assumeRoot = (message: string, code = "AccessDenied"): string =>
    `An error occurred (${code}) when calling the AssumeRoot operation: ${message}`;
  const cases = [
    ["global-endpoint", assumeRoot("Unknown Operation", "InvalidAction"), "AWS_STS_REGIONAL_ENDPOINTS=regional"],
    ["trusted-access-off", assumeRoot("Service not enabled for AWS Organizations."), "enable-aws-service-access"],
    [
      "feature-off",
      assumeRoot("Root sessions feature is not enabled for your AWS Organization."),
      "enable-organizations-root-sessions",
    ],
    [
      "feature-off",
      assumeRoot("Root credentials management feature is not enabled for your AWS Organization."),
      "enable-organizations-root-credentials-management",
    ],
    [
      "not-allowed-to-assume-root",
      assumeRoot(`User: ${alice} is not authorized to perform: sts:AssumeRoot on resource: ${rootUserArn(member)}`),
      "register-delegated-administrator",
    ],
    [
      "root-user-caller",
      assumeRoot(
        `User: ${rootUserArn(delegate)} is not authorized to perform: sts:AssumeRoot on resource: ${rootUserArn(member)}`,
      ),
      "as an IAM user or role",
    ],
    ["session-expired", "An error occurred (ExpiredToken) when calling the GetUser operation: expired", "new session"],
  ] as const;
  for (const [cause, text, way] of cases) {
    it(`${cause}: ${text.slice(0, 100)}`, () => {
      const { changes, ...diagnosis } = only(text);
      expect(diagnosis.cause).to.equal(cause);
      expect(JSON.stringify(changes)).to.include(way);
    });
  }

  it("allows AssumeRoot for the account and the task that an event tells, and no other", () => {
    const task = "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";
    const event = {
      eventName: "AssumeRoot",
      errorCode: "AccessDenied",
      errorMessage: `User: ${alice} is not authorized to perform: sts:AssumeRoot on resource: ${rootUserArn(member)}`,
      requestParameters: { targetPrincipal: member, taskPolicyArn: { arn: task } },
    };
    const [change] = only(JSON.stringify(event)).changes;
    const ask = (target: string, arn: string): boolean =>
      allows(change, "sts:AssumeRoot", rootUserArn(target), { "sts:TaskPolicyArn": arn });
    expect(ask(member, task)).to.equal(true);
    expect(ask("444444444444", task)).to.equal(false);
    expect(ask(member, "arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy")).to.equal(false);
  });

  it("block-public-access: names the setting, and how the policy gets by", () => {
    for (const how of [
      "prevented by the BlockPublicPolicy setting in S3 Block Public Access.",
      "blocked by the BlockPublicPolicy block public access setting.",
    ]) {
      const { cause, because, changes } = only(
        `User: ${alice} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucket}" because public policies are ${how}: provider=aws@7`,
      );
      expect(cause).to.equal("block-public-access");
      expect(because).to.include("BlockPublicPolicy").and.include("a policy that would make orders-invoices public");
      expect(changes[0]?.what).to.include("Name principals");
      expect(changes[1]?.command).to.equal("aws s3api get-public-access-block --bucket orders-invoices");
    }
    const acl = only(
      `User: ${alice} is not authorized to perform: s3:PutObjectAcl on resource: "${bucket}/a/b" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
    );
    expect(acl.because).to.include("BlockPublicAcls").and.include("an ACL that would make orders-invoices public");
  });

  it("policy-not-named: the S3 console tells the action, SQS the queue; an Allow for it, or what locks", () => {
    const console = only(
      "You don't have permission to get bucket policy\nYou or your AWS administrator must update your permissions to allow s3:GetBucketPolicy. After you obtain the necessary permission, refresh the page.",
    );
    expect(console.cause).to.equal("policy-not-named");
    expect(allows(console.changes[0], "s3:GetBucketPolicy", "arn:aws:s3:::BUCKET")).to.equal(true);
    expect(console.changes[1]?.command).to.equal("break-glass unlock s3 BUCKET --account ACCOUNT --dry-run");
    const queue = `arn:aws:sqs:us-east-1:${member}:orders`;
    const url = `https://sqs.us-east-1.amazonaws.com/${member}/orders`;
    const sqs = only(
      `An error occurred (AccessDenied) when calling the SendMessage operation: Access to the resource ${url} is denied.`,
    );
    expect(sqs.because).to.include(`sqs:SendMessage on ${queue}`);
    expect(allows(sqs.changes[0], "sqs:SendMessage", queue)).to.equal(true);
    expect(sqs.changes[1]?.command).to.equal(`break-glass unlock sqs ${queue} --dry-run`);
    expect(only(`AccessDenied: Access to the resource ${url} is denied.`).changes).to.have.length(1);
  });

  it("says that it does not know what AWS does not tell", () => {
    expect(only("An error occurred (AccessDenied) when calling the PutObject operation: Access Denied").cause).to.equal(
      "unknown",
    );
  });
});

describe("a diagnosis of what is no refusal", () => {
  it("says so, and does not send anybody to look for a policy", () => {
    const malformed = only(
      "An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Policy has invalid action.",
    );
    expect(malformed.cause).to.equal("unknown");
    expect(malformed.because).to.equal('MalformedPolicy is not an access denied: "Policy has invalid action."');
    expect(malformed.changes[0]?.what).to.include("Correct the request");
    expect(only("hello world").because).to.equal('Nothing is refused in "hello world".');
  });

  it("takes S3's answer to a HEAD request for a refusal", () => {
    const text = "An error occurred (403) when calling the HeadObject operation: Forbidden";
    expect(only(text).because).to.equal('AWS gives no reason beyond 403: "Forbidden"');
  });
});

describe("a diagnosis of missing permissions", () => {
  for (const action of consoleActions) {
    it(`${action}: the change allows it and nothing else; the second all that the console calls`, () => {
      const { cause, because, changes } = only(lacking(action));
      expect(cause).to.equal("console-permissions");
      expect(because)
        .to.include(action)
        .and.match(/round [123] of 3/);
      expect(consoleActions.filter((each) => allows(changes[0], each))).to.deep.equal([action]);
      expect(consoleActions.filter((each) => allows(changes[1], each))).to.deep.equal(consoleActions);
    });
  }

  it("takes what several events lack together, each once, and other principals apart", () => {
    const bob = `arn:aws:iam::${delegate}:user/bob`;
    const texts = ["iam:GetUser", "sqs:ListQueues", "iam:GetUser"].map((action) => lacking(action));
    const [ofAlice, ofBob] = diagnose(readDenials([...texts, lacking("iam:GetUser", bob)].join("\n")));
    expect(ofAlice?.changes[0]?.json).to.deep.equal({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["iam:GetUser", "sqs:ListQueues"], Resource: "*" }],
    });
    expect(ofBob?.because).to.include(bob);
  });

  it("leaves out what the given policy allows already", () => {
    const text = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "organizations:*", Resource: "*" }],
    });
    const known = { "identity-based policy": [knownPolicy("set.json", text)] };
    const [, whole] = only(lacking("ec2:DescribeRegions"), known).changes;
    const missing = consoleActions.filter((action) => allows(whole, action));
    expect(missing).to.deep.equal(consoleActions.filter((action) => !action.startsWith("organizations:")));
  });

  const rounds = [
    [
      "Access denied to : You don't have permission to perform this action.",
      "organizations:DescribeOrganization",
      true,
    ],
    ["We couldn't load the root of the organization.", "sso:ListInstances", false],
    ["We couldn't load organizational units.", "account:GetAccountInformation", false],
  ] as const;
  for (const [sentence, action, beforeDelegate] of rounds) {
    it(`names what is missing when the console says "${sentence}"`, () => {
      const { because, changes } = only(`${sentence} You don't have permissions to see this resource.`);
      expect(because).to.include(action);
      expect(changes[0]?.json).to.have.deep.property("Statement", [breakGlassPolicy().Statement[1]]);
      expect(because.includes("delegated administrator")).to.equal(beforeDelegate);
    });
  }
});

describe("a diagnosis of a policy that denied", () => {
  const root = rootUserArn(member);
  const explicit = (type: string, action = "s3:DeleteBucketPolicy", resource = bucket): string =>
    `User: ${root} is not authorized to perform: ${action} on resource: "${resource}" with an explicit deny in a ${type}`;

  const denyRoot = {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Regions", Effect: "Deny", Action: "ec2:*", Resource: "*" },
      {
        Sid: "DenyRootUser",
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
      },
    ],
  };

  for (const type of ["service control policy", "resource control policy"] as const) {
    it(`${type}: the statement, with root sessions excepted and root users still denied`, () => {
      const known = { [type]: [knownPolicy("deny-root.json", JSON.stringify(withPrincipal(denyRoot, type)))] };
      const { because, changes, notChecked } = only(explicit(type), known);
      expect(because).to.include("Statement DenyRootUser").and.include("deny-root.json");
      expect(notChecked).to.deep.equal([]);
      const document = parsePolicy({ Version: "2012-10-17", Statement: [changes[0]?.json] });
      const decide = (context: Record<string, string>): boolean =>
        evaluate(
          {
            action: "s3:DeleteBucketPolicy",
            resource: bucket,
            principal: { kind: "root", accountId: member, arn: root },
            resourceAccountId: member,
            context: { "aws:PrincipalArn": root, ...context },
          },
          { identity: [], resource: { name: "after", document: asResourcePolicy(document) } },
        ).allowed;
      expect(decide({ "aws:AssumedRoot": "true" })).to.equal(true);
      expect(decide({})).to.equal(false);
    });
  }

  it("gives the condition alone, and says what it would take to see the statement, while no policy is known", () => {
    const { changes, notChecked } = only(explicit("service control policy"));
    expect(changes[0]?.json).to.deep.equal({ Condition: { Null: { "aws:AssumedRoot": "true" } } });
    expect(notChecked.join()).to.include("organizations:DescribePolicy");
  });

  it("lets the break-glass role through a service control policy of the delegate's, beside those that it names", () => {
    const guardrail = {
      Version: "2012-10-17",
      Statement: {
        Effect: "Deny",
        Action: "sts:AssumeRoot",
        Resource: "*",
        Condition: { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${delegate}:role/Responders` } },
      },
    };
    const known = { "service control policy": [knownPolicy("guardrail.json", JSON.stringify(guardrail))] };
    const text = `User: ${alice} is not authorized to perform: sts:AssumeRoot on resource: ${root} with an explicit deny in a service control policy`;
    const { because, changes } = only(text, known);
    expect(because).to.include("statement 1").and.include("guardrail.json");
    const [named, added] = patternsOf(changes[0]);
    expect(named).to.equal(`arn:aws:iam::${delegate}:role/Responders`);
    expect(added).to.include("AWSReservedSSO_BreakGlassAssumeRoot_");
  });

  it("a session for the wrong task: names the task that allows it", () => {
    const { cause, changes } = only(explicit("session policy"));
    expect(cause).to.equal("wrong-task");
    expect(changes.map(({ command }) => command)).to.deep.equal([
      `break-glass session --task S3UnlockBucketPolicy --account ${member} -- COMMAND`,
    ]);
    expect(only(explicit("session policy", "s3:GetObject", `${bucket}/a`)).changes[0]?.what).to.include(
      "None of the five",
    );
  });

  it("a locked bucket or queue: the command that unlocks it", () => {
    const denied = explicit("resource-based policy").replace(root, `arn:aws:iam::${member}:user/ops`);
    expect(only(denied).changes[0]?.command).to.equal(
      `break-glass unlock s3 orders-invoices --account ${member} --dry-run`,
    );
    const queue = `arn:aws:sqs:ap-northeast-2:${member}:orders`;
    const lower = `User: arn:aws:iam::${member}:user/ops is not authorized to perform: sqs:sendmessage on resource: ${queue} with an explicit deny in a resource-based policy`;
    expect(only(lower).changes[0]?.command).to.equal(`break-glass unlock sqs ${queue} --dry-run`);
  });

  it("a bucket's policy that does not allow it: a statement that AWS takes there, with the principal", () => {
    const reason = { kind: "implicit", policyType: "resource-based policy" } as const;
    const text = accessDeniedMessage(reason, { principalArn: alice, action: "s3:ListBucket", resource: bucket });
    const document = parsePolicy(only(text).changes[0]?.json, "resource");
    const request = { action: "s3:ListBucket", resource: bucket, resourceAccountId: member, context: {} };
    const principal = { kind: "assumed-role", accountId: delegate, arn: alice } as const;
    const anything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const identity = [{ name: "anything", document: parsePolicy(anything, "identity") }];
    expect(evaluate({ ...request, principal }, { identity, resource: { name: "change", document } }).allowed).to.equal(
      true,
    );
  });

  it("a VPC endpoint policy, by a Deny or for want of an Allow", () => {
    const { cause, notChecked } = only(explicit("VPC endpoint policy"));
    expect(cause).to.equal("vpc-endpoint-policy");
    expect(notChecked.join()).to.include("ec2:DescribeVpcEndpoints");
    const implicit = `User: ${alice} is not authorized to perform: sts:AssumeRoot on resource: ${root} because no VPC endpoint policy allows the sts:AssumeRoot action`;
    expect(only(implicit).changes[1]?.json).to.have.nested.property("Statement[0].Action", "sts:AssumeRoot");
  });

  for (const type of ["identity-based policy", "permissions boundary", "session policy"]) {
    it(`${type} of a role`, () => {
      const text = explicit(type).replace(root, alice);
      expect(only(text).because).to.include(type);
      expect(
        only(text.replace(/with an.*/, `because no ${type} allows the s3:DeleteBucketPolicy action`)).because,
      ).to.include(`No ${type}`);
    });
  }
});

/** A resource control policy names everybody. */
function withPrincipal(policy: { readonly Statement: readonly object[] }, type: string): object {
  if (type !== "resource control policy") return policy;
  return { ...policy, Statement: policy.Statement.map((statement) => ({ ...statement, Principal: "*" })) };
}

/** The same statements where they would bind root, whatever kind they came from. */
function asResourcePolicy(document: ReturnType<typeof parsePolicy>): ReturnType<typeof parsePolicy> {
  return {
    ...document,
    statements: document.statements.map((statement) => ({ ...statement, principals: "*" as const })),
  };
}

function patternsOf(change: Change | undefined): readonly string[] {
  const [condition] = parsePolicy({ Version: "2012-10-17", Statement: [change?.json] }).statements[0]?.conditions ?? [];
  return condition?.values ?? [];
}
