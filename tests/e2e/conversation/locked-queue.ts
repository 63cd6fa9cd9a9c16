import { denyAllQueuePolicy } from "#iam";
import type { Chapter, ExpectedRefusal } from "./step.ts";

const arn = "arn:aws:sqs:ap-northeast-2:333333333333:orders-events";
const lock = JSON.stringify(denyAllQueuePolicy(arn));
const QueueUrl = "{{queue}}";

/** Attributes take their time, in both directions: the lock and the unlock are waited for. */
export const lockedQueue: Chapter = {
  title: "section 6: a locked queue",
  steps: [
    {
      says: "no queue of that name",
      as: "orders",
      call: "sqs:GetQueueUrl",
      input: { QueueName: "orders-events" },
      expects: {
        refusal: {
          code: "AWS.SimpleQueueService.NonExistentQueue",
          message: "The specified queue does not exist.",
          status: 400,
        },
      },
    },
    {
      says: "a queue",
      as: "orders",
      call: "sqs:CreateQueue",
      input: { QueueName: "orders-events", Attributes: { VisibilityTimeout: "5" } },
      expects: { answer: { QueueUrl: /\/333333333333\/orders-events$/ } },
      keeps: { queue: "QueueUrl" },
    },
    {
      says: "a message",
      as: "orders",
      call: "sqs:SendMessage",
      input: {
        QueueUrl,
        MessageBody: "주문 1",
        MessageAttributes: { kind: { DataType: "String", StringValue: "order" } },
      },
      expects: { answer: { MD5OfMessageBody: /^[0-9a-f]{32}$/, MD5OfMessageAttributes: /^[0-9a-f]{32}$/ } },
    },
    {
      says: "a policy that is none",
      as: "orders",
      call: "sqs:SetQueueAttributes",
      input: { QueueUrl, Attributes: { Policy: "Deny all" } },
      expects: {
        refusal: {
          code: "InvalidAttributeValue",
          message: "Invalid value for the parameter Policy.",
          status: 400,
        },
      },
    },
    {
      says: "the lock",
      as: "orders",
      call: "sqs:SetQueueAttributes",
      input: { QueueUrl, Attributes: { Policy: lock } },
      expects: { answer: {} },
    },
    {
      says: "nobody reads its attributes, after a while",
      as: "orders",
      call: "sqs:GetQueueAttributes",
      input: { QueueUrl, AttributeNames: ["All"] },
      expects: { refusal: locked("sqs:getqueueattributes") },
      eventually: true,
    },
    {
      says: "nobody sends",
      as: "orders",
      call: "sqs:SendMessage",
      input: { QueueUrl, MessageBody: "주문 2" },
      expects: { refusal: locked("sqs:sendmessage") },
    },
    {
      says: "nobody removes the lock",
      as: "orders",
      call: "sqs:SetQueueAttributes",
      input: { QueueUrl, Attributes: { Policy: "" } },
      expects: { refusal: locked("sqs:setqueueattributes") },
    },
    {
      says: "the queue is listed all the same",
      as: "orders",
      call: "sqs:ListQueues",
      expects: { answer: { QueueUrls: [QueueUrl] } },
    },
    {
      says: "root does not send under the task",
      as: "SQSUnlockQueuePolicy",
      call: "sqs:SendMessage",
      input: { QueueUrl, MessageBody: "주문 3" },
      expects: { refusal: { code: "AccessDenied", message: /sqs:sendmessage.*explicit deny/, status: 403 } },
    },
    {
      says: "root lists queues",
      as: "SQSUnlockQueuePolicy",
      call: "sqs:ListQueues",
      input: { QueueNamePrefix: "orders" },
      expects: { answer: { QueueUrls: [QueueUrl] } },
    },
    {
      says: "root reads the lock",
      as: "SQSUnlockQueuePolicy",
      call: "sqs:GetQueueAttributes",
      input: { QueueUrl, AttributeNames: ["Policy", "QueueArn"] },
      expects: { answer: { Attributes: { Policy: lock, QueueArn: arn } } },
    },
    {
      says: "root removes the lock",
      as: "SQSUnlockQueuePolicy",
      call: "sqs:SetQueueAttributes",
      input: { QueueUrl, Attributes: { Policy: "" } },
      expects: { answer: {} },
    },
    {
      says: "the attributes are the owner's again, after a while",
      as: "orders",
      call: "sqs:GetQueueAttributes",
      input: { QueueUrl, AttributeNames: ["VisibilityTimeout", "ApproximateNumberOfMessages"] },
      expects: { answer: { Attributes: { VisibilityTimeout: "5", ApproximateNumberOfMessages: "1" } } },
      eventually: true,
    },
    {
      says: "the message has waited",
      as: "orders",
      call: "sqs:ReceiveMessage",
      input: { QueueUrl, MessageAttributeNames: ["All"] },
      expects: {
        answer: { Messages: [{ Body: "주문 1", MessageAttributes: { kind: { StringValue: "order" } } }] },
      },
      keeps: { receipt: "Messages.0.ReceiptHandle" },
    },
    {
      says: "and is deleted",
      as: "orders",
      call: "sqs:DeleteMessage",
      input: { QueueUrl, ReceiptHandle: "{{receipt}}" },
      expects: { answer: {} },
    },
    {
      says: "two at once, one of them bad",
      as: "orders",
      call: "sqs:SendMessageBatch",
      input: {
        QueueUrl,
        Entries: [
          { Id: "good", MessageBody: "주문 4" },
          { Id: "bad", MessageBody: "주문 5", DelaySeconds: 901 },
        ],
      },
      expects: {
        answer: {
          Successful: [{ Id: "good" }],
          Failed: [{ Id: "bad", SenderFault: true, Code: "InvalidParameterValue", Message: /^Value 901 for/ }],
        },
      },
    },
  ],
};

function locked(action: string): ExpectedRefusal {
  const message = `User: arn:aws:iam::333333333333:user/administrator is not authorized to perform: ${action} on resource: ${arn} with an explicit deny in a resource-based policy`;
  return { code: "AccessDenied", message, status: 403 };
}
