import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  DeletePublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { refusalOf } from "../refusal.ts";

const Bucket = "orders-archive";
const arn = `arn:aws:s3:::${Bucket}`;
const { orders, audit } = sandboxAccounts;

describe("An S3 bucket's policy", () => {
  let sandbox: SandboxOrganization;
  let s3: S3Client;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    s3 = new S3Client(administrator(sandbox, "orders"));
    await s3.send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-2" } }),
    );
  });

  afterEach(() => sandbox.close());

  const policyWith = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const put = (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const readers = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${arn}/*` };
  const everyOperation = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: arn };

  const malformed: readonly [what: string, policy: string, message: string][] = [
    ["no JSON", "Deny all", "Policies must be valid JSON and the first byte must be '{'"],
    ["a list", "[]", "Policies must be valid JSON and the first byte must be '{'"],
    ["unfinished JSON", '{"Version"', "Policies must be valid JSON and the first byte must be '{'"],
    ["no statement", '{"Version":"2012-10-17"}', "Missing required field Statement"],
    ["no effect", policyWith({ ...everyOperation, Effect: undefined }), "Missing required field Effect"],
    ["no action", policyWith({ ...everyOperation, Action: undefined }), "Missing required field Action"],
    ["no resource", policyWith({ ...everyOperation, Resource: undefined }), "Missing required field Resource"],
    [
      "no principal",
      policyWith({ ...everyOperation, Principal: undefined }),
      "Missing required field Principal cannot be empty!",
    ],
    ["an unknown element", policyWith({ ...everyOperation, Resources: arn }), "Unknown field Resources"],
    ["an effect that is none", policyWith({ ...everyOperation, Effect: "deny" }), "Invalid effect: deny"],
    ["another bucket", policyWith({ ...everyOperation, Resource: `${arn}-2` }), "Policy has invalid resource"],
    ["any resource", policyWith({ ...everyOperation, Resource: "*" }), "Policy has invalid resource"],
    ["another service's action", policyWith({ ...everyOperation, Action: "sqs:*" }), "Policy has invalid action"],
    [
      "an object's action on the bucket",
      policyWith({ ...everyOperation, Action: "s3:GetObject" }),
      "Action does not apply to any resource(s) in statement",
    ],
    [
      "a user who does not exist",
      policyWith({ ...everyOperation, Principal: { AWS: `arn:aws:iam::${orders}:user/nobody` } }),
      "Invalid principal in policy",
    ],
    [
      "no ARN as principal",
      policyWith({ ...everyOperation, Principal: { AWS: "administrator" } }),
      "Invalid principal in policy",
    ],
    [
      "another version",
      JSON.stringify({ Version: "2026-01-01", Statement: [everyOperation] }),
      "The policy must contain a valid version string",
    ],
  ];

  for (const [what, policy, message] of malformed) {
    it(`is refused with ${what}`, async () => {
      expect(await refusalOf(put(policy))).to.include({ code: "MalformedPolicy", message, status: 400 });
    });
  }

  it("is given back as it was put", async () => {
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: everyOperation }, null, 2).replace(
      '"s3:*"',
      '"s3:DeleteBucket"',
    );
    await put(Policy);
    expect(await s3.send(new GetBucketPolicyCommand({ Bucket }))).to.include({ Policy });
  });

  it("section 5: must not be public while BlockPublicPolicy is on, as it is for every new bucket", async () => {
    const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(Object.values(PublicAccessBlockConfiguration ?? {})).to.deep.equal([true, true, true, true]);
    expect(await refusalOf(put(policyWith(readers)))).to.include({
      code: "AccessDenied",
      message: `User: arn:aws:iam::${orders}:user/administrator is not authorized to perform: s3:PutBucketPolicy on resource: "${arn}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      status: 403,
    });
  });

  it("may be public once the block is off", async () => {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    expect(await refusalOf(s3.send(new GetPublicAccessBlockCommand({ Bucket })))).to.include({
      code: "NoSuchPublicAccessBlockConfiguration",
      status: 404,
    });
    await put(policyWith(readers));
    const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(PolicyStatus).to.deep.equal({ IsPublic: true });
  });

  it("is not public when a condition narrows it to fixed sources", async () => {
    await put(policyWith({ ...readers, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-sandbox0001" } } }));
    const { PolicyStatus } = await s3.send(new GetBucketPolicyStatusCommand({ Bucket }));
    expect(PolicyStatus).to.deep.equal({ IsPublic: false });
  });

  describe("for another account", () => {
    let foreign: S3Client;
    const get = new GetObjectCommand({ Bucket, Key: "a" });
    const auditReads = { ...readers, Principal: { AWS: `arn:aws:iam::${audit}:root` } };

    beforeEach(async () => {
      foreign = new S3Client(administrator(sandbox, "audit"));
      await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }));
    });

    it("is the only way in", async () => {
      expect(await refusalOf(foreign.send(get))).to.include({ code: "AccessDenied", status: 403 });
      await put(policyWith(auditReads));
      expect(await (await foreign.send(get)).Body?.transformToString()).to.equal("a");
    });

    it("gives nothing while it is public and RestrictPublicBuckets is on", async () => {
      const restricted = { RestrictPublicBuckets: true };
      await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: restricted }));
      await put(policyWith(readers));
      expect(await refusalOf(foreign.send(get))).to.include({ code: "AccessDenied", status: 403 });
    });

    it("never gives the policy itself, whatever it allows", async () => {
      await put(policyWith({ ...auditReads, Action: "s3:GetBucketPolicy", Resource: arn }));
      expect(await refusalOf(foreign.send(new GetBucketPolicyCommand({ Bucket })))).to.include({
        code: "MethodNotAllowed",
        status: 405,
      });
    });
  });
});
