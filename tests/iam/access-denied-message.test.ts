import { expect } from "chai";
import * as fc from "fast-check";
import { accessDeniedMessage, type Denied, parseAccessDenied, type PolicyType } from "#iam";

const user = "arn:aws:iam::333333333333:user/ops";
const s3 = { principalArn: user, action: "s3:GetBucketPolicy", resource: '"arn:aws:s3:::b"' };
const start = `User: ${user} is not authorized to perform: s3:GetBucketPolicy on resource: "arn:aws:s3:::b"`;

const endings: readonly (readonly [Denied["kind"], PolicyType, string])[] = [
  ["explicit", "identity-based policy", "with an explicit deny in an identity-based policy"],
  ["explicit", "resource-based policy", "with an explicit deny in a resource-based policy"],
  ["explicit", "session policy", "with an explicit deny in a session policy"],
  ["explicit", "permissions boundary", "with an explicit deny in a permissions boundary"],
  ["explicit", "service control policy", "with an explicit deny in a service control policy"],
  ["explicit", "resource control policy", "with an explicit deny in a resource control policy"],
  ["implicit", "identity-based policy", "because no identity-based policy allows the s3:GetBucketPolicy action"],
  ["implicit", "resource-based policy", "because no resource-based policy allows the s3:GetBucketPolicy action"],
  ["implicit", "session policy", "because no session policy allows the s3:GetBucketPolicy action"],
  ["implicit", "permissions boundary", "because no permissions boundary allows the s3:GetBucketPolicy action"],
  ["implicit", "service control policy", "because no service control policy allows the s3:GetBucketPolicy action"],
  ["implicit", "resource control policy", "because no resource control policy allows the s3:GetBucketPolicy action"],
];

describe("access denied messages", () => {
  for (const [kind, policyType, ending] of endings) {
    it(`end ${ending}`, () => {
      const message = accessDeniedMessage({ kind, policyType }, s3);
      expect(message).to.equal(`${start} ${ending}`);
      expect(parseAccessDenied(message)).to.deep.equal({
        principalArn: user,
        action: "s3:GetBucketPolicy",
        resource: "arn:aws:s3:::b",
        kind,
        policyType,
      });
    });
  }

  it("are read back as they were written", () => {
    const policyTypes = [...new Set(endings.map(([, policyType]) => policyType))];
    const word = fc.stringMatching(/^[A-Za-z0-9+=,.@_/-]{1,20}$/);
    const service = fc.constantFrom("s3", "sqs", "organizations", "a4b", "execute-api");
    const request = fc.record({
      principalArn: word.map((name) => `arn:aws:sts::333333333333:assumed-role/${name}`),
      action: fc.tuple(service, fc.stringMatching(/^[A-Za-z]{1,20}$/)).map((parts) => parts.join(":")),
      resource: fc.oneof(
        fc.constant("*"),
        word.map((name) => `arn:aws:sqs:ap-northeast-2:333333333333:${name}`),
      ),
    });
    const reason = fc.record({
      kind: fc.constantFrom("explicit" as const, "implicit" as const),
      policyType: fc.constantFrom(...policyTypes),
    });
    const quoted = fc.boolean();
    fc.assert(
      fc.property(reason, request, quoted, (denied, parts, inQuotes) => {
        const resource = inQuotes ? `"${parts.resource}"` : parts.resource;
        const message = accessDeniedMessage(denied, { ...parts, resource });
        expect(parseAccessDenied(message)).to.deep.equal({ ...parts, ...denied });
      }),
    );
  });

  it("are found inside what a client prints", () => {
    const cli = `An error occurred (AccessDenied) when calling the SendMessage operation: User: ${user} is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:ap-northeast-2:333333333333:q with an explicit deny in a resource-based policy\n`;
    expect(parseAccessDenied(cli)).to.include({
      action: "sqs:sendmessage",
      resource: "arn:aws:sqs:ap-northeast-2:333333333333:q",
      kind: "explicit",
      policyType: "resource-based policy",
    });
    const sdk = `${start} with an explicit deny in a service control policy (Service: S3, Status Code: 403)`;
    expect(parseAccessDenied(sdk)).to.include({ policyType: "service control policy" });
  });

  it("are read with the ARN of the policy, where AWS names it", () => {
    const policyArn = "arn:aws:organizations::111111111111:policy/o-example/service_control_policy/p-1";
    expect(parseAccessDenied(`${start} with an explicit deny in a service control policy: ${policyArn}`)).to.include({
      policyType: "service control policy",
      policyArn,
    });
  });

  it("are read without a reason, a known kind of policy or a resource", () => {
    const plain = `User: ${user} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::444444444444:root`;
    expect(parseAccessDenied(plain)).to.deep.equal({
      principalArn: user,
      action: "sts:AssumeRoot",
      resource: "arn:aws:iam::444444444444:root",
    });
    const endpoint = parseAccessDenied(`${start} with an explicit deny in a VPC endpoint policy`);
    expect(endpoint).to.include({ kind: "explicit" }).and.not.to.have.property("policyType");
    const noResource = `User: ${user} is not authorized to perform: iam:ListUsers because no identity-based policy allows the iam:ListUsers action`;
    expect(parseAccessDenied(noResource)).to.include({ kind: "implicit", policyType: "identity-based policy" });
  });

  it("are not found in other texts", () => {
    for (const text of ["", "Access Denied", "Root sessions feature is not enabled for your AWS Organization."]) {
      expect(parseAccessDenied(text), text).to.equal(undefined);
    }
  });
});
