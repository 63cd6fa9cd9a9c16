import { type DocumentedRequest, type Example, fullAccess, policy, user } from "./example.ts";

const title = "Custom Amazon SQS Access Policy Language examples";
const page = "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-creating-custom-policies-access-policy-examples";
const owner = "444455556666";
const queue2 = `arn:aws:sqs:us-east-2:${owner}:queue2`;
const queue1 = "arn:aws:sqs:us-east-2:111122223333:queue1";
const messages = ["sqs:SendMessage", "sqs:ReceiveMessage"];
const partner = user("someone", "111122223333");
const send = { action: "SQS:SendMessage", resource: queue2, principal: partner, resourceAccountId: owner };
const notGranted = "implicit deny: resource-based policy";
const refused = "explicit deny: resource-based policy";
const inTime = { "aws:CurrentTime": "2009-06-30T11:59:59Z" };

/** The partner account may use the queue under a condition. */
function grantIf(
  Condition: object | undefined,
  ...accounts: readonly string[]
): Pick<Example, "title" | "page" | "policies"> {
  const statement = { Sid: "1", Effect: "Allow", Principal: { AWS: accounts }, Action: messages, Resource: queue2 };
  return {
    title,
    page,
    policies: { identity: [fullAccess], resource: policy(Condition ? { ...statement, Condition } : statement) },
  };
}

function endpoint(says: string, action: string, vpce: string | undefined, allowed: boolean): DocumentedRequest {
  const context = vpce === undefined ? {} : { "aws:SourceVpce": vpce };
  return { says, action, resource: queue1, principal: partner, context, outcome: allowed ? "allowed" : refused };
}

export const queues: readonly Example[] = [
  {
    ...grantIf(undefined, "111122223333"),
    requests: [
      { says: "1: the other account sends", ...send, outcome: "allowed" },
      { says: "1: and does nothing else", ...send, action: "sqs:DeleteQueue", outcome: notGranted },
      { says: "1: a third account does not", ...send, principal: user("x", "777788889999"), outcome: notGranted },
    ],
  },
  {
    ...grantIf({ DateLessThan: { "AWS:CurrentTime": "2009-06-30T12:00Z" } }, "111122223333", owner),
    requests: [
      { says: "2: until noon", ...send, context: inTime, outcome: "allowed" },
      {
        says: "2: from noon on no more",
        ...send,
        context: { "aws:CurrentTime": "2009-06-30T12:00:00Z" },
        outcome: notGranted,
      },
    ],
  },
  {
    ...grantIf(
      {
        DateLessThan: { "AWS:CurrentTime": "2009-06-30T12:00Z" },
        IpAddress: { "AWS:SourceIp": "203.0.113.0/24" },
      },
      "111122223333",
    ),
    requests: [
      {
        says: "3: in time, from the range",
        ...send,
        context: { ...inTime, "aws:SourceIp": "203.0.113.9" },
        outcome: "allowed",
      },
      {
        says: "3: from elsewhere",
        ...send,
        context: { ...inTime, "aws:SourceIp": "198.51.100.1" },
        outcome: notGranted,
      },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy({
        Sid: "1",
        Effect: "Deny",
        Principal: { AWS: ["111122223333"] },
        Action: messages,
        Resource: queue2,
      }),
    },
    requests: [
      { says: "4: the denied account", ...send, outcome: refused },
      { says: "4: not the owner's users", ...send, principal: user("x", owner), outcome: "allowed" },
    ],
  },
  {
    title,
    page,
    policies: {
      identity: [fullAccess],
      resource: policy(
        { Sid: "1", Effect: "Allow", Principal: { AWS: ["111122223333"] }, Action: messages, Resource: queue1 },
        {
          Sid: "2",
          Effect: "Deny",
          Principal: "*",
          Action: messages,
          Resource: queue1,
          Condition: { StringNotEquals: { "aws:sourceVpce": "vpce-1a2b3c4d" } },
        },
      ),
    },
    requests: [
      endpoint("5: through the endpoint", "sqs:SendMessage", "vpce-1a2b3c4d", true),
      endpoint("5: through another", "sqs:SendMessage", "vpce-2", false),
      endpoint("5: through none", "sqs:ReceiveMessage", undefined, false),
      endpoint("5: administrative actions are not restricted", "sqs:SetQueueAttributes", undefined, true),
    ],
  },
];
