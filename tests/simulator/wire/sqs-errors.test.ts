import { expect } from "chai";
import { AwsFault } from "../../../simulator/aws-fault.ts";
import { simpleQueueService } from "../../../simulator/services/sqs/index.ts";
import { queueDoesNotExist } from "../../../simulator/services/sqs/faults.ts";

describe("SQS errors on the wire", () => {
  const { protocol, denial } = simpleQueueService;

  it("section 6: a denial has the type of AWS's common framework and a capital Message", () => {
    const { code, status, shape } = denial;
    const answer = protocol.fail(new AwsFault(code, "No.", { status, shape }), "id");
    expect(answer).to.include({
      statusCode: 403,
      body: '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"No."}',
    });
    expect(answer.headers).to.include({ "x-amzn-query-error": "AccessDenied;Sender" });
  });

  it("section 6: a missing queue has SQS's own type and a small message", () => {
    const answer = protocol.fail(queueDoesNotExist(), "id");
    expect(answer).to.include({
      statusCode: 400,
      body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}',
    });
    expect(answer.headers).to.include({ "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender" });
  });
});
