import { ListRootsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect } from "chai";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess, rootSession } from "../root-session.ts";
import { type Answer, form, json, outgoing, send, signed, type Sketch } from "../wire-client.ts";

const whoAmIForm = form("Action=GetCallerIdentity&Version=2011-06-15");

describe("pipeline: who sent a request", () => {
  let sandbox: SandboxOrganization;
  let settings: ClientSettings;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
    settings = administrator(sandbox, "management");
  });

  afterEach(() => sandbox.close());

  const whoAmI = (client: ClientSettings) => new STSClient(client).send(new GetCallerIdentityCommand({}));
  const roots = (client: ClientSettings) => new OrganizationsClient(client).send(new ListRootsCommand({}));

  it("knows the administrators of the sandbox", async () => {
    expect(await whoAmI(settings)).to.include({
      Account: sandboxAccounts.management,
      Arn: `arn:aws:iam::${sandboxAccounts.management}:user/administrator`,
    });
  });

  it("refuses a wrong secret, in each family's words", async () => {
    const wrong = as(settings, { ...settings.credentials, secretAccessKey: "x".repeat(40) });
    expect(await refusalOf(whoAmI(wrong))).to.include({ code: "SignatureDoesNotMatch", status: 403 });
    expect(await refusalOf(roots(wrong))).to.include({ code: "InvalidSignatureException", status: 400 });
    const buckets = new S3Client(wrong).send(new ListBucketsCommand({}));
    expect(await refusalOf(buckets)).to.include({ code: "SignatureDoesNotMatch", status: 403 });
  });

  it("refuses a request to S3 that does not state its body's hash, as S3 alone does", async () => {
    const silent = await signed(settings, "s3", { method: "GET" });
    delete silent.headers["x-amz-content-sha256"];
    const answer = await send(silent);
    expect(answer.status).to.equal(400);
    expect(answer.body).to.contain("<Code>InvalidRequest</Code>");
    expect(answer.body).to.contain("Missing required header for this request: x-amz-content-sha256");
  });

  it("refuses a key that nobody has, in each family's words", async () => {
    const unknown = as(settings, { accessKeyId: "AKIANOBODY", secretAccessKey: "x".repeat(40) });
    expect(await refusalOf(whoAmI(unknown))).to.include({ code: "InvalidClientTokenId", status: 403 });
    expect(await refusalOf(roots(unknown))).to.include({ code: "UnrecognizedClientException", status: 400 });
    const buckets = new S3Client(unknown).send(new ListBucketsCommand({}));
    expect(await refusalOf(buckets)).to.include({ code: "InvalidAccessKeyId", status: 403 });
  });

  it("refuses a session without its token, with another's, and a token that comes with a user's key", async () => {
    await enableRootAccess(sandbox);
    const { credentials } = await rootSession(sandbox, "orders", "S3UnlockBucketPolicy");
    const { accessKeyId, secretAccessKey } = credentials;
    for (const wrong of [
      { accessKeyId, secretAccessKey },
      { accessKeyId, secretAccessKey, sessionToken: "another" },
      { ...settings.credentials, sessionToken: "any" },
    ]) {
      expect(await refusalOf(whoAmI(as(settings, wrong)))).to.include({ code: "InvalidClientTokenId", status: 403 });
    }
  });

  it("refuses a signature of the day before, and says what time it is", async () => {
    sandbox.clock.advance(24 * 60 * 60 * 1000);
    const refusal = await refusalOf(whoAmI(settings));
    expect(refusal).to.include({ code: "SignatureDoesNotMatch", status: 403 });
    expect(refusal.message).to.match(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    );
  });

  it("lets clients correct their clock by the Date header", async () => {
    sandbox.clock.advance(24 * 60 * 60 * 1000);
    expect(await whoAmI({ ...settings, maxAttempts: 2 })).to.include({ Account: sandboxAccounts.management });
  });

  it("refuses a body that is not the signed one", async () => {
    const altered = await signed(settings, "sts", whoAmIForm);
    altered.body = `${String(altered.body)}&Extra=1`;
    const answer = await send(altered);
    expect(answer.status).to.equal(403);
    expect(answer.body).to.contain("<Code>SignatureDoesNotMatch</Code>");
  });

  const listRoots = json("AWSOrganizationsV20161128.ListRoots", "{}");
  const unsigned: readonly (readonly [string, Sketch, number, string])[] = [
    ["a form", whoAmIForm, 403, "<Code>MissingAuthenticationToken</Code>"],
    ["JSON", listRoots, 400, "#MissingAuthenticationTokenException"],
    ["an object's URL", { method: "GET", path: "/bucket/key" }, 403, "<Code>AccessDenied</Code>"],
  ];
  for (const [name, sketch, status, code] of unsigned) {
    it(`refuses ${name} that nobody signed, in its family's words`, async () => {
      const answer = await send(outgoing(settings, sketch));
      expect(answer.status).to.equal(status);
      expect(answer.body).to.contain(code);
    });
  }

  it("refuses signatures of other kinds", async () => {
    const sigV4a = "AWS4-ECDSA-P256-SHA256 Credential=AKIA/20260101/sts/aws4_request, SignedHeaders=host, Signature=30";
    for (const authorization of ["AWS AKIA:c2lnbmF0dXJl", "Basic YTpi", "Bearer token", sigV4a, "AWS4-HMAC-SHA256"]) {
      const otherwise = (sketch: Sketch): Promise<Answer> =>
        send(outgoing(settings, { ...sketch, headers: { ...sketch.headers, authorization } }));
      const inForm = await otherwise(whoAmIForm);
      expect(inForm.status, authorization).to.equal(400);
      expect(inForm.body).to.contain("<Code>IncompleteSignature</Code>");
      expect((await otherwise(listRoots)).body).to.contain("#IncompleteSignatureException");
      const onObject = await otherwise({ method: "GET", path: "/bucket/key" });
      expect(onObject.body).to.contain("<Code>AuthorizationHeaderMalformed</Code>");
    }
  });

  it("refuses a scope of another day than the request, in each family's words", async () => {
    for (const [service, sketch, status, code] of [
      ["sts", whoAmIForm, 403, "<Code>SignatureDoesNotMatch</Code>"],
      ["organizations", listRoots, 400, "#InvalidSignatureException"],
      ["s3", { method: "GET" }, 400, "Invalid credential date"],
    ] as const) {
      const request = await signed(settings, service, sketch);
      request.headers["authorization"] = request.headers["authorization"]?.replace(/\/\d{8}\//, "/20200101/") ?? "";
      const answer = await send(request);
      expect(answer.status, service).to.equal(status);
      expect(answer.body).to.contain(code).and.contain("20200101");
    }
  });

  it("refuses a date that no calendar has", async () => {
    const request = await signed(settings, "sts", whoAmIForm);
    request.headers["x-amz-date"] = "20261325T000000Z";
    const answer = await send(request);
    expect(answer.status).to.equal(400);
    expect(answer.body).to.contain("<Code>IncompleteSignature</Code>");
    expect(answer.body).to.contain("Got &apos;20261325T000000Z&apos;");
  });

  it("refuses a request without a date, in each family's words", async () => {
    for (const [service, sketch, status, code] of [
      ["sts", whoAmIForm, 400, "<Code>IncompleteSignature</Code>"],
      ["ec2", whoAmIForm, 400, "<Code>IncompleteSignature</Code>"],
      ["organizations", listRoots, 400, "#IncompleteSignatureException"],
      ["s3", { method: "GET" }, 403, "AWS authentication requires a valid Date"],
    ] as const) {
      const request = await signed(settings, service, sketch);
      delete request.headers["x-amz-date"];
      const answer = await send(request);
      expect(answer.status, service).to.equal(status);
      expect(answer.body).to.contain(code);
    }
  });

  it("refuses a signature that leaves the host open, and to S3 one that leaves any header of AWS open", async () => {
    const { credentials, region } = settings;
    const open = async (service: string, sketch: Sketch, header: string): Promise<Answer> => {
      const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, uriEscapePath: service !== "s3" });
      const unsignableHeaders = new Set([header]);
      return send(new HttpRequest(await signer.sign(outgoing(settings, sketch), { unsignableHeaders })));
    };
    const onForm = await open("sts", whoAmIForm, "host");
    expect(onForm.status).to.equal(403);
    expect(onForm.body)
      .to.contain("<Code>SignatureDoesNotMatch</Code>")
      .and.contain("must be a &apos;SignedHeader&apos;");
    const onBuckets = await open("s3", { method: "GET", headers: { "x-amz-acl": "private" } }, "x-amz-acl");
    expect(onBuckets.status).to.equal(403);
    expect(onBuckets.body).to.contain("<HeadersNotSigned>x-amz-acl</HeadersNotSigned>");
  });

  it("refuses presigned URLs by name, properly signed ones too", async () => {
    const { credentials, region } = settings;
    const signer = new SignatureV4({ credentials, region, service: "s3", sha256: Sha256, uriEscapePath: false });
    const presigned = await signer.presign(outgoing(settings, { method: "GET", path: "/bucket/key" }));
    const versionTwo = { method: "GET", path: "/bucket/key", query: "AWSAccessKeyId=AKIA&Expires=1&Signature=x" };
    for (const url of [new HttpRequest(presigned), outgoing(settings, versionTwo)]) {
      const answer = await send(url);
      expect(answer.status).to.equal(501);
      expect(answer.body).to.contain("<Code>NotImplemented</Code>").and.contain("a presigned URL");
    }
  });

  describe("hosts", () => {
    const toHost = async (host: string, sketch: Sketch): Promise<Answer> =>
      send(await signed(settings, "sts", { ...sketch, host }));

    it("section 1: the endpoint without a Region knows everything but AssumeRoot, whatever else is wrong", async () => {
      await enableRootAccess(sandbox);
      for (const host of ["sts.amazonaws.com", "sts.amazonaws.com:443", "STS.amazonaws.com"]) {
        expect(await toHost(host, whoAmIForm)).to.have.property("status", 200);
        for (const query of [assumeRoot, "Action=AssumeRoot&Version=2011-06-15&DurationSeconds=901"]) {
          for (const sketch of [form(query), { method: "GET", query }]) {
            const answer = await toHost(host, sketch);
            expect(answer.status).to.equal(400);
            expect(answer.body)
              .to.contain("<Code>InvalidAction</Code>")
              .and.contain("<Message>Unknown Operation</Message>");
          }
        }
      }
    });

    it("section 1: a regional endpoint takes the same request as a GET, and by no third method", async () => {
      const host = "sts.ap-northeast-2.amazonaws.com";
      const get = await toHost(host, { method: "GET", query: assumeRoot });
      expect(get.status).to.equal(403);
      expect(get.body).to.contain("Service not enabled for AWS Organizations.");
      await enableRootAccess(sandbox);
      const open = await toHost(host, { method: "GET", query: assumeRoot });
      expect(open.status).to.equal(200);
      expect(open.body).to.contain("<AccessKeyId>ASIA");
      expect((await toHost(host, { ...form(assumeRoot), method: "PUT" })).status).to.equal(400);
    });

    const scopes: readonly (readonly [string, string, Sketch, string])[] = [
      ["sts.eu-west-1.amazonaws.com", "sts", whoAmIForm, "Credential should be scoped to a valid region."],
      ["iam.amazonaws.com", "sts", whoAmIForm, "Credential should be scoped to correct service: &apos;iam&apos;."],
      ["sqs.eu-west-1.amazonaws.com", "sqs", json("AmazonSQS.ListQueues", "{}"), "scoped to a valid region."],
      [
        "orders.s3.eu-west-1.amazonaws.com",
        "s3",
        { method: "GET" },
        "the region &apos;ap-northeast-2&apos; is wrong; expecting &apos;eu-west-1&apos;",
      ],
    ];
    for (const [host, service, sketch, message] of scopes) {
      it(`${host} refuses what is signed for ${service} in ap-northeast-2`, async () => {
        const answer = await send(await signed(settings, service, { ...sketch, host }));
        expect(answer.status).to.be.oneOf([400, 403]);
        expect(answer.body).to.contain(message);
      });
    }

    it("are loopback and AWS's own: a name that a web page brings is refused unread", async () => {
      const foreign = ["evil.example", "127.0.0.1.evil.example", "amazonaws.com.evil.example", "evilamazonaws.com"];
      for (const host of [...foreign, "localhost.evil.example", "sts.amazonaws.com.", "[::1].evil.example"]) {
        const answer = await toHost(host, whoAmIForm);
        expect(answer.status, host).to.equal(403);
        expect(answer.body).to.contain(`does not answer for the host &quot;${host}&quot;`);
      }
    });
  });
});

const assumeRoot =
  "Action=AssumeRoot&Version=2011-06-15&DurationSeconds=900&TargetPrincipal=333333333333" +
  "&TaskPolicyArn.arn=arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";
