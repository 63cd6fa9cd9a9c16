import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { sandboxAccounts } from "#simulator";
import { refusalOf } from "../refusal.ts";
import { type AlertsTopic, openAlertsTopic, queueArn, TopicArn } from "./alerts-topic.ts";

const { audit, orders } = sandboxAccounts;

describe("SNS subscriptions", () => {
  let topic: AlertsTopic;
  beforeEach(async () => {
    topic = await openAlertsTopic();
  });
  afterEach(() => topic.close());

  it("of an e-mail address wait for confirmation, and what would be sent can be read", async () => {
    const Endpoint = "security@example.com";
    const input = { TopicArn, Protocol: "email", Endpoint };
    expect((await topic.sns.send(new SubscribeCommand(input))).SubscriptionArn).to.equal("pending confirmation");
    const list = async () => (await topic.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions;
    expect(await list()).to.deep.equal([
      { SubscriptionArn: "PendingConfirmation", Owner: audit, Protocol: "email", Endpoint, TopicArn },
    ]);
    await topic.publish();
    const [mail, ...others] = topic.sandbox.state.outbox;
    expect(others).to.deep.equal([]);
    const { Token = "" } = JSON.parse(mail?.body ?? "") as { Token?: string };
    const wrong = topic.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: "f00" }));
    expect(await refusalOf(wrong)).to.include({ message: "Invalid parameter: Token" });
    const guarded = new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: "true" });
    expect(await refusalOf(topic.sns.send(guarded))).to.include({ status: 501 });
    const { SubscriptionArn } = await topic.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    await topic.publish({ Subject: "Root session" });
    expect(topic.sandbox.state.outbox[1]).to.include({ to: Endpoint, subject: "Root session", body: "glass broken" });
    await topic.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect(await list()).to.deep.equal([]);
  });

  it("of another account's queue are confirmed with the token that the queue gets", async () => {
    const receive = await topic.queue("orders");
    const SubscriptionArn = await topic.subscribe({}, queueArn(orders));
    const pending = async () =>
      (await topic.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes?.[
        "PendingConfirmation"
      ];
    expect(await pending()).to.equal("true");
    const refusal = await refusalOf(topic.sns.send(new UnsubscribeCommand({ SubscriptionArn })));
    expect(refusal.message).to.contain("pending confirmation");
    const [message] = await receive();
    const { Type, Token } = JSON.parse(message?.Body ?? "") as { Type?: string; Token?: string };
    expect(Type).to.equal("SubscriptionConfirmation");
    await topic.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    expect(await pending()).to.equal("false");
  });

  it("are the same when asked for twice, and show their attributes", async () => {
    await topic.queue();
    const SubscriptionArn = await topic.subscribe({ FilterPolicy: '{"a":["b"]}' });
    expect(await topic.subscribe({ FilterPolicy: '{"a":["b"]}' })).to.equal(SubscriptionArn);
    expect(await refusalOf(topic.subscribe({ FilterPolicy: '{"a":["c"]}' }))).to.include({
      code: "InvalidParameterException",
    });
    const { Attributes } = await topic.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).to.include({
      SubscriptionArn,
      PendingConfirmation: "false",
      FilterPolicyScope: "MessageAttributes",
      RawMessageDelivery: "false",
      SubscriptionPrincipal: `arn:aws:iam::${audit}:user/administrator`,
    });
    expect((await topic.sns.send(new ListSubscriptionsCommand({}))).Subscriptions).to.have.length(1);
    expect(await topic.attributesOf()).to.include({ SubscriptionsConfirmed: "1", SubscriptionsPending: "0" });
    const foreign = topic.client("orders").send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(await refusalOf(foreign)).to.include({ code: "AuthorizationErrorException" });
  });

  it("refuse endpoints that are none, and by name what is not modelled", async () => {
    const ask = (Protocol: string, Endpoint: string): Promise<unknown> =>
      topic.sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
    expect(await refusalOf(ask("email", "nobody"))).to.include({ message: "Invalid parameter: Email address" });
    expect(await refusalOf(ask("sqs", "inbox"))).to.include({ message: "Invalid parameter: SQS endpoint ARN" });
    expect(await refusalOf(ask("pigeon", "x"))).to.include({ code: "InvalidParameterException" });
    expect(await refusalOf(ask("https", "https://example.com"))).to.include({ status: 501 });
    const pending = topic.sns.send(new UnsubscribeCommand({ SubscriptionArn: "PendingConfirmation" }));
    expect((await refusalOf(pending)).message).to.contain("An ARN must have at least 6 elements, not 1");
  });
});
