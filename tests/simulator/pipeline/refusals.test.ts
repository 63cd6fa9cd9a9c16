import { IAMClient, ListGroupsCommand } from "@aws-sdk/client-iam";
import { ListRootsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { CreateBucketCommand, ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRootCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { taskPolicyArn } from "#iam";
import { sandboxAccounts, type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, as, type ClientSettings } from "../clients.ts";
import { refusalOf } from "../refusal.ts";
import { enableRootAccess, identityOf } from "../root-session.ts";
import { form, json, send, signed, type Sketch } from "../wire-client.ts";

const minutes = 60_000;
const whoAmI = "Action=GetCallerIdentity&Version=2011-06-15";

function otherType(contentType: string): Sketch {
  return { headers: { "content-type": contentType }, body: whoAmI };
}

function textInJson(method: string): Sketch {
  return { ...json("AmazonSQS.ListQueues", "{}"), method, ...(method === "POST" ? otherType("text/plain") : {}) };
}

describe("refusals: what the sandbox does not do, it says", () => {
  let sandbox: SandboxOrganization;
  let settings: ClientSettings;
  let log: string[];

  beforeEach(async () => {
    log = [];
    sandbox = await startSandboxOrganization({ log: (line) => log.push(line) });
    settings = administrator(sandbox, "management");
  });

  afterEach(() => sandbox.close());

  const ask = async (service: string, sketch: Sketch) => send(await signed(settings, service, sketch));

  it("names an operation that is not modelled, with its service, and logs it", async () => {
    const refused = { code: "NotImplemented", status: 501 };
    const message = (operation: string): string => `${operation} is not modelled by the sandbox organization.`;
    const groups = new IAMClient(settings).send(new ListGroupsCommand({}));
    expect(await refusalOf(groups)).to.include({ ...refused, message: message("iam:ListGroups") });
    const token = new STSClient(settings).send(new GetSessionTokenCommand({}));
    expect(await refusalOf(token)).to.include({ ...refused, message: message("sts:GetSessionToken") });
    const tables = await ask("dynamodb", json("DynamoDB_20120810.ListTables", "{}"));
    expect(tables.status).to.equal(501);
    expect(tables.body).to.contain('The service \\"dynamodb\\" is not modelled');
    const queues = await ask("sqs", form("Action=ListQueues&Version=2012-11-05"));
    expect(queues.status).to.equal(501);
    expect(queues.body).to.contain("sqs over the AWS query protocol is not modelled");
    expect(log).to.deep.equal([
      `refused: ${message("iam:ListGroups")}`,
      `refused: ${message("sts:GetSessionToken")}`,
      `refused: ${message('The service "dynamodb"')}`,
      `refused: ${message("sqs over the AWS query protocol")}`,
    ]);
    expect(sandbox.state.trail, "nothing of it has happened").to.deep.equal([]);
  });

  const unknown: readonly (readonly [string, string, Sketch, number, string])[] = [
    ["sts", "an action that STS does not have", form("Action=OpenSesame&Version=2011-06-15"), 400, "InvalidAction"],
    ["sts", "no action at all", form("Version=2011-06-15"), 400, "InvalidAction"],
    ["sts", "no version", form("Action=GetCallerIdentity"), 400, "InvalidAction"],
    ["sts", "another service's version", form("Action=GetCallerIdentity&Version=2010-05-08"), 400, "InvalidAction"],
    ["sts", "a form that is said to be JSON", otherType("application/json"), 404, "<UnknownOperationException/>"],
    ["ec2", "a form that is said to be text", otherType("text/plain"), 404, "<UnknownOperationException/>"],
    ["sts", "bytes that are no UTF-8", form(`${whoAmI}&RoleSessionName=%FF`), 404, "MalformedQueryString"],
    ["sqs", "JSON that is said to be text", textInJson("POST"), 404, "<UnknownOperationException/>"],
    ["sqs", "JSON in another method", textInJson("PUT"), 404, "<UnknownOperationException/>"],
    ["sqs", "a target that SQS does not have", json("AmazonSQS.Open", "{}"), 400, "UnknownOperationException"],
    [
      "sqs",
      "another service's target",
      json("AWSOrganizationsV20161128.ListRoots", "{}"),
      400,
      "UnknownOperationException",
    ],
    ["sqs", "a body that is no JSON", json("AmazonSQS.ListQueues", "{"), 400, "SerializationException"],
    ["sqs", "a list for a structure", json("AmazonSQS.ListQueues", "[]"), 400, "SerializationException"],
    ["s3", "a method that S3 does not have", { method: "PATCH", path: "/orders" }, 405, "MethodNotAllowed"],
    ["s3", "a path that is no UTF-8", { method: "GET", path: "/%ff%fe" }, 400, "InvalidURI"],
    ["s3", "a body that is no XML", { method: "PUT", path: "/orders-xml", body: "<a" }, 400, "MalformedXML"],
  ];
  for (const [service, what, sketch, status, code] of unknown) {
    it(`${service} refuses ${what} in AWS's words`, async () => {
      const answer = await ask(service, sketch);
      expect(answer.status).to.equal(status);
      expect(answer.body).to.contain(code);
    });
  }

  it("refuses a body over 64 MiB and goes on answering", async () => {
    const answer = await ask("s3", { method: "PUT", path: "/orders/object", body: new Uint8Array(65 * 1024 * 1024) });
    expect(answer.status).to.equal(413);
    expect(answer.body).to.contain("larger than 64 MiB");
    await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  });

  const families: readonly {
    readonly service: string;
    readonly call: (client: ClientSettings) => Promise<unknown>;
    readonly expired: object;
    readonly late: object;
    readonly early: object;
  }[] = [
    {
      service: "sts",
      call: (client) => new STSClient(client).send(new GetCallerIdentityCommand({})),
      expired: { code: "ExpiredToken", status: 403 },
      late: { code: "SignatureDoesNotMatch", status: 403 },
      early: { code: "SignatureDoesNotMatch", status: 403 },
    },
    {
      service: "sqs",
      call: (client) => new SQSClient(client).send(new ListQueuesCommand({})),
      expired: { code: "ExpiredTokenException", status: 400 },
      late: { code: "InvalidSignatureException", status: 400 },
      early: { code: "InvalidSignatureException", status: 400 },
    },
    {
      service: "organizations",
      call: (client) => new OrganizationsClient(client).send(new ListRootsCommand({})),
      expired: { code: "ExpiredTokenException", status: 400 },
      late: { code: "InvalidSignatureException", status: 400 },
      early: { code: "InvalidSignatureException", status: 400 },
    },
    {
      service: "s3",
      call: (client) => new S3Client(client).send(new ListBucketsCommand({})),
      expired: { code: "ExpiredToken", status: 400, message: "The provided token has expired." },
      late: { code: "RequestTimeTooSkewed", status: 403 },
      early: { code: "RequestTimeTooSkewed", status: 403 },
    },
  ];
  for (const { service, call, expired, late, early } of families) {
    it(`${service} refuses an expired token, and clocks more than 15 minutes behind or 5 ahead`, async () => {
      await enableRootAccess(sandbox);
      const { Credentials } = await new STSClient(settings).send(
        new AssumeRootCommand({
          TargetPrincipal: sandboxAccounts.orders,
          TaskPolicyArn: { arn: taskPolicyArn("SQSUnlockQueuePolicy") },
          DurationSeconds: 60,
        }),
      );
      sandbox.clock.advance(1 * minutes);
      const ended = as(settings, identityOf(Credentials));
      expect(await refusalOf(call(ended))).to.include(expired);

      const lag = (client: ClientSettings, systemClockOffset: number) => ({ ...client, systemClockOffset });
      await call(lag(settings, -13 * minutes));
      await call(lag(settings, 5 * minutes));
      expect(await refusalOf(call(lag(settings, -16 * minutes)))).to.include(late);
      expect(await refusalOf(call(lag(settings, 7 * minutes)))).to.include(early);
    });
  }

  it("hands out the Region's signature for that Region only: the scope is part of what is signed", async () => {
    const request = await signed(settings, "sts", form("Action=GetCallerIdentity&Version=2011-06-15"));
    const header = request.headers["authorization"] ?? "";
    request.headers["authorization"] = header.replace("ap-northeast-2", "us-east-1");
    expect(await send(request)).to.have.property("status", 403);
  });

  it("a request that AWS would refuse leaves no trace in the state", async () => {
    const wrong = as(settings, { ...settings.credentials, secretAccessKey: "x".repeat(40) });
    await refusalOf(new S3Client(wrong).send(new CreateBucketCommand({ Bucket: "orders-wrong" })));
    expect(sandbox.state.buckets.size).to.equal(0);
    expect(sandbox.state.trail).to.deep.equal([]);
  });
});
