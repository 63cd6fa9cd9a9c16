import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator, type ClientSettings } from "../clients.ts";
import { homeRegion, identityStoreId, instanceArn } from "../identity-center.ts";
import { type Answer, form, json, send, signed, type Sketch } from "../wire-client.ts";

type Asked = Readonly<Record<string, string | number>>;

/** A list of several pages, in the terms of its service. */
interface Pages {
  readonly name?: string;
  readonly service: string;
  readonly region?: string;
  /** Makes what is then listed. */
  readonly furniture?: readonly Sketch[];
  /** The list, by itself and with a token; the page is small. */
  readonly list: (paging: Asked) => Sketch;
  /** The names of the members for a page's size and a token, and where an answer has the next. */
  readonly members: readonly [size: string, token: string];
  readonly next: RegExp;
  /** Other operations, and the same one with other arguments. */
  readonly others: readonly ((paging: Asked) => Sketch)[];
  readonly refusal: string;
}

const inJson = (target: string, input: Asked | object) => (paging: Asked) =>
  json(target, JSON.stringify({ ...input, ...paging }));
const inForm =
  (version: string, action: string, input: Asked = {}) =>
  (paging: Asked) =>
    form(
      new URLSearchParams(
        Object.entries({ Action: action, Version: version, ...input, ...paging }).map(textual),
      ).toString(),
    );
const inQuery =
  (path: string, input: Asked) =>
  (paging: Asked): Sketch => ({
    method: "GET",
    path,
    query: new URLSearchParams(Object.entries({ ...input, ...paging }).map(textual)).toString(),
    headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
  });
const textual = ([name, value]: [string, string | number]): [string, string] => [name, String(value)];

const nextToken = /"NextToken":"([^"]+)"/;
const iam = "2010-05-08";
const sns = "2010-03-31";
const bucket = "page-token-bucket";
const unsigned = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };

const cases: readonly Pages[] = [
  {
    service: "organizations",
    list: inJson("AWSOrganizationsV20161128.ListAccounts", {}),
    members: ["MaxResults", "NextToken"],
    next: nextToken,
    others: [
      inJson("AWSOrganizationsV20161128.ListPolicies", { Filter: "SERVICE_CONTROL_POLICY" }),
      inJson("AWSOrganizationsV20161128.ListRoots", {}),
    ],
    refusal: "INVALID_NEXT_TOKEN",
  },
  {
    service: "sso",
    region: homeRegion,
    furniture: ["one", "two", "three"].map((Name) =>
      inJson("SWBExternalService.CreatePermissionSet", { InstanceArn: instanceArn, Name })({}),
    ),
    list: inJson("SWBExternalService.ListPermissionSets", { InstanceArn: instanceArn }),
    members: ["MaxResults", "NextToken"],
    next: nextToken,
    others: [
      inJson("SWBExternalService.ListInstances", {}),
      inJson("SWBExternalService.ListAccountAssignmentCreationStatus", { InstanceArn: instanceArn }),
    ],
    refusal: "ValidationException",
  },
  {
    service: "identitystore",
    region: homeRegion,
    list: inJson("AWSIdentityStore.ListUsers", { IdentityStoreId: identityStoreId }),
    members: ["MaxResults", "NextToken"],
    next: nextToken,
    others: [
      inJson("AWSIdentityStore.ListGroups", { IdentityStoreId: identityStoreId }),
      inJson("AWSIdentityStore.ListUsers", {
        IdentityStoreId: identityStoreId,
        Filters: [{ AttributePath: "UserName", AttributeValue: "alice" }],
      }),
    ],
    refusal: "ValidationException",
  },
  {
    service: "kms",
    furniture: [1, 2, 3].map(() => inJson("TrentService.CreateKey", {})({})),
    list: inJson("TrentService.ListKeys", {}),
    members: ["Limit", "Marker"],
    next: /"NextMarker":"([^"]+)"/,
    others: [inJson("TrentService.ListAliases", {})],
    refusal: "InvalidMarkerException",
  },
  {
    service: "events",
    furniture: ["a1", "a2", "b1"].map((Name) =>
      inJson("AWSEvents.PutRule", { Name, EventPattern: '{"source":["aws.sts"]}' })({}),
    ),
    list: inJson("AWSEvents.ListRules", {}),
    members: ["Limit", "NextToken"],
    next: nextToken,
    others: [inJson("AWSEvents.ListRules", { NamePrefix: "a" }), inJson("AWSEvents.ListTargetsByRule", { Rule: "a1" })],
    refusal: "ValidationException",
  },
  {
    service: "sqs",
    furniture: ["a1", "a2", "b1"].map((QueueName) => inJson("AmazonSQS.CreateQueue", { QueueName })({})),
    list: inJson("AmazonSQS.ListQueues", {}),
    members: ["MaxResults", "NextToken"],
    next: nextToken,
    others: [inJson("AmazonSQS.ListQueues", { QueueNamePrefix: "a" })],
    refusal: "InvalidParameterValue",
  },
  {
    service: "cloudtrail",
    furniture: [1, 2, 3].map(() =>
      inJson("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails", {})({}),
    ),
    list: inJson("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", {}),
    members: ["MaxResults", "NextToken"],
    next: nextToken,
    others: [
      inJson("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", {
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "DescribeTrails" }],
      }),
    ],
    refusal: "InvalidNextTokenException",
  },
  {
    service: "iam",
    furniture: ["a1", "a2", "b1"].map((UserName) => inForm(iam, "CreateUser", { UserName })({})),
    list: inForm(iam, "ListUsers"),
    members: ["MaxItems", "Marker"],
    next: /<Marker>([^<]+)</,
    others: [
      inForm(iam, "ListRoles"),
      inForm(iam, "ListUsers", { PathPrefix: "/a/" }),
      inForm(iam, "ListAccessKeys", { UserName: "a1" }),
    ],
    refusal: "ValidationError",
  },
  {
    service: "sns",
    furniture: Array.from({ length: 101 }, (_, index) => inForm(sns, "CreateTopic", { Name: `topic-${index}` })({})),
    list: inForm(sns, "ListTopics"),
    members: ["Ignored", "NextToken"],
    next: /<NextToken>([^<]+)</,
    others: [inForm(sns, "ListSubscriptions")],
    refusal: "InvalidParameter",
  },
  {
    service: "s3",
    furniture: [1, 2, 3].map((index) => ({ method: "PUT", path: `/${bucket}-${index}`, headers: unsigned })),
    region: homeRegion,
    list: inQuery("/", {}),
    members: ["max-buckets", "continuation-token"],
    next: /<ContinuationToken>([^<]+)</,
    others: [inQuery("/", { prefix: "page" }), inQuery(`/${bucket}-1`, { "list-type": 2 })],
    refusal: "InvalidArgument",
  },
  {
    name: "a bucket",
    service: "s3",
    region: homeRegion,
    furniture: [
      { method: "PUT", path: `/${bucket}`, headers: unsigned },
      ...["a1", "a2", "b1"].map((key) => ({ method: "PUT", path: `/${bucket}/${key}`, headers: unsigned, body: "x" })),
    ],
    list: inQuery(`/${bucket}`, { "list-type": 2 }),
    members: ["max-keys", "continuation-token"],
    next: /<NextContinuationToken>([^<]+)</,
    others: [inQuery(`/${bucket}`, { "list-type": 2, prefix: "a" }), inQuery("/", {})],
    refusal: "InvalidArgument",
  },
  {
    service: "account",
    list: (paging) => ({ ...json("", JSON.stringify(paging)), path: "/listRegions" }),
    members: ["MaxResults", "NextToken"],
    next: nextToken,
    others: [
      (paging) => ({
        ...json("", JSON.stringify({ ...paging, RegionOptStatusContains: ["DISABLED"] })),
        path: "/listRegions",
      }),
    ],
    refusal: "The NextToken is not valid.",
  },
];

