import { randomUUID } from "node:crypto";
import type { PublishInput, PublishResponse } from "@aws-sdk/client-sns";
import { deliverToSubscribers } from "../../delivery/to-topic.ts";
import { parsedJson } from "../../json-text.ts";
import { useOfKey } from "../kms/use-of-key.ts";
import { readMessageAttributes } from "../message-attributes.ts";
import { refuseUnmodelled } from "../refuse-unmodelled.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { invalidParameter, keyFaults } from "./faults.ts";
import { messageAttributeRefusals } from "./message-attribute-refusals.ts";
import { topicOf, topicRequirement } from "./topic-access.ts";

type Input = Decoded<PublishInput>;

const largestBytes = 262_144;

/** To a topic; text messages to telephones are not modelled. */
export const publish: Operation<Input, PublishResponse> = {
  validate: (input) => {
    refuseUnmodelled("sns:Publish", input, [
      "TopicArn",
      "TargetArn",
      "Message",
      "Subject",
      "MessageStructure",
      "MessageAttributes",
    ]);
    if (input.Message === "") throw invalidParameter("Empty message");
    if (Buffer.byteLength(input.Message) > largestBytes) throw invalidParameter("Message too long");
    if (input.Subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(input.Subject)) throw invalidParameter("Subject");
    if (input.MessageStructure !== undefined && input.MessageStructure !== "json") {
      throw invalidParameter("MessageStructure");
    }
    messagesByProtocol(input);
    readMessageAttributes(input.MessageAttributes, messageAttributeRefusals);
  },
  requires: (input, call) => {
    const topic = topicOf(named(input), call);
    return [topicRequirement(topic), ...keyRequirements(topic, call)];
  },
  perform: (input, call) => {
    const topic = topicOf(named(input), call);
    const id = randomUUID();
    const byProtocol = messagesByProtocol(input);
    deliverToSubscribers(
      topic,
      {
        id,
        subject: input.Subject,
        messageFor: (protocol) => byProtocol?.get(protocol) ?? byProtocol?.get("default") ?? input.Message,
        attributes: readMessageAttributes(input.MessageAttributes, messageAttributeRefusals),
      },
      { state: call.state, at: call.clock.now() },
    );
    return { MessageId: id };
  },
};

function named({ TopicArn, TargetArn }: Input): { readonly TopicArn: string } {
  const arn = TopicArn ?? TargetArn;
  if (arn === undefined) throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  return { TopicArn: arn };
}

function keyRequirements(topic: ReturnType<typeof topicOf>, call: Call): readonly Requirement[] {
  const use = { service: "sns", actions: ["GenerateDataKey", "Decrypt"], faults: keyFaults };
  return useOfKey(topic.attributes.get("KmsMasterKeyId") ?? "", topic, use, call);
}

function messagesByProtocol({ Message, MessageStructure }: Input): ReadonlyMap<string, string> | undefined {
  if (MessageStructure !== "json") return undefined;
  const parsed = parsedJson(Message);
  if (typeof parsed !== "object" || parsed === null) {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  const texts = new Map(
    Object.entries(parsed).flatMap(([protocol, text]) => (typeof text === "string" ? [[protocol, text] as const] : [])),
  );
  if (!texts.has("default")) throw invalidParameter("Message Structure - No default entry in JSON message body");
  return texts;
}
