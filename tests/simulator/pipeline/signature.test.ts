import { request } from "node:http";
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

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

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
    const signed = await sign({ host: "127.0.0.1", body: whoAmIForm });
    signed.body = `${whoAmIForm}&Extra=1`;
    const answer = await send(signed);
    expect(answer.status).to.equal(403);
    expect(answer.body).to.contain("<Code>SignatureDoesNotMatch</Code>");
  });

  it("refuses a request that nobody signed", async () => {
    const answer = await send(plain({ host: "127.0.0.1", body: whoAmIForm }));
    expect(answer).to.have.property("status", 403);
    expect(answer.body).to.contain("<Code>MissingAuthenticationToken</Code>");
  });

  describe("hosts", () => {
    it("section 1: the endpoint without a Region knows everything but AssumeRoot", async () => {
      const host = "sts.amazonaws.com";
      expect(await send(await sign({ host, body: whoAmIForm }))).to.have.property("status", 200);
      const form = "Action=AssumeRoot&Version=2011-06-15";
      const answer = await send(await sign({ host, body: form }));
      expect(answer.status).to.equal(400);
      expect(answer.body).to.contain("<Code>InvalidAction</Code>").and.contain("<Message>Unknown Operation</Message>");
    });

    it("section 1: a regional endpoint takes the same request as a GET", async () => {
      const host = "sts.ap-northeast-2.amazonaws.com";
      const form =
        "Action=AssumeRoot&Version=2011-06-15&DurationSeconds=900&TargetPrincipal=333333333333" +
        "&TaskPolicyArn.arn=arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy";
      const get = await send(await sign({ host, method: "GET", query: form }));
      expect(get.status).to.equal(403);
      expect(get.body).to.contain("Service not enabled for AWS Organizations.");
      await enableRootAccess(sandbox);
      const open = await send(await sign({ host, method: "GET", query: form }));
      expect(open.status).to.equal(200);
      expect(open.body).to.contain("<AccessKeyId>ASIA");
    });

    it("are loopback and AWS's own: a name that a web page brings is refused unread", async () => {
      for (const host of ["evil.example", "127.0.0.1.evil.example", "amazonaws.com.evil.example"]) {
        const answer = await send(await sign({ host, body: whoAmIForm }));
        expect(answer.status, host).to.equal(403);
        expect(answer.body).to.contain(`does not answer for the host &quot;${host}&quot;`);
      }
    });
  });

  const whoAmIForm = "Action=GetCallerIdentity&Version=2011-06-15";

  interface Sketch {
    readonly host: string;
    readonly method?: "GET" | "POST";
    readonly query?: string;
    readonly body?: string;
  }

  function plain({ host, method = "POST", query = "", body = "" }: Sketch): HttpRequest {
    return new HttpRequest({
      method,
      protocol: "http:",
      hostname: "127.0.0.1",
      port: sandbox.port,
      path: "/",
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: { host, ...(body === "" ? {} : { "content-type": "application/x-www-form-urlencoded" }) },
      ...(body === "" ? {} : { body }),
    });
  }

  async function sign(sketch: Sketch): Promise<HttpRequest> {
    const { credentials, region } = settings;
    const signed = await new SignatureV4({ credentials, region, service: "sts", sha256: Sha256 }).sign(plain(sketch));
    return new HttpRequest(signed);
  }
});

function send({ method, hostname, port, path, query, headers, body }: HttpRequest): Promise<Answer> {
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { method, hostname, port, path: search === "" ? path : `${path}?${search}`, headers },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (part: string) => (text += part));
        incoming.on("end", () => {
          resolve({ status: incoming.statusCode, body: text });
        });
      },
    );
    outgoing.on("error", reject).end(body as string | undefined);
  });
}