describe("paging tokens", () => {
  let sandbox: SandboxOrganization;

  beforeEach(async () => {
    sandbox = await startSandboxOrganization();
  });

  afterEach(() => sandbox.close());

  cases.forEach(
    ({ service, name = service, region, furniture = [], list, members: [size, token], next, others, refusal }) => {
      const ask = async (sketch: Sketch, by: ClientSettings): Promise<Answer> =>
        send(await signed(by, service, sketch));
      const management = (): ClientSettings => administrator(sandbox, "management", region);
      const firstToken = async (): Promise<string> => {
        for (const piece of furniture) expect(await ask(piece, management())).to.include({ status: 200 });
        const page = await ask(list({ [size]: 1 }), management());
        return next.exec(page.body)?.[1] ?? expect.fail(`No token in ${page.body}`);
      };
      it(`of ${name} lead on in the list that they were given for`, async () => {
        const given = await firstToken();
        for (const more of [1, 2]) {
          expect(await ask(list({ [size]: more, [token]: given }), management())).to.include({ status: 200 });
        }
      });

      it(`of ${name} are refused in any other list`, async () => {
        const given = await firstToken();
        for (const other of others) {
          const answer = await ask(other({ [token]: given }), management());
          expect(answer.status, JSON.stringify(other({}))).to.equal(400);
          expect(answer.body).to.contain(refusal);
        }
        const stranger = await ask(list({ [token]: given }), administrator(sandbox, "audit", region));
        expect(stranger.status).to.be.within(400, 403);
      });

      it(`of ${name} are refused when they were changed, or made by the client`, async () => {
        const given = await firstToken();
        const text = Buffer.from(given.replace(/^\d+\./, ""), "base64").toString();
        const length = /^\d+\./.exec(given)?.[0] ?? "";
        const further = length + Buffer.from(`${text}0`).toString("base64");
        const old = Buffer.from("sandbox-page:1").toString("base64url");
        const longer = length === "" ? further : given.replace(length, "1.");
        for (const forged of [
          further,
          longer,
          old,
          `${given}=`,
          given.slice(1),
          "nonsense",
          "1",
          Buffer.from(".1").toString("base64"),
        ]) {
          const answer = await ask(list({ [token]: forged }), management());
          expect(answer.status, forged).to.equal(400);
          expect(answer.body).to.contain(refusal);
        }
      });
    },
  );
});
